"""Closing a postmortem: the three questions, and how it is shown that it is published."""

from collections.abc import Mapping, Sequence

from blocks.forms import Opened, opened, values
from blocks.inputs import field_input, text_element
from blocks.parts import Block, View, actions, button, context, divider, modal, section
from blocks.text import bold, channel_link, escape, mention, moment, one_line, shown
from blocks.whole import PostmortemView
from domain.action_items import ActionItem
from domain.meetings import has_meeting
from domain.passages import CLOSING, Passage
from domain.postmortems import TEXT_MAX, Postmortem, Tier
from domain.publishing import Publication

CLOSING_FORM = "close_postmortem"
PUBLISH = "publish_postmortem"
HAND_OVER = "hand_over"

#: The form's field for each of the three questions (rule 10).
FIELDS: Mapping[Passage, str] = {
    Passage.HAD_TO_BE_TRUE: "had_to_be_true",
    Passage.VERIFIABLE: "verifiable",
    Passage.MORE_LIKELY: "more_likely",
}
_QUESTIONS = {
    Passage.HAD_TO_BE_TRUE: "What would have had to be true for this not to happen?",
    Passage.VERIFIABLE: "Can a stranger verify each action item?",
    Passage.MORE_LIKELY: "Which next incident does this failure mode make more likely?",
}
_HINTS = {
    Passage.HAD_TO_BE_TRUE: "A condition of the system, not of a person.",
    Passage.VERIFIABLE: "Read each one above. Who would know where to look?",
    Passage.MORE_LIKELY: "The next reader may be the one who has it.",
}


def closing_modal(
    postmortem: Postmortem,
    written: Mapping[Passage, str],
    items: Sequence[ActionItem],
    where: str,
) -> View:
    """The form; `where` is the channel it will be announced in, empty for none."""
    act = "Close and publish" if has_meeting(postmortem.facts.tier) else "Publish"
    return modal(
        act,
        [
            section(
                f"*Three questions before {postmortem.key} is published.* "
                "One sentence each will do."
            ),
            *map(_item, items),
            *([divider()] if items else []),
            *(_question(passage, written.get(passage, "")) for passage in CLOSING),
            context(_where(postmortem, where)),
        ],
        callback_id=CLOSING_FORM,
        submit=act,
        metadata=Opened(postmortem_id=postmortem.id).metadata(),
    )


def _item(item: ActionItem) -> Block:
    what = bold(f"{item.position}. {shown(one_line(item.what), 400)}")
    return section(f"{what}\n_Done when:_ {shown(one_line(item.done_when), 600)}")


def _question(passage: Passage, text: str) -> Block:
    element = text_element(text, most=TEXT_MAX, multiline=True)
    return field_input(FIELDS[passage], _QUESTIONS[passage], element, hint=_HINTS[passage])


def _where(postmortem: Postmortem, where: str) -> str:
    if postmortem.channel is None:
        goes = f", and a summary goes to {channel_link(where)}" if where else ""
        return f"It was imported, and has no channel for a canvas: it is marked as published{goes}."
    here = "Its canvas stands in this channel"
    if where:
        return f"{here}, and a summary goes to {channel_link(where)}."
    if postmortem.is_private:
        return f"{here}. It is private, so it is announced nowhere else."
    if postmortem.facts.tier is Tier.PARAGRAPH:
        return f"{here}. A single paragraph is announced nowhere else."
    return f"{here}. No channel for summaries is set: `/postmortem settings` names one."


def read_closing(view: View) -> tuple[Opened, dict[Passage, str]]:
    """What the form was opened for, and the three answers as typed."""
    typed = values(view)
    return opened(view), {
        passage: typed.get(field, "").strip() for passage, field in FIELDS.items()
    }


def publication_blocks(view: PostmortemView) -> list[Block]:
    """Where the card says that it is published, or offers to; and the Markdown button."""
    postmortem = view.postmortem
    value = str(postmortem.id)
    markdown = button(
        "Send me the file", HAND_OVER, value, spoken=f"Send me {postmortem.key} as a Markdown file"
    )
    if view.publication is not None:
        return [context(publication_line(view.publication)), actions([markdown])]
    if has_meeting(postmortem.facts.tier):
        return [actions([markdown])]
    return [actions([button("Publish", PUBLISH, value), markdown])]


def publication_line(publication: Publication) -> str:
    """When it was published and by whom, and what was changed since."""
    said = (
        f":white_check_mark: Published {moment(publication.published_at, 'date')} "
        f"by {mention(publication.published_by)}"
    )
    if publication.amended_at is None:
        return said
    times = {1: "once", 2: "twice"}.get(publication.amendments, f"{publication.amendments} times")
    return (
        f"{said} · amended {times}, last {moment(publication.amended_at)} by "
        f"{mention(publication.amended_by)}: {escape(publication.amended)}"
    )
