"""What people are told when there is nothing to fill in: help, and why something cannot be."""

from collections.abc import Sequence

from blocks.parts import Message, View, modal, section
from blocks.text import channel_link, escape, one_line, shown

_HELP = """\
*Closed Loop keeps this channel's postmortem: facts, timeline, causes and action items.*
• `/postmortem` in an incident's channel starts its postmortem, or opens the one it has.
{lines}
• `/postmortem help` shows these lines.
What you fill in appears on one card in the channel, with a button to change each part."""


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


def not_sent(channel: str, why: str, *, given_up: bool) -> Message:
    """Why a message that somebody's click owed is not in its channel, and how to mend it."""
    then = "run `/postmortem` there, and I send it" if given_up else "I send it by myself"
    words = (
        f"I could not show the postmortem in {channel_link(channel)}. {escape(why)} "
        f"Nothing is lost: once that is mended, {then}."
    )
    return {"text": words, "blocks": [section(words)]}
