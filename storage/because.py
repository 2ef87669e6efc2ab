"""Which incident makes another a repeat, and which makes it one that recurred."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.behind import Asked, Which
from domain.windows import Scope
from storage.instants import six_months_later
from storage.meta_reviews import IS_INCIDENT
from storage.repeats import first_of
from storage.statements import run
from storage.tables import CausalClassRow, PostmortemRow, TaggingRow

_OTHER: Any = PostmortemRow


async def because(
    session: AsyncSession, workspace_id: str, asked: Asked, rows: Sequence[Mapping[str, Any]]
) -> dict[int, int]:
    """By the ids of these incidents: the number of the one they repeat, or that followed them.

    It is 0 where that one is private; other numbers have no such reason.
    """
    if rows and asked.which is Which.REPEATS:
        return await _repeated(session, workspace_id, asked.scope, rows)
    if rows and asked.which is Which.RECURRED:
        return await _followed(session, workspace_id, asked.scope, [row["id"] for row in rows])
    return {}


async def _repeated(
    session: AsyncSession, workspace_id: str, scope: Scope, rows: Sequence[Mapping[str, Any]]
) -> dict[int, int]:
    """The first incident with a class of each."""
    classes = await _counted_classes(session, scope, [row["id"] for row in rows])
    firsts = await _firsts(
        session, workspace_id, {one for each in classes.values() for one in each}
    )
    found = {}
    for row in rows:
        earlier = [firsts[each] for each in classes[row["id"]] if firsts[each].id != row["id"]]
        first = min(earlier, key=lambda each: (each.started_at, each.id))
        found[row["id"]] = 0 if first.is_private else first.number
    return found


async def _counted_classes(
    session: AsyncSession, scope: Scope, ids: Sequence[int]
) -> dict[int, list[int]]:
    query = select(col(TaggingRow.postmortem_id), col(TaggingRow.class_id)).where(
        col(TaggingRow.postmortem_id).in_(ids)
    )
    if scope.class_id is not None:
        query = query.where(col(TaggingRow.class_id) == scope.class_id)
    found: dict[int, list[int]] = {}
    for which, class_id in await run(session, query):
        found.setdefault(which, []).append(class_id)
    return found


async def _firsts(session: AsyncSession, workspace_id: str, classes: set[int]) -> dict[int, Any]:
    """The first incident of each of these classes."""
    known = col(CausalClassRow.id)
    first = first_of(workspace_id, known).correlate(CausalClassRow).scalar_subquery()
    by_class = select(known.label("class_id"), first.label("id")).where(known.in_(classes)).cte()
    query = select(
        by_class.c.class_id, _OTHER.id, _OTHER.number, _OTHER.started_at, _OTHER.is_private
    ).join(by_class, by_class.c.id == _OTHER.id)
    return {row.class_id: row for row in await run(session, query)}


async def _followed(
    session: AsyncSession, workspace_id: str, scope: Scope, ids: Sequence[int]
) -> dict[int, int]:
    """The next incident within six months that shares a class with each."""
    this: Any = aliased(PostmortemRow)
    its, others = aliased(TaggingRow), aliased(TaggingRow)
    shared = (
        select(col(its.class_id))
        .join(others, col(others.class_id) == col(its.class_id))
        .where(col(its.postmortem_id) == this.id, col(others.postmortem_id) == _OTHER.id)
    )
    if scope.class_id is not None:
        shared = shared.where(col(its.class_id) == scope.class_id)
    is_later = or_(_OTHER.started_at > this.started_at, _OTHER.id > this.id)
    following = (
        select(case((_OTHER.is_private, 0), else_=_OTHER.number))
        .where(
            _OTHER.workspace_id == workspace_id,
            and_(_OTHER.started_at >= this.started_at, is_later),
            _OTHER.started_at <= six_months_later(this.started_at),
            shared.correlate(this, PostmortemRow).exists(),
            IS_INCIDENT,
        )
        .order_by(_OTHER.started_at, _OTHER.id)
        .limit(1)
        .correlate(this)
        .scalar_subquery()
    )
    query = select(this.id, following).where(this.id.in_(ids))
    return {row[0]: row[1] for row in await run(session, query)}
