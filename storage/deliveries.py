"""Deliveries: messages the app owes somebody, each kept as one living message.

A change and the message it owes are stored in one transaction (`enqueue`). A worker claims what is
due and says what became of it (`claims.py`, offered here too). `wanted` counts how often a newer
state was asked for, `sent` which of them Slack has: what is asked for while a message is on its
way is sent right after it. What goes to one conversation is sent in the order in which it is due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.claims import (
    Delivery,
    claim,
    dropped,
    give_up,
    pause,
    postpone,
    release,
    retry_at,
    sent,
    still_mine,
    vanished,
)
from storage.standing import find, newest, place
from storage.statements import run, upsert
from storage.tables import DeliveryRow
from storage.tables.columns import Instant

__all__ = [
    "Delivery",
    "Health",
    "again",
    "again_all",
    "claim",
    "dropped",
    "enqueue",
    "find",
    "give_up",
    "given_up",
    "health",
    "hurry",
    "newest",
    "pause",
    "place",
    "postpone",
    "release",
    "retry_at",
    "sent",
    "still_mine",
    "vanished",
]

#: A retry this near is left alone by a newer wish: what failed just now fails again.
PAUSE_KEPT = timedelta(minutes=5)
#: What is due for longer than this is late; the clock ticks much more often.
LATE_AFTER = timedelta(minutes=1)

_INSTANT = Instant()
_GIVEN_UP = select(col(DeliveryRow.id)).where(
    col(DeliveryRow.workspace_id) == bindparam("workspace"),
    col(DeliveryRow.kind) == bindparam("kind"),
    col(DeliveryRow.subject) == bindparam("subject"),
    col(DeliveryRow.given_up_at).is_not(None),
)


@dataclass(frozen=True, kw_only=True)
class Health:
    """How many messages are owed, how many of them are late, and how many were given up.

    `oldest_due` is since when nothing is sent though something could be: what waits for a retry
    that is to come, and what waits behind such a one, could not.
    """

    owed: int
    late: int
    oldest_due: datetime | None
    given_up: int


async def enqueue(
    session: AsyncSession,
    workspace_id: str,
    kind: str,
    subject: str,
    *,
    channel: str,
    due_at: datetime,
    asked_by: str = "",
) -> None:
    """Owe this message, or its newest state where it was sent or is owed already.

    It stays one message however often this is called. An earlier instant it is due at stands, and
    so does a retry that waits for less than PAUSE_KEPT. While an earlier message holds its
    conversation it waits, as whatever goes there does. One that was given up is tried again. A
    first attempt whose outcome nobody knows stays remembered, so that the next one looks for it.
    """
    which = {"workspace_id": workspace_id, "kind": kind, "subject": subject}
    first = {"channel": channel, "asked_by": asked_by, "due_at": due_at, "created_at": due_at}
    again = {
        "channel": channel,
        "asked_by": asked_by or DeliveryRow.asked_by,
        "wanted": DeliveryRow.wanted + 1,
        "due_at": _sooner(due_at),
        "attempts": _doubt(),
        "given_up_at": None,
    }
    insert = upsert(session, DeliveryRow).values(**which, **first, wanted=1, sent=0, attempts=0)
    await run(session, insert.on_conflict_do_update(index_elements=list(which), set_=again))
    session.info["owes"] = True


async def again(
    session: AsyncSession,
    workspace_id: str,
    kinds: Sequence[str],
    subject: str,
    *,
    now: datetime,
    asked_by: str = "",
) -> None:
    """Owe the newest state of those of these messages that were ever owed, where they were."""
    query = select(col(DeliveryRow.kind), col(DeliveryRow.channel)).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.kind).in_(kinds),
        col(DeliveryRow.subject) == subject,
    )
    query = query.order_by(col(DeliveryRow.kind))  # in one order everywhere, as locks are taken
    for kind, channel in (await run(session, query)).all():
        await enqueue(
            session, workspace_id, kind, subject, channel=channel, due_at=now, asked_by=asked_by
        )


async def again_all(session: AsyncSession, which: Sequence[Select[Any]], *, now: datetime) -> None:
    """Owe the newest state of all deliveries that these select, in one statement.

    They are locked as whoever owes several locks them: by conversation, then by kind.
    """
    row = DeliveryRow
    wanted = or_(*(col(row.id).in_(each) for each in which))
    query = select(col(row.id)).where(wanted).order_by(col(row.channel), col(row.kind))
    await run(session, query.with_for_update())
    newest_state = {
        "wanted": row.wanted + 1,
        "due_at": _sooner(now),
        "attempts": _doubt(),
        "given_up_at": None,
    }
    await run(session, update(row).where(wanted).values(newest_state))
    session.info["owes"] = True


def _sooner(due_at: datetime) -> ColumnElement[Any]:
    now_due = col(DeliveryRow.due_at)
    waits = and_(col(DeliveryRow.last_error).is_not(None), now_due <= due_at + PAUSE_KEPT)
    return case((or_(waits, now_due < due_at), now_due), else_=due_at)


def _doubt() -> ColumnElement[Any]:
    unsure = and_(col(DeliveryRow.message_ts).is_(None), col(DeliveryRow.attempts) > 0)
    return case((unsure, 1), else_=0)


async def given_up(session: AsyncSession, workspace_id: str, kind: str, subject: str) -> bool:
    """Whether nothing more is tried for this message, though it was not sent as last wanted."""
    which = {"workspace": workspace_id, "kind": kind, "subject": subject}
    return (await run(session, _GIVEN_UP, which)).one_or_none() is not None


async def hurry(session: AsyncSession, workspace_id: str, channel: str, now: datetime) -> None:
    """Try at once what waits to be sent to this channel, or was given up: it may work now.

    A pause that Slack asked for, or an outage, goes on all the same.
    """
    unsent = or_(col(DeliveryRow.due_at) > now, col(DeliveryRow.given_up_at).is_not(None))
    statement = (
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == workspace_id,
            col(DeliveryRow.channel) == channel,
            col(DeliveryRow.last_error).is_not(None),
            unsent,
        )
        .values(due_at=now, given_up_at=None)
    )
    await run(session, statement)
    session.info["owes"] = True


async def health(session: AsyncSession, now: datetime) -> Health:
    """How the deliveries of all workspaces stand; `/readyz` asks."""
    due = col(DeliveryRow.due_at)
    late = func.count().filter(due <= now - LATE_AFTER)
    given_up = func.count(col(DeliveryRow.given_up_at))
    last_sent = func.max(col(DeliveryRow.sent_at), type_=_INSTANT)
    query = select(func.count(due), late, _oldest_due(now), last_sent, given_up)
    owed, waiting, oldest, last, lost = (await run(session, query.select_from(DeliveryRow))).one()
    since = oldest and max(oldest, last or oldest)
    return Health(owed=owed, late=waiting, oldest_due=since, given_up=lost)


def _oldest_due(now: datetime) -> ScalarSelect[Any]:
    """Since when the first is due of what is in hand, or could be."""
    row, other = aliased(DeliveryRow), aliased(DeliveryRow)
    due, in_hand = col(row.due_at), col(row.lease_until) > now
    busy = select(col(other.workspace_id), col(other.channel)).where(
        col(other.lease_until) > now, col(other.due_at).is_not(None)
    )
    waits = tuple_(col(row.workspace_id), col(row.channel)).in_(busy)
    query = select(func.min(due, type_=_INSTANT)).where(due <= now, or_(in_hand, ~waits))
    return query.scalar_subquery()
