"""What the programme lead is asked of owners who are not at a monthly review (rule 18)."""

from collections.abc import Sequence
from datetime import date

from blocks.item_buttons import decision_button, open_button
from blocks.item_words import due_words, key_of, state_words
from blocks.parts import Block, Message, actions, context, section
from blocks.review_cards import offered
from blocks.review_lines import item_title
from blocks.risk_buttons import risk_buttons
from blocks.text import day, mention, one_line, shown
from domain.accepted_risks import AcceptedRisk
from domain.action_items import WHAT_MAX, ActionItem
from domain.decisions import Decision
from domain.postmortems import Postmortem
from domain.reviews import Review

#: Two blocks each, and room for their words (docs.slack.dev/reference/block-kit/blocks).
ABSENT_MOST = 15


def absent_message(review: Review, held: Sequence[tuple[str, list[Block]]], more: int) -> Message:
    """For the programme lead: what owners who are not at the review have on its table.

    Each of `held` is a line and its buttons.
    """
    if not held:
        said = f"{review.name}: everything of the owners who were not there is decided. Thank you."
        return {"text": said, "blocks": [section(f":white_check_mark: {said}")]}
    said = f"{review.name}: these owners are not there. What is theirs waits for your decision."
    rest = [context(f"… and {more} more, once these are decided.")] if more else []
    shown_ = [part for line, row in held for part in (section(line), actions(row))]
    return {"text": said, "blocks": [section(said), *shown_, *rest]}


def relieved_message(review: Review) -> Message:
    """For whoever led the programme when they were asked, and does not any more."""
    said = (
        f"{review.name}: you do not lead the programme any more, so there is nothing you need to "
        "decide for owners who are not there."
    )
    return {"text": said, "blocks": [section(said)]}


def absent_item(postmortem: Postmortem, item: ActionItem, today: date) -> tuple[str, list[Block]]:
    """An item of somebody absent, and how the lead decides about it."""
    key, item_id = key_of(postmortem, item), item.id or 0
    words = [f"*{key}* {item_title(postmortem, item)}", *state_words(item), *due_words(item, today)]
    wanted = (Decision.RESCHEDULE, Decision.REASSIGN, Decision.PROMOTE, Decision.CANCEL)
    buttons = [decision_button(each, item_id, key) for each in wanted if each in offered(item)]
    return " · ".join([*words, mention(item.owner)]), [*buttons, open_button(item_id, key)]


def absent_risk(postmortem: Postmortem, risk: AcceptedRisk) -> tuple[str, list[Block]]:
    """A risk that somebody absent accepted, and how the lead looks at it again."""
    words = "private risk" if postmortem.is_private else shown(one_line(risk.risk), WHAT_MAX)
    said = (
        f"*{postmortem.key}* {words} · accepted until {day(risk.until)} · {mention(risk.accepter)}"
    )
    return said, risk_buttons(risk, postmortem.key)
