"""Tickets: which are to be seen to, in one worker's hand at a time, and what became of each.

A change of an item asks for its ticket in the same transaction (`begin`, `want`), as a webhook does
(`heard`). A worker claims what is due with a lease; `wanted` counts how often it was asked for
since it went well, so that what is asked for meanwhile is seen to right afterwards. Whoever locks
postmortems locks them before tickets, and tickets before deliveries; a place is locked before
tickets, and with none held.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.kept_tickets import Ticket
from domain.tickets import TrackerKind
from storage import ticket_places
from storage.statements import run, upsert
from storage.tables import ActionItemRow, TicketRow
from storage.tables.columns import Instant
from storage.ticket_claims import (
    claim,
    failed,
    find,
    has_due,
    held,
    made,
    note,
    number_followed,
    renew,
    settle,
)

__all__ = [
    "bears",
    "begin",
    "claim",
    "failed",
    "find",
    "has_due",
    "heard",
    "held",
    "made",
    "note",
    "number_followed",
    "renew",
    "rest",
    "retry",
    "retry_all",
    "settle",
    "want",
    "want_all_of",
]

_INSTANT = Instant()


async def begin(session: AsyncSession, workspace_id: str, item_id: int, now: datetime) -> bool:
    """Ask for the ticket of an item; False where its service has no tracker, or it has one."""
    place = await ticket_places.of_item(session, workspace_id, item_id)
    if place is None:
        return False
    fresh = {
        "item_id": item_id,
        "workspace_id": workspace_id,
        "place_id": place.id,
        "kind": place.kind,
        "ours": str(uuid.uuid4()),
        "due_at": now,
        "created_at": now,
    }
    insert = upsert(session, TicketRow).values(**fresh)
    once = insert.on_conflict_do_nothing(index_elements=["item_id"])
    return (await run(session, once)).rowcount == 1


async def want(session: AsyncSession, item_id: int, now: datetime) -> None:
    """Let an item's ticket, where it has one, follow what the item says now."""
    await run(session, update(TicketRow).where(col(TicketRow.item_id) == item_id).values(_due(now)))


async def want_all_of(session: AsyncSession, postmortem_id: int, now: datetime) -> None:
    """Let the tickets of a postmortem's items follow what it says now.

    One that is still to be made may be made just now, from what it said before.
    """
    its = select(col(ActionItemRow.id)).where(col(ActionItemRow.postmortem_id) == postmortem_id)
    may_say_it = or_(col(TicketRow.ref) != "", col(TicketRow.due_at).is_not(None))
    await _change(session, [col(TicketRow.item_id).in_(its), may_say_it], _due(now))


async def retry(session: AsyncSession, item_id: int, now: datetime) -> None:
    """Try anew at once; one that was deleted is made again, with another key.

    Whoever has that in hand loses it, lest they keep how the old one stood.
    """
    found = await find(session, item_id)
    again: dict[str, Any] = {"attempts": _doubt()}
    if found is not None and found.is_gone:
        nothing = {"ref": "", "key": "", "url": "", "sprint": "", "told": None, "seen": None}
        fresh = {"is_gone": False, "ours": str(uuid.uuid4())}
        loose = {"token": None, "lease_until": None}
        again = nothing | fresh | loose | {"attempts": 0, "first_claimed_at": None}
    mine = col(TicketRow.item_id) == item_id
    await run(session, update(TicketRow).where(mine).values(_due(now) | again))


async def retry_all(session: AsyncSession, place_id: int, now: datetime) -> None:
    """Try at once what waits at a place: somebody says that it is mended."""
    there = col(TicketRow.place_id) == place_id, col(TicketRow.trouble) != ""
    await _change(session, there, _due(now) | {"attempts": _doubt()})


async def bears(session: AsyncSession, place_id: int, trouble: str) -> bool:
    """Whether a ticket of a place says that this is wrong."""
    row = col(TicketRow.place_id) == place_id, col(TicketRow.trouble) == trouble
    query = select(col(TicketRow.item_id)).where(*row).limit(1)
    return (await run(session, query)).first() is not None


async def heard(
    session: AsyncSession,
    workspace_id: str,
    kind: TrackerKind,
    refs: Collection[str],
    now: datetime,
) -> None:
    """Look at the tickets that the tracker calls so, as far as they are ours."""
    mine = (
        col(TicketRow.workspace_id) == workspace_id,
        col(TicketRow.kind) == kind,
        col(TicketRow.ref).in_(set(refs) - {""}),
    )
    await _change(session, mine, _due(now))


async def rest(session: AsyncSession, resting: Sequence[Ticket], next_at: datetime) -> None:
    """Put several down that are as they were left, and are claimed together; looked at next then.

    What was asked for since they were claimed is due as that said. What is in another hand by now
    is left alone.
    """
    mine = (
        col(TicketRow.item_id).in_([each.item_id for each in resting]),
        col(TicketRow.token).in_({each.token for each in resting}),
    )
    asked_for = col(TicketRow.wanted) > 0
    due_at = case((asked_for, col(TicketRow.due_at)), else_=literal(next_at, _INSTANT))
    well = {"attempts": 0, "first_claimed_at": None, "lease_until": None, "token": None}
    await _change(session, mine, {"due_at": due_at, **well})


async def _change(
    session: AsyncSession, which: Sequence[ColumnElement[bool]], said: dict[str, Any]
) -> None:
    """Change several, in one order: two who change the same never wait for each other."""
    query = select(col(TicketRow.item_id)).where(*which).order_by(col(TicketRow.item_id))
    found = [row[0] for row in await run(session, query.with_for_update())]
    if found:
        mine = col(TicketRow.item_id).in_(found)
        await run(session, update(TicketRow).where(mine).values(said))


def _due(now: datetime) -> dict[str, Any]:
    due = col(TicketRow.due_at)
    sooner = case((due < now, due), else_=literal(now, _INSTANT))
    return {"wanted": TicketRow.wanted + 1, "due_at": sooner}


def _doubt() -> ColumnElement[Any]:
    """How many attempts count: one that may have made a ticket is remembered, to look for it."""
    unsure = and_(col(TicketRow.ref) == "", col(TicketRow.attempts) > 0)
    return case((unsure, 1), else_=0)
