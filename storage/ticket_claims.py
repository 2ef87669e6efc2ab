"""A ticket in one worker's hand: claimed with a lease, and put down with what became of it.

Whoever holds the token may say so; a worker whose lease ran out and whose ticket was claimed by
another changes nothing any more.
"""

import uuid
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.kept_tickets import Ticket, seen_as_data, seen_from, wanted_as_data, wanted_from
from domain.tickets import Seen, TrackerKind, Wanted
from storage.statements import columns, run
from storage.tables import TicketRow
from storage.tables.columns import Instant

_INSTANT = Instant()
_CALLED = columns(TicketRow, Ticket)


async def find(session: AsyncSession, item_id: int) -> Ticket | None:
    """An item's ticket."""
    row = (await run(session, _CALLED.where(col(TicketRow.item_id) == item_id))).one_or_none()
    return None if row is None else _ticket(row._asdict())


async def has_due(
    session: AsyncSession, workspace_id: str, kind: TrackerKind, now: datetime
) -> bool:
    """Whether a ticket is to be seen to by now."""
    query = select(col(TicketRow.item_id)).where(*_free(workspace_id, kind, now)).limit(1)
    return (await run(session, query)).first() is not None


async def claim(
    session: AsyncSession,
    workspace_id: str,
    kind: TrackerKind,
    now: datetime,
    *,
    lease: timedelta,
    limit: int,
) -> list[Ticket]:
    """Take up to `limit` tickets that are due, for as long as the lease; the oldest first."""
    due = select(col(TicketRow.item_id)).where(*_free(workspace_id, kind, now))
    due = due.order_by(col(TicketRow.due_at)).limit(limit).with_for_update(skip_locked=True)
    taking = (
        update(TicketRow)
        .where(col(TicketRow.item_id).in_(due))
        .values(
            lease_until=now + lease,
            token=uuid.uuid4().hex,
            attempts=TicketRow.attempts + 1,
            first_claimed_at=func.coalesce(
                col(TicketRow.first_claimed_at), literal(now, _INSTANT), type_=_INSTANT
            ),
        )
    )
    rows = await run(session, taking.returning(*_CALLED.selected_columns))
    return [_ticket(row._asdict()) for row in rows]


def _free(workspace_id: str, kind: TrackerKind, now: datetime) -> tuple[ColumnElement[bool], ...]:
    lease = col(TicketRow.lease_until)
    return (
        col(TicketRow.workspace_id) == workspace_id,
        col(TicketRow.kind) == kind,
        col(TicketRow.due_at) <= now,
        (lease.is_(None)) | (lease <= now),
    )


async def held(session: AsyncSession, ticket: Ticket) -> Ticket | None:
    """The ticket as it is, for nobody else to change until we commit; None if the claim is lost.

    What is locked before tickets must be by then.
    """
    row = (await run(session, _CALLED.where(_mine(ticket)).with_for_update())).one_or_none()
    return None if row is None else _ticket(row._asdict())


async def renew(session: AsyncSession, ticket: Ticket, until: datetime) -> bool:
    """Keep a ticket in hand until then; False if the claim was lost."""
    return await _note(session, ticket, {"lease_until": until})


async def made(session: AsyncSession, ticket: Ticket, seen: Seen, told: Wanted) -> bool:
    """Note that it stands in its tracker, where it does; it stays in hand. False if it was lost.

    It stands where it was asked for, should its service have got another place meanwhile.
    """
    where = {"place_id": ticket.place_id, "kind": ticket.kind}
    return await _note(session, ticket, where | _standing(seen) | _told(told))


async def note(session: AsyncSession, ticket: Ticket, **said: Any) -> bool:
    """Note something of a ticket in hand, as `is_gone` or `sprint`; False if it was lost."""
    return await _note(session, ticket, said)


async def settle(
    session: AsyncSession,
    ticket: Ticket,
    *,
    seen: Seen | None,
    told: Wanted | None,
    next_at: datetime | None,
    now: datetime,
    trouble: str = "",
) -> bool:
    """Put a ticket down that is as it should be; it is looked at next then, or never.

    What was asked for meanwhile is due at once, and `wanted` counts anew from here. `trouble` is
    what is wrong all the same. False if the claim was lost.
    """
    standing = _standing(seen) if seen else {}
    since = case((_newer(ticket), col(TicketRow.wanted)), else_=0)
    well = {"attempts": 0, "first_claimed_at": None, "wanted": since}
    said = standing | _told(told) | well | _trouble(ticket, trouble, now)
    return await _note(session, ticket, said | _put_down(ticket, next_at, now))


async def failed(
    session: AsyncSession,
    ticket: Ticket,
    trouble: str,
    at: datetime,
    now: datetime,
    *,
    unsure_until: datetime | None = None,
) -> bool:
    """Put a ticket down until then, saying what is wrong; False if the claim was lost.

    While nobody can be sure whether it was made it is in nobody's hand, whoever asks for it.
    """
    said = _trouble(ticket, trouble, now) | _put_down(ticket, at, now)
    return await _note(session, ticket, said | {"lease_until": unsure_until})


async def number_followed(session: AsyncSession, workspace_id: str, kind: TrackerKind) -> int:
    """How many tickets of a tracker are looked at again and again."""
    mine = col(TicketRow.workspace_id) == workspace_id, col(TicketRow.kind) == kind
    query = select(func.count()).where(*mine, col(TicketRow.due_at).is_not(None))
    return int((await run(session, query)).scalar_one())


def _mine(ticket: Ticket) -> ColumnElement[bool]:
    return (col(TicketRow.item_id) == ticket.item_id) & (col(TicketRow.token) == ticket.token)


async def _note(session: AsyncSession, ticket: Ticket, said: dict[str, Any]) -> bool:
    statement = update(TicketRow).where(_mine(ticket)).values(**said)
    return (await run(session, statement)).rowcount == 1


def _standing(seen: Seen) -> dict[str, Any]:
    return {"ref": seen.ref, "key": seen.key, "url": seen.url, "seen": seen_as_data(seen)}


def _told(told: Wanted | None) -> dict[str, Any]:
    return {} if told is None else {"told": wanted_as_data(told)}


def _trouble(ticket: Ticket, trouble: str, now: datetime) -> dict[str, Any]:
    since = (ticket.trouble_since or now) if trouble else None
    return {"trouble": trouble, "trouble_since": since}


def _put_down(ticket: Ticket, at: datetime | None, now: datetime) -> dict[str, Any]:
    later = literal(at, _INSTANT)
    due_at = case((_newer(ticket), literal(now, _INSTANT)), else_=later)
    return {"due_at": due_at, "lease_until": None, "token": None}


def _newer(ticket: Ticket) -> ColumnElement[bool]:
    """Whether it was asked for since it was claimed."""
    return col(TicketRow.wanted) > ticket.wanted


def _ticket(row: dict[str, Any]) -> Ticket:
    told, seen = row.pop("told"), row.pop("seen")
    kept = Ticket(**row, told=None, seen=None)
    assert len(fields(kept)) == len(row) + 2  # noqa: S101 - every column of it is a field
    return replace(kept, told=told and wanted_from(told), seen=seen and seen_from(seen))
