"""Questions to take an item on that nobody answered, and those that somebody has still to answer.

What is due is found by an index that holds only items somebody was asked to take on.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import run
from storage.tables import ActionItemRow

_WHERE = (
    col(ActionItemRow.workspace_id),
    col(ActionItemRow.postmortem_id),
    col(ActionItemRow.id),
)
_UNANSWERED = (
    select(*_WHERE)
    .where(col(ActionItemRow.returns_at) <= bindparam("now"))
    .order_by(col(ActionItemRow.returns_at))
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, kw_only=True)
class Where:
    """In which workspace and postmortem an item is."""

    workspace_id: str
    postmortem_id: int
    item_id: int


async def unanswered(session: AsyncSession, now: datetime, limit: int) -> list[Where]:
    """The items whose question has waited long enough, the longest first."""
    return await _found(session, _UNANSWERED, {"now": now, "limit": limit})


async def of_asked(session: AsyncSession, workspace_id: str, person: str) -> list[Where]:
    """The items somebody was asked to take on, and has not answered."""
    query = select(*_WHERE).where(
        col(ActionItemRow.returns_at).is_not(None),
        col(ActionItemRow.workspace_id) == workspace_id,
        col(ActionItemRow.proposed_owner) == person,
    )
    return await _found(session, query.order_by(col(ActionItemRow.id)), {})


async def _found(
    session: AsyncSession, query: Select[*tuple[Any, ...]], asked: dict[str, Any]
) -> list[Where]:
    return [
        Where(workspace_id=row[0], postmortem_id=row[1], item_id=row[2])
        for row in await run(session, query, asked)
    ]


async def is_unanswered(session: AsyncSession, item_id: int, now: datetime) -> bool:
    """Whether an item's question has waited long enough; the postmortem must be locked."""
    query = select(col(ActionItemRow.returns_at)).where(col(ActionItemRow.id) == item_id)
    until = (await run(session, query)).scalar_one_or_none()
    return until is not None and until <= now
