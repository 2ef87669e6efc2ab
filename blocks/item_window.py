"""An action item in a window of its own: how it stands, and what this person may decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blocks.action_items import EDIT_ITEM
from blocks.forms import Opened, remembered
from blocks.item_buttons import ITEM_HISTORY, decision_button
from blocks.item_words import (
    asked_words,
    key_of,
    linked,
    moved_words,
    progress_words,
    state_words,
)
from blocks.parts import Block, View, actions, button, context, divider, modal, section
from blocks.text import bold, day, mention, moment, one_line, shown
from domain.action_items import DONE_WHEN_MAX, NOTE_MAX, WHAT_MAX, ActionItem, ItemState
from domain.decisions import Decision
from domain.postmortems import Postmortem

#: What the window is called, so that a form which stands on it is known to do so.
ITEM_WINDOW = "item_window"

#: Escaped, a letter may be five; few are, and what is cut for them stands in the history.
_LONGER = 2
_OUTCOME_SHOWN = 600
_EXPIRED = (
    ":hourglass: *{reviews} monthly reviews have seen it open: it has expired.* Its date cannot be "
    "moved any more, nor can it be made smaller. Do it, promote it to a planned project, accept "
    "the risk, or cancel it."
)
_INEFFECTIVE = (
    ":warning: *An incident of the same causal class happened after this was verified.* Reopen it, "
    "promote it to a planned project, or say why it works nevertheless."
)


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """An item and what one person may do about it; `today` is the date where they are.

    `may` is what they may decide; where that is nothing, `instead` says who may. `hub` is the
    window of the postmortem that this one stands on, if any.
    """

    postmortem: Postmortem
    item: ActionItem
    today: date
    may: Sequence[Decision] = ()
    instead: str = ""
    answers: str = ""
    happened: int = 0
    is_published: bool = False
    hub: str = ""


def item_window(view: ItemView) -> View:
    """The item as it stands, the buttons that decide about it, and what happened to it."""
    item, key = view.item, key_of(view.postmortem, view.item)
    blocks = [
        section("\n".join(_promise(view))),
        section("\n".join([" · ".join(_facts(item)), *progress_words(item, NOTE_MAX * _LONGER)])),
        *_outcome(item),
        *_meaning(item),
        divider(),
        *_decisions(view, key),
        actions(_ways(view, key)),
    ]
    about = Opened(postmortem_id=view.postmortem.id, seen=view.happened)
    return modal(
        f"{key} · Action item",
        blocks,
        callback_id=ITEM_WINDOW,
        close="Close",
        metadata=about.metadata(item=item.id, hub=view.hub),
    )


def item_in(window: View) -> tuple[int, str]:
    """Which item a window shows, and which window of the postmortem it stands on, if any."""
    kept = remembered(window)
    return int(kept["item"]), str(kept["hub"])


def _promise(view: ItemView) -> list[str]:
    item = view.item
    answers = shown(one_line(view.answers), NOTE_MAX * _LONGER)
    return [
        bold(shown(one_line(item.what), WHAT_MAX * _LONGER)),
        f"_Done when:_ {shown(one_line(item.done_when), DONE_WHEN_MAX * _LONGER)}",
        *([f"_Answers:_ {answers}"] if answers else []),
    ]


def _facts(item: ActionItem) -> list[str]:
    first = item.original_due_on
    was = f" (first {day(first)})" if first and first != item.due_on else ""
    due = f"{'due' if item.is_open else 'was due'} {day(item.due_on)}{moved_words(item)}{was}"
    who = [mention(item.owner), *asked_words(item)]
    return [*(state_words(item) or ["open"]), *who, str(item.priority), due, str(item.kind)]


def _outcome(item: ActionItem) -> list[Block]:
    """What was shipped and what shows that it works, or where it went on."""
    lines = [
        *_said("Shipped", item.shipped, day(item.implemented_on) if item.implemented_on else ""),
        *_said(
            "Evidence", item.evidence, moment(item.verified_at, "date") if item.verified_at else ""
        ),
    ]
    if item.link:
        name = "Project" if item.state is ItemState.PROMOTED else "To be seen"
        lines.append(f"_{name}:_ {linked(item.link)}")
    return [section("\n".join(lines))] if lines else []


def _said(name: str, words: str, on: str) -> list[str]:
    when = f" ({on})" if on else ""
    return [f"_{name}{when}:_ {shown(one_line(words), _OUTCOME_SHOWN)}"] if words else []


def _meaning(item: ActionItem) -> list[Block]:
    """What its state means for whoever has to see to it."""
    if item.has_expired:
        return [section(_EXPIRED.format(reviews=item.reviews_seen))]
    if item.state is ItemState.INEFFECTIVE:
        return [section(_INEFFECTIVE)]
    if item.state is ItemState.IMPLEMENTED and item.soaks_until:
        until = day(item.soaks_until)
        return [context(f"It soaks until {until}: then I ask its owner what shows that it works.")]
    if item.proposed_owner:
        asked = mention(item.proposed_owner)
        return [context(f"Until {asked} answers, {mention(item.owner)} answers for it.")]
    return []


def _decisions(view: ItemView, key: str) -> list[Block]:
    may = [each for each in view.may if not _is_too_soon(each, view)]
    if not may:
        return [context(view.instead)] if view.instead else []
    urged = {Decision.IMPLEMENT, Decision.VERIFY, Decision.TAKE}
    item_id = view.item.id or 0
    return [
        actions(
            [
                decision_button(each, item_id, key, style="primary" if each in urged else "")
                for each in may
            ]
        )
    ]


def _is_too_soon(decision: Decision, view: ItemView) -> bool:
    """Whether nobody can say yet that it works: it soaks still (rule 13)."""
    soaks = view.item.soaks_until
    return decision is Decision.VERIFY and soaks is not None and view.today < soaks


def _ways(view: ItemView, key: str) -> list[Block]:
    value = str(view.item.id)
    ways = [button("History", ITEM_HISTORY, value, spoken=f"History of {key}")]
    if view.item.is_open and not view.is_published:
        ways.append(button("Edit", EDIT_ITEM, value, spoken=f"Edit {key}"))
    return ways
