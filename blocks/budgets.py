"""What an owner hears of a service that burns its error budget, and of its recovery (rule 17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks.item_buttons import open_button
from blocks.item_words import due_words
from blocks.parts import Block, Message, context, section
from blocks.text import escape, mention, moment, one_line, shown
from domain.action_items import ActionItem
from domain.budgets import MovedItem, recovers_below
from domain.services import KNOWN_FOR, Service, percent

#: Far below the 50 blocks of a message (docs.slack.dev/reference/block-kit/blocks).
MOST_SHOWN = 20
WORDS_MAX, WHY_MAX = 200, 1000


@dataclass(frozen=True, kw_only=True)
class Burning:
    """One time that a service burned its budget, and what of one reader's it moved.

    `is_over` once it has recovered. It burns from `threshold` percent on, and did `since` then;
    `why` is what the history says of why the first of these went up. `left` is whose they are,
    where they have left and somebody else reads it.
    """

    service: Service
    threshold: int
    is_over: bool
    since: datetime
    moved: Sequence[MovedItem]
    why: str = ""
    left: str = ""


def budget_message(told: Burning) -> Message:
    """Say why somebody's items went up a priority; once it is over, where they are."""
    said = _over(told) if told.is_over else _burns(told)
    rest = len(told.moved) - MOST_SHOWN
    blocks = [
        section(said),
        *(_item(each, is_over=told.is_over) for each in told.moved[:MOST_SHOWN]),
        *([context(f"… and {rest} more.")] if rest > 0 else []),
        context(_burned(told) if told.is_over else _until(told)),
    ]
    return {"text": said, "blocks": blocks}


def _burns(told: Burning) -> str:
    burns = f":fire: {escape(told.service.name)} burns its error budget: {_spent(told.service)}."
    if not told.moved:
        whose = mention(told.left) if told.left else "yours"
        return f"{burns} It raises no item of {whose} any more."
    return f"{burns} {_yours(told)} went up one priority."


def _over(told: Burning) -> str:
    if told.service.is_burning and not told.service.has_recovered(told.threshold):
        return f"{escape(told.service.name)} recovered meanwhile, and burns its error budget again."
    back = f" {_yours(told)} went back." if told.moved else ""
    if told.service.burned is None:
        return (
            f"Nobody has told for {KNOWN_FOR.days} days how much of the error budget of "
            f"{escape(told.service.name)} is spent, so I do not count it as burning.{back}"
        )
    return (
        f":white_check_mark: {escape(told.service.name)} has recovered: "
        f"{percent(told.service.burned)} of its error budget is spent.{back}"
    )


def _spent(service: Service) -> str:
    return f"{percent(service.burned or 0)} of it is spent"


def _burned(told: Burning) -> str:
    """Why they had gone up: what said so before was written over."""
    why = f" What went up did because {shown(one_line(told.why), WHY_MAX)}." if told.why else ""
    return f"It burned from {moment(told.since)} on.{why}"


def _yours(told: Burning) -> str:
    number = len(told.moved)
    items = "open action item" if number == 1 else f"{number} open action items"
    if told.left:
        return f"The {items} of {mention(told.left)}, who has left,"
    return f"Your {items}"


def _until(told: Burning) -> str:
    back = percent(recovers_below(told.threshold))
    return (
        f"A service burns its budget from {told.threshold} % on. When less than {back} is spent, "
        "what was raised goes back. Due dates stay as they are."
    )


def _item(moved: MovedItem, *, is_over: bool) -> Block:
    item = moved.item
    words = shown(one_line(item.what), WORDS_MAX)
    facts = " · ".join([_priority(moved, is_over=is_over), *due_words(item)])
    return section(f"*{moved.key}* {words}\n{facts}", open_button(item.id or 0, moved.key))


def _priority(moved: MovedItem, *, is_over: bool) -> str:
    item = moved.item
    if item.priority != moved.after:
        return f"{item.priority} by now"
    if is_over and not _is_back(item):
        return f"{item.priority} still"
    return f"{moved.before} → {moved.after}"


def _is_back(item: ActionItem) -> bool:
    return item.raised_from is None
