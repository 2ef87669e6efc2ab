"""Claims: a delivery in one worker's hand, until it is sent, given back or taken away.

Whoever holds the token may say what became of the message; a worker whose lease ran out and whose
delivery was claimed by another changes nothing any more.

What goes to one conversation goes in order, one at a time: while a delivery is leased nothing else
of its conversation is claimed, and one that has a lease, even one that ran out, comes before those
that were never begun. So a lease without a token holds a conversation until a retry.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, literal, null, select, update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import turns
from storage.statements import columns, run
from storage.tables import DeliveryRow
from storage.tables.columns import Instant

_INSTANT = Instant()


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A message as it was when it was claimed.

    `channel` is where it must go (a channel or a person); `posted_channel` and `message_ts` say
    where it stands once Slack has it. `attempts` counts this one.
    """

    id: int
    workspace_id: str
    kind: str
    subject: str
    channel: str
    posted_channel: str | None
    message_ts: str | None
    asked_by: str
    wanted: int
    sent: int
    due_at: datetime | None
    lease_until: datetime | None
    token: str | None
    attempts: int
    first_claimed_at: datetime | None
    last_error: str | None
    given_up_at: datetime | None
    created_at: datetime
    sent_at: datetime | None

    @property
    def key(self) -> str:
        """What the message carries in its metadata, to be found again by."""
        return f"{self.workspace_id}/{self.kind}/{self.subject}"

    @property
    def claimed_at(self) -> datetime:
        """When it is composed: to the second at a first attempt, later up to its lease's length."""
        if self.attempts == 1 and self.message_ts is None and self.first_claimed_at:
            return self.first_claimed_at
        return self.lease_until or self.created_at


async def claim(
    session: AsyncSession,
    now: datetime,
    *,
    lease: timedelta,
    limit: int,
    workspaces: Collection[str] = (),
) -> list[Delivery]:
    """Take up to `limit` due deliveries for as long as the lease, oldest first, one a conversation.

    Nobody else gets them, or another of the same conversation, until it runs out. Each carries a
    fresh token, and one more attempt. Naming `workspaces` leaves those of all others alone.
    """
    await turns.take(session)
    asked = {"now": now, "most": limit, "until": now + lease, "fresh": uuid.uuid4().hex}
    named = {"workspaces": list(workspaces)} if workspaces else {}
    rows = await run(session, _claiming(of_all=not workspaces), asked | named)
    claimed = [Delivery(**row._asdict()) for row in rows]
    return sorted(claimed, key=lambda delivery: (delivery.due_at or now, delivery.id))


@cache
def _claiming(*, of_all: bool) -> ReturningUpdate[*tuple[Any, ...]]:
    statement = (
        update(DeliveryRow)
        .where(col(DeliveryRow.id).in_(turns.due(of_all=of_all)))
        .values(
            lease_until=bindparam("until"),
            token=bindparam("fresh"),
            attempts=DeliveryRow.attempts + 1,
            first_claimed_at=func.coalesce(DeliveryRow.first_claimed_at, turns.NOW),
        )
    )
    return statement.returning(*columns(DeliveryRow, Delivery).selected_columns)


async def still_mine(session: AsyncSession, delivery: Delivery, now: datetime) -> bool:
    """Whether the claim still holds: ask just before sending, after anything slow."""
    query = select(col(DeliveryRow.id)).where(_held(delivery), col(DeliveryRow.lease_until) > now)
    return (await run(session, query)).one_or_none() is not None


async def sent(
    session: AsyncSession, delivery: Delivery, *, channel: str, ts: str, now: datetime
) -> bool:
    """Note that Slack has the message, there; if a newer state is wanted it is due at once.

    False if the claim was lost. Then only the place is noted, where none was: a message that
    stands in a channel should be found by whoever sends next.
    """
    place = {"posted_channel": channel, "message_ts": ts}
    said = place | {"sent": delivery.wanted, "sent_at": now}
    if await _close(session, delivery, now, said):
        return True
    nowhere = (col(DeliveryRow.id) == delivery.id, col(DeliveryRow.message_ts).is_(None))
    await run(session, update(DeliveryRow).where(*nowhere).values(**place))
    return False


async def dropped(session: AsyncSession, delivery: Delivery, now: datetime) -> bool:
    """Note that there is nothing to say any more; False if the claim was lost."""
    return await _close(session, delivery, now, {"sent": delivery.wanted})


async def retry_at(
    session: AsyncSession, delivery: Delivery, at: datetime, error: str, *, holds: bool = False
) -> bool:
    """Give the claim back until then, saying what went wrong; False if it was lost.

    When it `holds` its conversation, whatever else goes there waits behind it, in order; else the
    others go on without it.
    """
    waits = {"due_at": at, "last_error": error}
    return await _settle(session, delivery, waits | (_held_until(at) if holds else {}))


async def pause(session: AsyncSession, delivery: Delivery, until: datetime, error: str) -> bool:
    """Give the claim back until then, as if never made: Slack took nothing, and asked to wait.

    Whatever else goes to the same conversation waits behind it, and what is owed there meanwhile
    too. False if the claim was lost.
    """
    waits = {"due_at": until, "last_error": error}
    return await _settle(session, delivery, waits | _held_until(until) | _unmade(delivery))


async def postpone(session: AsyncSession, delivery: Delivery, at: datetime, now: datetime) -> bool:
    """Give the claim back until then, as if never made: it is not to be said yet.

    The others of its conversation go on. When a newer state was asked for meanwhile it is due at
    once, for that may not have to wait. False if the claim was lost.
    """
    due_at = case((_newer(delivery), literal(now, _INSTANT)), else_=literal(at, _INSTANT))
    return await _settle(session, delivery, {"due_at": due_at, **_unmade(delivery)})


async def vanished(session: AsyncSession, delivery: Delivery, now: datetime) -> bool:
    """Note that its message is gone; due at once, to be posted anew. False if it was lost."""
    nowhere = {"posted_channel": None, "message_ts": None}
    # While a place was known nothing else was posted, so there is nothing to look for.
    never = {"attempts": 0, "first_claimed_at": None}
    return await _settle(session, delivery, nowhere | never | _held_until(now) | {"due_at": now})


async def give_up(session: AsyncSession, delivery: Delivery, now: datetime, error: str) -> bool:
    """Stop trying, on record, unless a newer state was asked for; False if the claim was lost."""
    newer = _newer(delivery)
    said = {
        "due_at": case((newer, literal(now, _INSTANT)), else_=null()),
        "given_up_at": case((newer, null()), else_=literal(now, _INSTANT)),
        "last_error": error,
    }
    return await _settle(session, delivery, said)


async def release(session: AsyncSession, delivery: Delivery) -> bool:
    """Give back a claim nothing was done with, as if never made; False if it was lost.

    It was the first of its conversation, and is so again.
    """
    first = _held_until(delivery.due_at) if delivery.due_at else {}
    return await _settle(session, delivery, _unmade(delivery) | first)


def _held(delivery: Delivery) -> ColumnElement[bool]:
    return and_(col(DeliveryRow.id) == delivery.id, col(DeliveryRow.token) == delivery.token)


def _held_until(at: datetime) -> dict[str, Any]:
    """Let nothing else of its conversation be claimed before, nor then before this."""
    return {"lease_until": at}


def _unmade(delivery: Delivery) -> dict[str, Any]:
    """As it was before the claim; a wish that came meanwhile must not take away the doubt."""
    before = delivery.attempts - 1
    return {"attempts": before, "first_claimed_at": delivery.first_claimed_at if before else None}


def _newer(delivery: Delivery) -> ColumnElement[bool]:
    return col(DeliveryRow.wanted) > delivery.wanted


async def _close(
    session: AsyncSession, delivery: Delivery, now: datetime, said: dict[str, Any]
) -> bool:
    done = {
        "due_at": case((_newer(delivery), literal(now, _INSTANT)), else_=null()),
        "attempts": 0,
        "first_claimed_at": None,
        "last_error": None,
        "given_up_at": None,
    }
    return await _settle(session, delivery, done | said)


async def _settle(session: AsyncSession, delivery: Delivery, said: dict[str, Any]) -> bool:
    freed = {"lease_until": None, "token": None}
    statement = update(DeliveryRow).where(_held(delivery)).values(**freed | said)
    return (await run(session, statement)).rowcount == 1
