"""Claims: a delivery in one worker's hand, until it is sent, given back or taken away.

Whoever holds the token may say what became of the message; a worker whose lease ran out and whose
delivery was claimed by another changes nothing any more.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

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


async def claim(
    session: AsyncSession, now: datetime, *, lease: timedelta, limit: int
) -> list[Delivery]:
    """Take up to `limit` due deliveries for as long as the lease, oldest first.

    Nobody else gets them until it runs out. Each carries a fresh token, and one more attempt.
    """
    statement = (
        update(DeliveryRow)
        .where(col(DeliveryRow.id).in_(_due(now, limit)))
        .values(
            lease_until=now + lease,
            token=uuid.uuid4().hex,
            attempts=DeliveryRow.attempts + 1,
            first_claimed_at=func.coalesce(DeliveryRow.first_claimed_at, literal(now, _INSTANT)),
        )
    )
    rows = await run(session, statement.returning(*columns(DeliveryRow, Delivery).selected_columns))
    claimed = [Delivery(**row._asdict()) for row in rows]
    return sorted(claimed, key=lambda delivery: (delivery.due_at or now, delivery.id))


def _due(now: datetime, limit: int) -> Select[int]:
    free = or_(col(DeliveryRow.lease_until).is_(None), col(DeliveryRow.lease_until) <= now)
    due = (
        select(col(DeliveryRow.id))
        .where(col(DeliveryRow.due_at) <= now, free)
        .order_by(col(DeliveryRow.due_at), col(DeliveryRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte()  # PostgreSQL runs it once; as a plain subquery it may lock more than `limit`
    )
    return select(due.c.id)


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


async def retry_at(session: AsyncSession, delivery: Delivery, at: datetime, error: str) -> bool:
    """Give the claim back until then, saying what went wrong; False if it was lost."""
    return await _settle(session, delivery, {"due_at": at, "last_error": error})


async def vanished(session: AsyncSession, delivery: Delivery, now: datetime) -> bool:
    """Note that its message is gone; due at once, to be posted anew. False if it was lost."""
    nowhere = {"posted_channel": None, "message_ts": None}
    # While a place was known nothing else was posted, so there is nothing to look for.
    never = {"attempts": 0, "first_claimed_at": None}
    return await _settle(session, delivery, {**nowhere, **never, "due_at": now})


async def pause(session: AsyncSession, delivery: Delivery, until: datetime, error: str) -> bool:
    """Give the claim back until then, as if never made: Slack took nothing, and asked to wait.

    Whatever else is due in the same conversation waits too. False if the claim was lost.
    """
    waits = {"due_at": until, "last_error": error}
    held = await _settle(session, delivery, {**waits, **_unmade(delivery)})
    others = (
        select(col(DeliveryRow.id))
        .where(
            col(DeliveryRow.workspace_id) == delivery.workspace_id,
            col(DeliveryRow.channel) == delivery.channel,
            col(DeliveryRow.due_at) < until,
            col(DeliveryRow.lease_until).is_(None),
        )
        .with_for_update(skip_locked=True)  # two pauses at once must not wait for each other
        .cte()
    )
    waiting = update(DeliveryRow).where(col(DeliveryRow.id).in_(select(others.c.id)))
    await run(session, waiting.values(**waits))
    return held


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
    """Give back a claim nothing was done with, as if never made; False if it was lost."""
    return await _settle(session, delivery, _unmade(delivery))


def _held(delivery: Delivery) -> ColumnElement[bool]:
    return and_(col(DeliveryRow.id) == delivery.id, col(DeliveryRow.token) == delivery.token)


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
    statement = update(DeliveryRow).where(_held(delivery)).values(**said, **freed)
    return (await run(session, statement)).rowcount == 1
