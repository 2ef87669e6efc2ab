"""What somebody hears when the channel in which they promised something is archived."""

from collections.abc import Sequence

from blocks.item_buttons import open_button
from blocks.item_words import due_words, key_of, state_words
from blocks.parts import Block, Message, actions, section
from blocks.risk_buttons import risk_buttons
from blocks.text import bold, channel_link, day, one_line, shown
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.postmortems import Postmortem

WORDS_MAX = 300


def archived_message(
    postmortem: Postmortem, items: Sequence[ActionItem], risks: Sequence[AcceptedRisk]
) -> Message:
    """Say that the card changes no more, what stays with the reader, and where they decide now.

    They own the items and accepted the risks, so they may read them where they are private too.
    """
    key = postmortem.key
    where = channel_link(postmortem.channel or "")
    stays = ", ".join([*(key_of(postmortem, each) for each in items), *(_risks(risks))])
    text = f"The channel of {key} was archived. You answer for {stays} as before."
    said = (
        f"{where} was archived, so the card of {key} there changes no more. You answer for {stays} "
        "as before: I remind you here. Decide below, or from the list of `/postmortem items`."
    )
    return {
        "text": text,
        "blocks": [
            section(said),
            *(_item(postmortem, each) for each in items),
            *(block for each in risks for block in _risk(postmortem, each)),
        ],
    }


def _risks(risks: Sequence[AcceptedRisk]) -> list[str]:
    if not risks:
        return []
    return ["an accepted risk" if len(risks) == 1 else f"{len(risks)} accepted risks"]


def _item(postmortem: Postmortem, item: ActionItem) -> Block:
    key = key_of(postmortem, item)
    words = bold(f"{key} · {shown(one_line(item.what), WORDS_MAX)}")
    facts = " · ".join([*state_words(item), *due_words(item)])
    return section(f"{words}\n{facts}", open_button(item.id or 0, key))


def _risk(postmortem: Postmortem, risk: AcceptedRisk) -> list[Block]:
    words = shown(one_line(risk.risk), WORDS_MAX)
    said = f"{bold(f'Accepted risk · {words}')}\nuntil {day(risk.until)}"
    return [section(said), actions(risk_buttons(risk, postmortem.key))]
