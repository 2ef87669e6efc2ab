"""What people are told when there is nothing to fill in: help, and why something cannot be."""

from collections.abc import Sequence

from blocks.parts import Message, View, modal, section
from blocks.text import channel_link, escape, mention, one_line, shown

_HELP = """\
*Closed Loop keeps this channel's postmortem: facts, timeline, causes and action items.*
• `/postmortem` in an incident's channel starts its postmortem, or opens the one it has.
{lines}
• `/postmortem help` shows these lines.
What you fill in appears on one card in the channel, with a button to change each part."""

#: How Slack's ids of people begin; a message to one of them is a direct one.
_PEOPLE = frozenset("UW")
_OF_A_REVIEW = (
    "add me there again, and I send it; `/postmortem review export` sends you the file meanwhile"
)
#: Of each kind of delivery: what could not be done, and what asks for it again once it can.
_OWED = {
    "card": ("show the postmortem in", "run `/postmortem` there, and I send it"),
    "canvas": ("write the postmortem's canvas in", "the next change of the postmortem writes it"),
    "summary": ("post the postmortem's summary in", "the next change of the postmortem sends it"),
    "agenda": ("post the review's agenda in", "run `/postmortem agenda` in the incident's channel"),
    "review": ("post the monthly review in", "the next decision posts it"),
    "review_called": ("announce the monthly review in", "add me there again, and I send it"),
    "review_alert": (
        "say in public that no review was closed, in",
        "add me there again, and I send it",
    ),
    "meta_review": ("post the meta-review in", "the next change of it posts it"),
    "review_summary": ("post the monthly review's summary in", _OF_A_REVIEW),
    "review_canvas": ("write the monthly review's canvas in", _OF_A_REVIEW),
    "sprint": (
        "post the sprint list in",
        "choose another channel for its services in `/postmortem settings services`",
    ),
    "report": ("post the report in", "run `/postmortem report` and post it again"),
}
_OF_A_PERSON = ("write to", "press the button again, or tell them yourself")


def help_text(unknown: str = "", subcommands: Sequence[tuple[str, str]] = ()) -> str:
    """The lines of `/postmortem help`, naming the word that was not understood, if any.

    `subcommands` are each what is typed after the slash command, and what that does.
    """
    lines = "\n".join(f"• `/postmortem {usage}` {does}" for usage, does in subcommands)
    said = _HELP.format(lines=lines) if lines else _HELP.replace("{lines}\n", "")
    if not unknown.strip():
        return said
    word = shown(one_line(unknown).replace("`", "'"), 60)
    return f"I do not know `{word}`. This is what I can do:\n\n{said}"


def sorry_modal(title: str, sentence: str) -> View:
    """A window with nothing but a sentence that says why not, and what to do instead."""
    return modal(title, [section(escape(sentence))], close="Close")


def not_sent(kind: str, channel: str, why: str, *, given_up: bool) -> Message:
    """Why what somebody's click owed is not where it belongs, and how to mend it."""
    deed, then = _OF_A_PERSON if channel[:1] in _PEOPLE else _OWED.get(kind, _OWED["card"])
    where = mention(channel) if channel[:1] in _PEOPLE else channel_link(channel)
    words = (
        f"I could not {deed} {where}. {escape(why)} "
        f"Nothing is lost: once that is mended, {then if given_up else 'I send it by myself'}."
    )
    return {"text": words, "blocks": [section(words)]}
