"""Where the tickets of each service are made."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.tickets import Place, TrackerKind
from storage.statements import columns, run
from storage.tables import ActionItemRow, PostmortemRow, TicketPlaceRow, TicketRow

_PLACES = columns(TicketPlaceRow, Place)
#: A ticket that is nowhere for sure.
UNTRIED = col(TicketRow.ref) == "", col(TicketRow.attempts) == 0


async def standing(session: AsyncSession, workspace_id: str) -> list[Place]:
    """The places where new tickets are made: first the one for all services, then by service."""
    query = _PLACES.where(*_stands(workspace_id)).order_by(func.lower(col(TicketPlaceRow.service)))
    return [_place(row._asdict()) for row in await run(session, query)]


async def all_of(session: AsyncSession, workspace_id: str) -> list[Place]:
    """Every place that has, or may have, tickets; those that ended too."""
    query = _PLACES.where(col(TicketPlaceRow.workspace_id) == workspace_id)
    rows = await run(session, query.order_by(col(TicketPlaceRow.id)))
    return [_place(row._asdict()) for row in rows]


async def find(session: AsyncSession, workspace_id: str, place_id: int) -> Place | None:
    """One place of the workspace."""
    which = col(TicketPlaceRow.workspace_id) == workspace_id, col(TicketPlaceRow.id) == place_id
    row = (await run(session, _PLACES.where(*which))).one_or_none()
    return None if row is None else _place(row._asdict())


async def held(session: AsyncSession, workspace_id: str, place_id: int) -> Place | None:
    """The same, for nobody else to change until we commit; before any of its tickets."""
    which = col(TicketPlaceRow.workspace_id) == workspace_id, col(TicketPlaceRow.id) == place_id
    row = (await run(session, _PLACES.where(*which).with_for_update())).one_or_none()
    return None if row is None else _place(row._asdict())


async def of_service(session: AsyncSession, workspace_id: str, service: str) -> Place | None:
    """The place of a service's own, however its letters are cased; of all services when empty."""
    named = func.lower(col(TicketPlaceRow.service)) == func.lower(service)
    row = (await run(session, _PLACES.where(*_stands(workspace_id), named))).one_or_none()
    return None if row is None else _place(row._asdict())


async def of_item(session: AsyncSession, workspace_id: str, item_id: int) -> Place | None:
    """Where the ticket of a new item is made: its service's place, or the one for all."""
    service = (
        select(func.lower(col(PostmortemRow.service)))
        .join(ActionItemRow, col(ActionItemRow.postmortem_id) == col(PostmortemRow.id))
        .where(col(ActionItemRow.id) == item_id)
        .scalar_subquery()
    )
    place = col(TicketPlaceRow.service)
    query = _PLACES.where(*_stands(workspace_id), or_(place == "", func.lower(place) == service))
    row = (await run(session, query.order_by(place.desc()).limit(1))).one_or_none()
    return None if row is None else _place(row._asdict())


async def keep(session: AsyncSession, workspace_id: str, place: Place, now: datetime) -> Place:
    """Keep where a service's tickets are made, in place of any before.

    The workspace must be locked. One of another tracker or project ends, and stays where its
    tickets are; those that nobody tried to make yet are made here. Of the others it is looked there
    first whether they were.
    """
    before = await of_service(session, workspace_id, place.service)
    if before and (before.kind, before.project) == (place.kind, place.project):
        mine = col(TicketPlaceRow.id) == before.id
        clear = _columns(place) | {"trouble": "", "trouble_since": None}
        await run(session, update(TicketPlaceRow).where(mine).values(**clear))
        return replace(place, id=before.id, trouble="", trouble_since=None)
    if before:
        await end(session, before, now)
    fresh = insert(TicketPlaceRow).values(workspace_id=workspace_id, **_columns(place))
    made = (await run(session, fresh.returning(col(TicketPlaceRow.id)))).scalar_one()
    if before:
        moved = {"place_id": made, "kind": place.kind}
        there = col(TicketRow.place_id) == before.id
        await run(session, update(TicketRow).where(there, *UNTRIED).values(**moved))
    return replace(place, id=made)


async def end(session: AsyncSession, place: Place, now: datetime) -> None:
    """Make no new tickets there; those there are go on."""
    mine = col(TicketPlaceRow.id) == place.id
    await run(session, update(TicketPlaceRow).where(mine).values(ended_at=now))


async def tell_trouble(session: AsyncSession, place_id: int, trouble: str, now: datetime) -> bool:
    """Keep what is wrong with a place, nothing when it is empty; False if that is kept already."""
    mine = col(TicketPlaceRow.id) == place_id, col(TicketPlaceRow.trouble) != trouble
    since = func.coalesce(col(TicketPlaceRow.trouble_since), now) if trouble else None
    said = {"trouble": trouble, "trouble_since": since}
    return (await run(session, update(TicketPlaceRow).where(*mine).values(**said))).rowcount == 1


async def projects(session: AsyncSession, workspace_id: str, kind: TrackerKind) -> set[str]:
    """The projects of a tracker that have tickets of ours, or may have, in small letters."""
    mine = col(TicketPlaceRow.workspace_id) == workspace_id, col(TicketPlaceRow.kind) == kind
    rows = await run(session, select(func.lower(col(TicketPlaceRow.project))).where(*mine))
    return {row[0] for row in rows}


def _stands(workspace_id: str) -> tuple[ColumnElement[bool], ...]:
    row = TicketPlaceRow
    return col(row.workspace_id) == workspace_id, col(row.ended_at).is_(None)


def _place(row: dict[str, Any]) -> Place:
    return Place(**row | {"labels": tuple(row["labels"])})


def _columns(place: Place) -> dict[str, Any]:
    said = asdict(place) | {"labels": list(place.labels), "fields": dict(place.fields)}
    return {name: value for name, value in said.items() if name != "id"}
