"""Services: whose they are, how much of their error budget is spent, and whom that is asked of."""

from dataclasses import asdict
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.services import Service
from storage.statements import columns, run, upsert
from storage.tables import ServiceRow, WorkspaceRow


async def all_of(session: AsyncSession, workspace_id: str) -> list[Service]:
    """All services that something is known of, by their names."""
    query = columns(ServiceRow, Service).where(col(ServiceRow.workspace_id) == workspace_id)
    ordered = query.order_by(func.lower(col(ServiceRow.name)), col(ServiceRow.id))
    return [Service(**row._asdict()) for row in await run(session, ordered)]


async def find(session: AsyncSession, workspace_id: str, service_id: int) -> Service | None:
    """One service of the workspace by its id."""
    return await _one(session, workspace_id, col(ServiceRow.id) == service_id)


async def named(session: AsyncSession, workspace_id: str, name: str) -> Service | None:
    """The service of this name, however its letters are cased."""
    return await _one(session, workspace_id, func.lower(col(ServiceRow.name)) == func.lower(name))


async def number(session: AsyncSession, workspace_id: str) -> int:
    """How many services something is known of."""
    mine = col(ServiceRow.workspace_id) == workspace_id
    return int((await run(session, select(func.count()).where(mine))).scalar_one())


async def taken(session: AsyncSession, workspace_id: str, name: str) -> Service:
    """The service of this name, for nobody else to change until we commit; it is made if need be.

    Whoever locks postmortems too locks them before.
    """
    found = await named(session, workspace_id, name)
    if found is None:
        fresh = upsert(session, ServiceRow).values(
            workspace_id=workspace_id, **_columns(Service(name=name))
        )
        await run(session, fresh.on_conflict_do_nothing())
        found = await named(session, workspace_id, name)
    locked = await held(session, workspace_id, found.id or 0) if found else None
    assert locked is not None  # noqa: S101 - nothing deletes a service
    return locked


async def held(session: AsyncSession, workspace_id: str, service_id: int) -> Service | None:
    """The service as it is now, for nobody else to change until we commit."""
    which = col(ServiceRow.id) == service_id
    return await _one(session, workspace_id, which, is_locked=True)


async def _one(
    session: AsyncSession,
    workspace_id: str,
    which: ColumnElement[bool],
    *,
    is_locked: bool = False,
) -> Service | None:
    query = columns(ServiceRow, Service).where(col(ServiceRow.workspace_id) == workspace_id, which)
    query = query.order_by(col(ServiceRow.id)).limit(1)
    row = (await run(session, query.with_for_update() if is_locked else query)).one_or_none()
    return None if row is None else Service(**row._asdict())


async def change(session: AsyncSession, service: Service) -> None:
    """Keep what is known of a stored service now."""
    mine = col(ServiceRow.id) == service.id
    await run(session, update(ServiceRow).where(mine).values(**_columns(service)))


def _columns(service: Service) -> dict[str, Any]:
    return {name: value for name, value in asdict(service).items() if name != "id"}


async def burning(session: AsyncSession) -> list[tuple[str, Service]]:
    """The services that burn, and those whose items are to go back: each with its workspace.

    They are found by an index that holds no others.
    """
    query = columns(ServiceRow, Service, "workspace_id").where(
        col(ServiceRow.burning_since).is_not(None)
    )
    # Ordered here: asked for in their order, SQLite would look through all there are.
    found = sorted((row._asdict() for row in await run(session, query)), key=itemgetter("id"))
    return [(each.pop("workspace_id"), Service(**each)) for each in found]


def _due(workspace_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    row = ServiceRow
    # In these words an index holds those that have one; with a value in them it is of no use.
    has_query = col(row.query) != literal_column("''")
    return has_query, col(row.ask_at) <= now, col(row.workspace_id) == workspace_id


async def has_to_ask(session: AsyncSession, workspace_id: str, now: datetime) -> bool:
    """Whether it is time to ask for some service how much is spent."""
    query = select(col(ServiceRow.id)).where(*_due(workspace_id, now)).limit(1)
    return (await run(session, query)).first() is not None


async def to_ask(
    session: AsyncSession, workspace_id: str, now: datetime, every: timedelta, limit: int
) -> list[Service]:
    """Take up to `limit` services that are to be asked for by now; nobody else asks until `every`.

    Should whoever took them not come to it, they are asked for then.
    """
    due = select(col(ServiceRow.id)).where(*_due(workspace_id, now))
    due = due.order_by(col(ServiceRow.ask_at)).limit(limit).with_for_update(skip_locked=True)
    taking = update(ServiceRow).where(col(ServiceRow.id).in_(due)).values(ask_at=now + every)
    wanted = columns(ServiceRow, Service).selected_columns
    return [Service(**row._asdict()) for row in await run(session, taking.returning(*wanted))]


async def keep_token(session: AsyncSession, workspace_id: str, digest: str) -> None:
    """Let whoever shows the token of this SHA-256 say how much is spent, and nobody else."""
    mine = col(WorkspaceRow.id) == workspace_id
    await run(session, update(WorkspaceRow).where(mine).values(budget_token=digest))


async def has_token(session: AsyncSession, workspace_id: str) -> bool:
    """Whether there is a token that somebody may show."""
    query = select(col(WorkspaceRow.budget_token)).where(col(WorkspaceRow.id) == workspace_id)
    return bool((await run(session, query)).scalar_one_or_none())


async def of_token(session: AsyncSession, digest: str) -> tuple[str, str] | None:
    """The workspace whose token has this SHA-256, and that as it is stored."""
    token = col(WorkspaceRow.budget_token)
    query = select(col(WorkspaceRow.id), token).where(token == digest)
    row = (await run(session, query)).one_or_none()
    return None if row is None else (row[0], row[1])
