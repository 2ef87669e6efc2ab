"""What a monthly review will have on its table, before it is laid, and what was decided early.

`domain.review_notices.why_walked` says of one thing at a time what is said here of all.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, case, func, literal, select, union_all
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.decisions import Decision
from domain.inherited import LineState
from domain.news import RETURNED
from domain.reviews import SETTLES, Why
from storage.action_items import OUTLIVED
from storage.departures import LIVE
from storage.statements import run
from storage.tables import (
    AcceptedRiskRow,
    ActionItemRow,
    InheritedLineRow,
    ItemHistoryRow,
    PostmortemRow,
)

#: An item that nobody took on is to be decided again.
_UNSETTLES = {str(Decision.DECLINE), RETURNED}
_ANSWERS = {*map(str, SETTLES), *_UNSETTLES}


async def owners(session: AsyncSession, workspace_id: str, on: date) -> list[str]:
    """Who answers for something that a review on this day will walk."""
    wanted = _coming(workspace_id, on).subquery()
    query = select(wanted.c.owner).distinct().order_by(wanted.c.owner)
    return list((await run(session, query)).scalars())


async def counts(session: AsyncSession, workspace_id: str, on: date) -> dict[Why, int]:
    """How much a review on this day will walk, by why; what there is none of is left out."""
    wanted = _coming(workspace_id, on).subquery()
    query = select(wanted.c.why, func.count().label("number")).group_by(wanted.c.why)
    found = {Why(row.why): row.number for row in await run(session, query)}
    row = InheritedLineRow
    lines = select(func.count(col(row.sameness).distinct())).where(
        col(row.workspace_id) == workspace_id, col(row.state) == LineState.UNDECIDED.value
    )
    number = int((await run(session, lines)).scalar_one())
    return found | ({Why.LINE: number} if number else {})


async def expiring(session: AsyncSession, workspace_id: str) -> int:
    """How many items expire if one more review sees them open (rule 15)."""
    row = ActionItemRow
    query = select(func.count()).where(
        col(row.workspace_id) == workspace_id,
        col(row.state) == ItemState.OPEN,
        col(row.reviews_seen) + 1 == col(row.reviews_to_live),
    )
    return int((await run(session, query)).scalar_one())


def _coming(workspace_id: str, on: date) -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(_items(workspace_id, on), _risks(workspace_id, on))


def _items(workspace_id: str, on: date) -> Select[*tuple[Any, ...]]:
    row = ActionItemRow
    is_open = col(row.state) == ItemState.OPEN
    has_soaked = and_(col(row.state) == ItemState.IMPLEMENTED, col(row.soaks_until) <= on)
    why = case(
        (and_(is_open, OUTLIVED), Why.EXPIRED.value),
        (and_(is_open, col(row.due_on) < on), Why.OVERDUE.value),
        (is_open, Why.OPEN.value),
        (has_soaked, Why.EVIDENCE.value),
        (col(row.state) == ItemState.INEFFECTIVE, Why.INEFFECTIVE.value),
    )
    return select(col(row.owner).label("owner"), why.label("why")).where(
        col(row.workspace_id) == workspace_id, col(row.state).in_(LIVE), why.is_not(None)
    )


def _risks(workspace_id: str, on: date) -> Select[*tuple[Any, ...]]:
    row = AcceptedRiskRow
    return select(col(row.accepter).label("owner"), literal(Why.RISK.value).label("why")).where(
        col(row.workspace_id) == workspace_id, col(row.ended_on).is_(None), col(row.until) <= on
    )


async def decided(
    session: AsyncSession, workspace_id: str, people: Collection[str], since: datetime
) -> list[str]:
    """The keys of these people's items that were decided since then, whichever was first first."""
    history, item = ItemHistoryRow, ActionItemRow
    query = (
        select(col(PostmortemRow.number), col(item.position), col(history.event))
        .join(item, col(item.id) == col(history.item_id))
        .join(PostmortemRow, col(PostmortemRow.id) == col(item.postmortem_id))
        .where(
            col(history.workspace_id) == workspace_id,
            col(history.at) >= since,
            col(history.event).in_(_ANSWERS),
            col(item.owner).in_(people),
        )
        .order_by(col(history.id))
    )
    last = {f"PM-{row.number}/{row.position}": row.event for row in await run(session, query)}
    return [key for key, event in last.items() if event not in _UNSETTLES]
