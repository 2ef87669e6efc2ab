"""Which incident makes another a repeat, and which makes it one that recurred."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import case, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.behind import Asked, Which
from storage.instants import six_months_later
from storage.meta_reviews import IS_INCIDENT
from storage.statements import run
from storage.tables import PostmortemRow, TaggingRow

_OTHER: Any = PostmortemRow


async def because(
    session: AsyncSession, workspace_id: str, asked: Asked, rows: Sequence[Mapping[str, Any]]
) -> dict[int, int]:
    """By the ids of these incidents: the number of the one they repeat, or that followed them.

    Of several that is the nearest in time. It is 0 where that one is private; other numbers have no
    such reason.
    """
    if not rows or asked.which not in (Which.REPEATS, Which.RECURRED):
        return {}
    this: Any = aliased(PostmortemRow)
    began = _OTHER.started_at
    is_other: tuple[Any, ...]
    if asked.which is Which.REPEATS:
        is_other = (began <= this.started_at, or_(began < this.started_at, _OTHER.id < this.id))
        order = (began.desc(), _OTHER.id.desc())
    else:
        is_other = (
            began >= this.started_at,
            or_(began > this.started_at, _OTHER.id > this.id),
            began <= six_months_later(this.started_at),
        )
        order = (began, _OTHER.id)
    nearest = (
        select(case((_OTHER.is_private, 0), else_=_OTHER.number))
        .where(
            _OTHER.workspace_id == workspace_id,
            *is_other,
            _shares_class(this, asked.scope.class_id),
            IS_INCIDENT,
        )
        .order_by(*order)
        .limit(1)
        .correlate(this)
        .scalar_subquery()
    )
    query = select(this.id, nearest).where(this.id.in_([row["id"] for row in rows]))
    return {row[0]: row[1] for row in await run(session, query)}


def _shares_class(this: Any, only: int | None) -> Any:
    """Whether the other one has a class of this one; of that class alone where one is measured."""
    its, others = aliased(TaggingRow), aliased(TaggingRow)
    shared = (
        select(col(its.class_id))
        .join(others, col(others.class_id) == col(its.class_id))
        .where(col(its.postmortem_id) == this.id, col(others.postmortem_id) == _OTHER.id)
    )
    if only is not None:
        shared = shared.where(col(its.class_id) == only)
    return shared.correlate(this, PostmortemRow).exists()
