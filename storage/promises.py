"""What people have promised and not done yet: how much, and when somebody hears of it next."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, union_all
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.coming import OpenItems
from storage.action_items import OUTLIVED
from storage.statements import run
from storage.tables import AcceptedRiskRow, ActionItemRow
from storage.tables.columns import Instant

_INSTANT = Instant()


async def open_items(session: AsyncSession, workspace_id: str, today: date) -> OpenItems:
    """How many items are open, overdue and expired."""
    overdue = func.count().filter(col(ActionItemRow.due_on) < today)
    expired = func.count().filter(OUTLIVED)
    query = select(func.count(), overdue, expired).where(
        col(ActionItemRow.workspace_id) == workspace_id,
        col(ActionItemRow.state) == ItemState.OPEN,
    )
    row = (await run(session, query)).one()
    return OpenItems(open=row[0], overdue=row[1], expired=row[2])


async def next_hearing(
    session: AsyncSession, workspace_id: str, after: datetime, until: datetime
) -> datetime | None:
    """When an item or a risk is heard of first after the one instant and until the other."""
    rows: tuple[Any, ...] = (ActionItemRow, AcceptedRiskRow)
    first = [
        select(func.min(row.hear_at, type_=_INSTANT)).where(
            row.workspace_id == workspace_id, row.hear_at > after, row.hear_at <= until
        )
        for row in rows
    ]
    found = (await run(session, union_all(*first))).scalars()
    return min((each for each in found if each), default=None)
