"""What is written below a ticket: how its item ended or was moved, and why what went back did."""

import uuid
from collections.abc import Collection, Sequence

from domain.action_items import HistoryEntry
from domain.kept_tickets import FROM_TRACKER, KEPT, Ticket
from domain.ticket_text import DUE, ITEM, ending, given_back, line, moving
from domain.ticket_verdicts import touches
from domain.tickets import Aspect, Wanted
from handlers.ticket_work import Situation, Work
from storage import item_history


async def write(
    work: Work, ticket: Ticket, at: Situation, ours: Wanted, goes: Collection[Aspect]
) -> None:
    """Write what people who read the ticket are to know of this change, each once."""
    async with work.sessions() as session:
        history = await item_history.of_item(session, ticket.item_id)
    for entry, text in _comments(history, ticket, at, ours, goes):
        mark = uuid.uuid5(uuid.UUID(ticket.ours), str(entry.id))
        await work.tracker.comment(at.place, ticket.ref, text, str(mark))


def _comments(
    history: Sequence[HistoryEntry],
    ticket: Ticket,
    at: Situation,
    ours: Wanted,
    goes: Collection[Aspect],
) -> list[tuple[HistoryEntry, str]]:
    """What is to be said, with the entry of the history that it comes from."""
    said: list[tuple[HistoryEntry, str]] = []
    if (entry := _last(history, "state")) and _differs(ticket, ours, ITEM):
        said.append((entry, ending(at.postmortem, entry)))
    if (entry := _last(history, "due_on")) and _differs(ticket, ours, DUE) and _is_moved(entry):
        said.append((entry, moving(at.postmortem, entry)))
    for aspect in sorted(goes):
        newest = next((each for each in reversed(history) if touches(each, aspect)), None)
        if newest is not None and (text := _why(newest)):
            said.append((newest, text))
    return said


def _last(history: Sequence[HistoryEntry], field: str) -> HistoryEntry | None:
    return next((each for each in reversed(history) if field in each.changes), None)


def _differs(ticket: Ticket, ours: Wanted, label: str) -> bool:
    """Whether this line is another than the ticket was told."""
    told = line(ticket.told, label)
    return told is not None and told != line(ours, label)


def _is_moved(entry: HistoryEntry) -> bool:
    """Whether somebody moved the item here: one that ends or begins anew is told as that."""
    return entry.event not in FROM_TRACKER and "state" not in entry.changes


def _why(entry: HistoryEntry) -> str:
    return entry.reason if entry.event == KEPT else given_back(entry)
