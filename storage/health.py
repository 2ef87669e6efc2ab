"""The numbers that Homes show, kept as a snapshot, and who may be looking at them.

A workspace has a row once somebody opened their Home. `wanted_at` is when the numbers are to be
worked out anew. Whoever works them out puts it off first: else two processes would do so at once,
and a crash would lose the wish.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select, true, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.health import FRESH, LOOKING, Health, from_json, rest, to_json
from storage.statements import run, upsert
from storage.tables import DeliveryRow, HealthRow, HomeVisitRow
from storage.tables.columns import Instant

#: Whoever works out the numbers has so long; then another does.
LEASE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The numbers of a workspace are to be worked out, by whoever put the wish off `until` then."""

    workspace_id: str
    until: datetime


async def visited(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """Keep that somebody opened their Home, and want numbers that are old, or not there yet."""
    seen = {"workspace_id": workspace_id, "person": person}
    visit = upsert(session, HomeVisitRow).values(**seen, opened_at=now)
    again = visit.on_conflict_do_update(index_elements=list(seen), set_={"opened_at": now})
    await run(session, again)
    row = HealthRow
    first = upsert(session, row).values(workspace_id=workspace_id, wanted_at=now, numbers={})
    await run(session, first.on_conflict_do_nothing())
    is_old = or_(col(row.taken_at).is_(None), col(row.taken_at) <= now - FRESH)
    await _want(session, workspace_id, now, is_old)


async def want(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Want the numbers anew, where somebody may be looking at them.

    Nobody waits here for another who wants the same: whatever is decided comes by, with all that it
    has locked.
    """
    if await _looking(session, workspace_id, now):
        await _want(session, workspace_id, now, true())


async def _want(
    session: AsyncSession, workspace_id: str, now: datetime, where: ColumnElement[bool]
) -> None:
    row = HealthRow
    mine, wanted = col(row.workspace_id) == workspace_id, col(row.wanted_at)
    last = (await run(session, select(col(row.taken_at)).where(mine))).scalar_one_or_none()
    soon = await _rested(session, workspace_id, last, now)
    wants = or_(wanted.is_(None), wanted > soon)
    free = select(col(row.workspace_id)).where(mine, wants, where).with_for_update(skip_locked=True)
    wish = update(row).where(col(row.workspace_id).in_(free)).values(wanted_at=soon)
    await run(session, wish)


async def _rested(
    session: AsyncSession, workspace_id: str, last: datetime | None, now: datetime
) -> datetime:
    """When the numbers may be worked out again that were taken last then."""
    if last is None:
        return now
    return max(now, last + rest(await _looking(session, workspace_id, now)))


async def _looking(session: AsyncSession, workspace_id: str, now: datetime) -> int:
    """How many may be looking at their Home."""
    query = select(func.count()).where(*_looks(workspace_id, now))
    return int((await run(session, query)).scalar_one())


def _looks(workspace_id: str, now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    visit = HomeVisitRow
    return col(visit.workspace_id) == workspace_id, col(visit.opened_at) > now - LOOKING


async def wanted(session: AsyncSession, now: datetime) -> list[str]:
    """The workspaces whose numbers are to be worked out by now, from an index of those alone."""
    due = col(HealthRow.wanted_at)
    query = select(col(HealthRow.workspace_id)).where(due.is_not(None), due <= now).order_by(due)
    return list((await run(session, query)).scalars())


async def claim(session: AsyncSession, workspace_id: str, now: datetime) -> Claim | None:
    """Take it on to work out the numbers; None where another has, or nobody wants them any more."""
    until = now + LEASE
    mine = (col(HealthRow.workspace_id) == workspace_id, col(HealthRow.wanted_at) <= now)
    put_off = update(HealthRow).where(*mine).values(wanted_at=until)
    taken = await run(session, put_off.returning(col(HealthRow.workspace_id)))
    return None if taken.one_or_none() is None else Claim(workspace_id=workspace_id, until=until)


async def take(session: AsyncSession, claim: Claim, health: Health) -> None:
    """Keep the numbers; where somebody wanted them meanwhile they are wanted again after a rest."""
    row, taken_at = HealthRow, health.taken_at
    again = await _rested(session, claim.workspace_id, taken_at, taken_at)
    left = case((col(row.wanted_at) == claim.until, None), else_=literal(again, Instant()))
    mine = col(row.workspace_id) == claim.workspace_id
    values = {"numbers": to_json(health), "taken_at": taken_at, "wanted_at": left}
    await run(session, update(row).where(mine).values(values))


async def taken(session: AsyncSession, workspace_id: str) -> Health | None:
    """The numbers as they were worked out last; None before the first time."""
    query = select(col(HealthRow.numbers)).where(col(HealthRow.workspace_id) == workspace_id)
    said: dict[str, Any] | None = (await run(session, query)).scalar_one_or_none()
    return None if said is None else from_json(said)


async def looked_at(
    session: AsyncSession, workspace_id: str, kind: str, now: datetime
) -> list[int]:
    """The Homes, which are deliveries of this kind, that somebody may be looking at, as locked."""
    row = DeliveryRow
    lookers = select(col(HomeVisitRow.person)).where(*_looks(workspace_id, now))
    query = select(col(row.id)).where(
        col(row.workspace_id) == workspace_id,
        col(row.kind) == kind,
        col(row.subject).in_(lookers),
    )
    return list((await run(session, query.order_by(col(row.channel)))).scalars())


def these(homes: Collection[int]) -> Select[*tuple[Any, ...]]:
    """Select some of those."""
    return select(col(DeliveryRow.id)).where(col(DeliveryRow.id).in_(homes))
