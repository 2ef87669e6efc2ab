"""An action item in a window of its own: how it stands, and what this person may decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from blocks.action_items import EDIT_ITEM
from blocks.forms import Opened, remembered
from blocks.item_buttons import ITEM_HISTORY, decision_button
from blocks.item_outcome import ending_lines, outcome_lines
from blocks.item_words import (
    asked_words,
    key_of,
    moved_words,
    overdue_words,
    priority_words,
    progress_words,
    state_words,
)
from blocks.parts import Block, View, actions, button, context, divider, modal, section
from blocks.text import bold, channel_link, day, mention, one_line, shown
from blocks.tickets import asks_for_evidence, reopen_button, ticket_lines, try_button
from domain.accepted_risks import AcceptedRisk
from domain.action_items import (
    DONE_WHEN_MAX,
    NOTE_MAX,
    WHAT_MAX,
    ActionItem,
    HistoryEntry,
    ItemState,
)
from domain.decisions import Decision
from domain.postmortems import TITLE_MAX, Postmortem

#: What the window is called, so that a form which stands on it is known to do so.
ITEM_WINDOW = "item_window"

#: Escaped, a letter may be five; few are, and what is cut for them stands in the history.
_LONGER = 2
_TROUBLE_SHOWN = 700
_EXPIRED = (
    ":hourglass: *{reviews} monthly reviews have seen it open: it has expired.* Its date cannot be "
    "moved any more, nor can it be made smaller. Do it, promote it to a planned project, accept "
    "the risk, or cancel it."
)
_INEFFECTIVE = (
    ":warning: *An incident of the same causal class happened after this was verified.* Reopen it, "
    "promote it to a planned project, or say why it works nevertheless."
)
_SOAKS = (
    "It soaks until {until}: {days} to show that it works. Then I ask its owner for the evidence."
)
_TWO_WAYS = (
    "“Edit” mends what is written here. “Re-scope” makes it a different change: you say why, and "
    "the old text is kept beside the new one."
)


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """An item and what one person may do about it; `today` is the date where they are.

    `may` is what they may decide; where that is nothing, `instead` says who may. `risk` is what was
    accepted instead of doing it, `zone` where its days are counted. `hub` is the window of the
    postmortem that this one stands on, if any. `has_lost_ticket` says that its ticket was deleted.
    """

    postmortem: Postmortem
    item: ActionItem
    today: date
    may: Sequence[Decision] = ()
    instead: str = ""
    answers: str = ""
    history: Sequence[HistoryEntry] = ()
    risk: AcceptedRisk | None = None
    zone: tzinfo = UTC
    is_published: bool = False
    hub: str = ""
    has_lost_ticket: bool = False


def item_window(view: ItemView) -> View:
    """The item as it stands, the buttons that decide about it, and what happened to it."""
    item, key = view.item, key_of(view.postmortem, view.item)
    blocks = [
        *_incident(view.postmortem),
        section("\n".join(_promise(view))),
        section("\n".join(_stands(view))),
        *_sections(
            ending_lines(item, view.history, view.risk, view.zone), outcome_lines(item, view.zone)
        ),
        *_meaning(item),
        divider(),
        *_decisions(view, key),
        actions(_ways(view, key)),
        *_two_ways(view),
    ]
    about = Opened(postmortem_id=view.postmortem.id, seen=len(view.history))
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


def _incident(postmortem: Postmortem) -> list[Block]:
    """Which incident it answers, and where that is; a private one is not named."""
    if postmortem.is_private:
        return []
    title = shown(one_line(postmortem.facts.title), TITLE_MAX * _LONGER)
    where = [channel_link(postmortem.channel)] if postmortem.channel else []
    return [context(" · ".join([postmortem.key, title, *where]))]


def _promise(view: ItemView) -> list[str]:
    item = view.item
    answers = shown(one_line(view.answers), NOTE_MAX * _LONGER)
    return [
        bold(shown(one_line(item.what), WHAT_MAX * _LONGER)),
        f"_Done when:_ {shown(one_line(item.done_when), DONE_WHEN_MAX * _LONGER)}",
        *([f"_Answers:_ {answers}"] if answers else []),
    ]


def _facts(view: ItemView) -> list[str]:
    item = view.item
    first = item.original_due_on
    was = f" (first {day(first)})" if first and first != item.due_on else ""
    due = f"{'due' if item.is_open else 'was due'} {day(item.due_on)}"
    moved = f"{overdue_words(item, view.today)}{moved_words(item)}{was}"
    who = [mention(item.owner), *asked_words(item)]
    priority = priority_words(item, view.postmortem.facts.service)
    return [*(state_words(item) or ["open"]), *who, priority, due + moved, str(item.kind)]


def _stands(view: ItemView) -> list[str]:
    """How it stands, how far somebody has come, and its ticket."""
    item = view.item
    begun = progress_words(item, NOTE_MAX * _LONGER)
    return [" · ".join(_facts(view)), *begun, *ticket_lines(item, _TROUBLE_SHOWN)]


def _sections(*paragraphs: Sequence[str]) -> list[Block]:
    return [section("\n".join(lines)) for lines in paragraphs if lines]


def _meaning(item: ActionItem) -> list[Block]:
    """What its state means for whoever has to see to it."""
    if item.has_expired:
        return [section(_EXPIRED.format(reviews=item.reviews_seen))]
    if item.state is ItemState.INEFFECTIVE:
        return [section(_INEFFECTIVE)]
    if item.state is ItemState.IMPLEMENTED and item.soaks_until:
        return [context(_SOAKS.format(until=day(item.soaks_until), days=_soaking(item)))]
    if item.proposed_owner:
        asked = mention(item.proposed_owner)
        return [context(f"Until {asked} answers, {mention(item.owner)} answers for it.")]
    return []


def _soaking(item: ActionItem) -> str:
    if item.soaks_until is None or item.implemented_on is None:
        return "some days"
    days = (item.soaks_until - item.implemented_on).days
    return f"{days} day{'' if days == 1 else 's'}"


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
    if _is_edited(view):
        ways.append(button("Edit", EDIT_ITEM, value, spoken=f"Edit {key}"))
    return [*ways, *_of_ticket(view, key)]


def _of_ticket(view: ItemView, key: str) -> list[Block]:
    """The ways to get its ticket right: open again, or tried again."""
    item, item_id = view.item, view.item.id or 0
    opens = asks_for_evidence(item) and Decision.REASSIGN in view.may
    return [
        *([reopen_button(item_id, key)] if opens else []),
        *([try_button(item_id, key, is_gone=view.has_lost_ticket)] if item.ticket_trouble else []),
    ]


def _two_ways(view: ItemView) -> list[Block]:
    """How the two ways to other words differ, where both are offered."""
    return [context(_TWO_WAYS)] if _is_edited(view) and Decision.RESCOPE in view.may else []


def _is_edited(view: ItemView) -> bool:
    return view.item.is_open and not view.is_published
