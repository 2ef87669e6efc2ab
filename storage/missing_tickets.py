"""Open items that have no ticket though there is a place for it, as older ones than the place."""

from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import ticket_places, tickets
from storage.statements import run
from storage.tables import ActionItemRow, PostmortemRow, TicketPlaceRow, TicketRow
from storage.ticket_people import STILL
from storage.ticket_places import UNTRIED


async def number(session: AsyncSession, workspace_id: str) -> int:
    """How many there are."""
    found = _missing(workspace_id).subquery()
    return int((await run(session, select(func.count()).select_from(found))).scalar_one())


async def after(session: AsyncSession, workspace_id: str, item_id: int, limit: int) -> list[int]:
    """Up to `limit` of them, the first written first, from behind this item on."""
    query = _missing(workspace_id).where(col(ActionItemRow.id) > item_id)
    rows = await run(session, query.order_by(col(ActionItemRow.id)).limit(limit))
    return [row[0] for row in rows]


async def named(session: AsyncSession, workspace_id: str, limit: int) -> list[tuple[int, int]]:
    """The first of them, as the numbers of their postmortems and their own in those."""
    query = _missing(workspace_id).with_only_columns(
        col(PostmortemRow.number), col(ActionItemRow.position)
    )
    rows = await run(session, query.order_by(col(ActionItemRow.id)).limit(limit))
    return [(row[0], row[1]) for row in rows]


def _missing(workspace_id: str) -> Select[int | None]:
    place, service = TicketPlaceRow, func.lower(col(TicketPlaceRow.service))
    has_ticket = exists().where(col(TicketRow.item_id) == col(ActionItemRow.id))
    has_place = (
        exists()
        .where(col(place.workspace_id) == workspace_id, col(place.ended_at).is_(None))
        .where(or_(service == "", service == func.lower(col(PostmortemRow.service))))
    )
    return (
        select(col(ActionItemRow.id))
        .join(PostmortemRow, col(PostmortemRow.id) == col(ActionItemRow.postmortem_id))
        .where(col(ActionItemRow.workspace_id) == workspace_id)
        .where(col(ActionItemRow.state).in_(STILL), ~has_ticket, has_place)
    )


async def astray(session: AsyncSession, workspace_id: str, item_id: int, limit: int) -> list[int]:
    """Up to `limit` open items from behind this one on whose tickets wait at a place that ended."""
    place = TicketPlaceRow
    query = (
        select(col(TicketRow.item_id))
        .join(place, col(place.id) == col(TicketRow.place_id))
        .join(ActionItemRow, col(ActionItemRow.id) == col(TicketRow.item_id))
        .where(col(TicketRow.workspace_id) == workspace_id, col(TicketRow.ref) == "")
        .where(col(place.ended_at).is_not(None), col(ActionItemRow.state).in_(STILL))
        .where(col(TicketRow.item_id) > item_id)
    )
    rows = await run(session, query.order_by(col(TicketRow.item_id)).limit(limit))
    return [row[0] for row in rows]


async def move(session: AsyncSession, workspace_id: str, item_id: int, now: datetime) -> bool:
    """Let the ticket of an item, not made yet, be made where tickets are made now.

    Where that is nowhere it is looked at all the same, so that nobody waits for it: False. One that
    somebody tried to make is looked for where it was first. The workspace must be locked.
    """
    place = await ticket_places.of_item(session, workspace_id, item_id)
    if place is not None:
        mine = col(TicketRow.item_id) == item_id
        there = {"place_id": place.id, "kind": place.kind}
        await run(session, update(TicketRow).where(mine, *UNTRIED).values(**there))
    await tickets.want(session, item_id, now)
    return place is not None
