"""Whether anything waits for a monthly review, and what it has cost that none was closed (rule 20).

The meta-review's own postmortem is of no incident, and is not counted as one.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.inherited import LineState
from domain.review_alerts import Numbers
from domain.review_plan import NOTHING_SAID
from storage.statements import run
from storage.tables import (
    AcceptedRiskRow,
    ActionItemRow,
    DeliveryRow,
    InheritedLineRow,
    MetaReviewRow,
    PostmortemRow,
    TaggingRow,
    WorkspaceRow,
)
from storage.tables.columns import Instant

_INSTANT = Instant()


async def is_to_look_at(session: AsyncSession, workspace_id: str, now: datetime) -> bool:
    """Whether the clock still has to look at the workspace's reviews; it must be locked."""
    due = col(WorkspaceRow.review_look_at)
    query = select(or_(due.is_(None), due <= now)).where(col(WorkspaceRow.id) == workspace_id)
    return bool((await run(session, query)).scalar_one_or_none())


async def is_anything_open(session: AsyncSession, workspace_id: str, on: date) -> bool:
    """Whether a review on this day would have anything to walk."""
    item, risk, line = ActionItemRow, AcceptedRiskRow, InheritedLineRow
    soaked = and_(col(item.state) == ItemState.IMPLEMENTED, col(item.soaks_until) <= on)
    is_live = or_(col(item.state).in_((ItemState.OPEN, ItemState.INEFFECTIVE)), soaked)
    query = select(
        or_(
            exists().where(col(item.workspace_id) == workspace_id, is_live),
            exists().where(
                col(risk.workspace_id) == workspace_id,
                col(risk.ended_on).is_(None),
                col(risk.until) <= on,
            ),
            exists().where(
                col(line.workspace_id) == workspace_id,
                col(line.state) == LineState.UNDECIDED.value,
            ),
        )
    )
    return bool((await run(session, query)).scalar_one())


async def first_written(session: AsyncSession, workspace_id: str) -> datetime | None:
    """When the first item, or risk, of the workspace was written; None before that."""
    found = []
    for row in (ActionItemRow, AcceptedRiskRow):
        first = func.min(col(row.created_at), type_=_INSTANT)
        query = select(first).where(col(row.workspace_id) == workspace_id)
        found.append((await run(session, query)).scalar_one())
    return min((each for each in found if each is not None), default=None)


async def last_said(session: AsyncSession, workspace_id: str, kind: str, since: date) -> int:
    """The number of the last alert of this kind since a day ("2026-09-03:1"), or NOTHING_SAID."""
    prefix, subject = f"{since.isoformat()}:", col(DeliveryRow.subject)
    query = select(subject).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.kind) == kind,
        func.substr(subject, 1, len(prefix)) == prefix,
    )
    said = (await run(session, query)).scalars()
    return max((int(each.removeprefix(prefix)) for each in said), default=NOTHING_SAID)


async def numbers(
    session: AsyncSession, workspace_id: str, since: datetime, today: date
) -> Numbers:
    """What is open, how old it is, and what happened since then."""
    item = ActionItemRow
    mine = (col(item.workspace_id) == workspace_id, col(item.state) == ItemState.OPEN)
    overdue = func.count().filter(col(item.due_on) < today).label("overdue")
    counted = (await run(session, select(func.count().label("open"), overdue).where(*mine))).one()
    happened = (await run(session, _incidents(workspace_id, since))).one()
    return Numbers(
        **counted._asdict(), **happened._asdict(), **await _oldest(session, workspace_id)
    )


async def _oldest(session: AsyncSession, workspace_id: str) -> dict[str, Any]:
    item = ActionItemRow
    query = (
        select(col(PostmortemRow.number), col(item.position), col(item.created_at))
        .join(PostmortemRow, col(PostmortemRow.id) == col(item.postmortem_id))
        .where(col(item.workspace_id) == workspace_id, col(item.state) == ItemState.OPEN)
        .order_by(col(item.created_at), col(item.id))
        .limit(1)
    )
    row = (await run(session, query)).one_or_none()
    if row is None:
        return {}
    return {"oldest": f"PM-{row.number}/{row.position}", "oldest_on": row.created_at.date()}


def _incidents(workspace_id: str, since: datetime) -> Select[*tuple[Any, ...]]:
    this = PostmortemRow
    looks_back = exists().where(col(MetaReviewRow.postmortem_id) == col(this.id))
    return select(
        func.count().label("incidents"),
        func.count().filter(_seen_before()).label("repeated"),
    ).where(col(this.workspace_id) == workspace_id, col(this.started_at) >= since, ~looks_back)


def _seen_before() -> ColumnElement[bool]:
    """An earlier incident has one of its classes."""
    this, tag = PostmortemRow, TaggingRow
    earlier, its = aliased(PostmortemRow), aliased(TaggingRow)
    return (
        exists()
        .where(
            col(tag.postmortem_id) == col(this.id),
            col(its.workspace_id) == col(tag.workspace_id),
            col(its.class_id) == col(tag.class_id),
            col(earlier.id) == col(its.postmortem_id),
            col(earlier.started_at) < col(this.started_at),
        )
        .correlate(PostmortemRow)
    )
