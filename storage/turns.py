"""Whose turn it is: of what is due, the next of each conversation.

A conversation is a channel, or a person whom the app writes to. While a delivery of it has a lease
that runs, no other has its turn. One whose lease ran out was begun before the others, so it comes
first; then whichever is due longest.
"""

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import run
from storage.tables import DeliveryRow
from storage.tables.columns import Instant

#: The instant of a claim.
NOW = bindparam("now", type_=Instant())

#: Any number will do that no other lock of ours has.
_TURN = select(func.pg_advisory_xact_lock(0xC1A1))


async def take(session: AsyncSession) -> None:
    """Let one worker claim after the other until its transaction ends, as SQLite's write lock does.

    Two at once would not see each other's leases, and could each take one of a conversation in
    which something older was owed in between.
    """
    if session.get_bind().dialect.name == "postgresql":
        await run(session, _TURN)


def due(*, of_all: bool) -> Select[int]:
    """Name up to `:most` deliveries that can be begun at `:now`: the next of each conversation.

    The oldest come first. Those of all workspaces, or of `:workspaces` only. To be put together
    once and kept: that takes longer than the database does.
    """
    named = col(DeliveryRow.workspace_id).in_(bindparam("workspaces", expanding=True))
    mine = [] if of_all else [named]
    found = (
        select(col(DeliveryRow.id))
        .where(col(DeliveryRow.due_at) <= NOW, _free(), *mine, *_is_next())
        .order_by(col(DeliveryRow.due_at), col(DeliveryRow.id))
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
        .cte()  # PostgreSQL runs it once; as a plain subquery it may lock more than `limit`
    )
    return select(found.c.id)


def _free() -> ColumnElement[bool]:
    lease = col(DeliveryRow.lease_until)
    return or_(lease.is_(None), lease <= NOW)


def _is_next() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """No other of its conversation was begun before it, or is due before it.

    Of two that were begun, which happens to workers of an older version, the lower number is first.
    """
    this, other = DeliveryRow, aliased(DeliveryRow)
    beside = (
        col(other.workspace_id) == col(this.workspace_id),
        col(other.channel) == col(this.channel),
        col(other.due_at).is_not(None),
    )
    was_begun, other_was = col(this.lease_until).is_not(None), col(other.lease_until).is_not(None)
    place = tuple_(col(this.due_at), col(this.id))
    earlier = tuple_(col(other.due_at), col(other.id)) < place
    first = or_(~was_begun, col(other.lease_until) > NOW, col(other.id) < col(this.id))
    return (
        or_(was_begun, ~exists().where(*beside, earlier)),
        ~exists().where(*beside, other_was, col(other.id) != col(this.id), first),
    )
