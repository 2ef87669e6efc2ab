"""Whose items have tickets, or are to have them: who is looked for in the trackers."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.tickets import TrackerKind
from storage import tickets
from storage.statements import run
from storage.tables import ActionItemRow, TicketRow

#: An item that stands so has somebody who works on it.
STILL = (ItemState.OPEN, ItemState.INEFFECTIVE)


async def owners(session: AsyncSession, workspace_id: str) -> list[str]:
    """Everybody who owns an item that is open."""
    query = (
        select(col(ActionItemRow.owner))
        .where(col(ActionItemRow.workspace_id) == workspace_id)
        .where(col(ActionItemRow.state).in_(STILL))
        .distinct()
        .order_by(col(ActionItemRow.owner))
    )
    return [row[0] for row in await run(session, query)]


async def want_theirs(
    session: AsyncSession, workspace_id: str, kind: TrackerKind, person: str, now: datetime
) -> None:
    """Let the tickets of somebody's open items in a tracker say whose account they are for."""
    query = (
        select(col(TicketRow.item_id))
        .join(ActionItemRow, col(ActionItemRow.id) == col(TicketRow.item_id))
        .where(col(TicketRow.workspace_id) == workspace_id, col(TicketRow.kind) == kind)
        .where(col(ActionItemRow.owner) == person, col(ActionItemRow.state).in_(STILL))
        .order_by(col(TicketRow.item_id))
    )
    for row in (await run(session, query)).all():
        await tickets.want(session, row[0], now)
