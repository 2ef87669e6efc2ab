"""What people have promised and not done yet, counted."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import REVIEWS_TO_LIVE, ItemState
from domain.coming import OpenItems
from storage.statements import run
from storage.tables import ActionItemRow


async def open_items(session: AsyncSession, workspace_id: str, today: date) -> OpenItems:
    """How many items are open, overdue and expired."""
    overdue = func.count().filter(col(ActionItemRow.due_on) < today)
    expired = func.count().filter(col(ActionItemRow.reviews_seen) >= REVIEWS_TO_LIVE)
    query = select(func.count(), overdue, expired).where(
        col(ActionItemRow.workspace_id) == workspace_id,
        col(ActionItemRow.state) == ItemState.OPEN,
    )
    row = (await run(session, query)).one()
    return OpenItems(open=row[0], overdue=row[1], expired=row[2])
