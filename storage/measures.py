"""What a programme is measured by, counted by the database as `domain.counting` counts.

Incidents of private channels count like all others; a meta-review's own postmortem is none.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.measures import SIX_MONTHS, ClassTrend, Recurrence, Repeats, SeverityMix, Times
from domain.windows import EVERYTHING, Scope, Window, months_of
from storage.lasting import times_of
from storage.measured_parts import parts, repeats_of
from storage.measured_windows import of_each
from storage.meta_reviews import IS_INCIDENT
from storage.repeats import HAS_CLASS, is_repeat, not_recurred
from storage.scopes import within
from storage.statements import run
from storage.tables import CausalClassRow, PostmortemRow, TaggingRow

__all__ = ["class_trend", "parts", "recurrence", "repeats", "severities", "times"]


async def repeats(
    session: AsyncSession,
    workspace_id: str,
    windows: Sequence[Window],
    scope: Scope = EVERYTHING,
) -> list[Repeats]:
    """How many incidents of each window share a class with any earlier one (rule 22)."""
    if not windows:
        return []
    since = min(each.since for each in windows)
    query = of_each(workspace_id, windows, scope).add_columns(
        func.count().filter(is_repeat(workspace_id, since, scope)).label("repeats"),
        func.count().filter(HAS_CLASS).label("tagged"),
        func.count().label("incidents"),
    )
    found = {each.place: each for each in await run(session, query.group_by("place"))}
    return [repeats_of(found.get(at)) for at in range(len(windows))]


async def recurrence(
    session: AsyncSession, workspace_id: str, at: datetime, scope: Scope = EVERYTHING
) -> Recurrence:
    """How many of the incidents older than six months had a class that recurred within them."""
    old = (
        col(PostmortemRow.workspace_id) == workspace_id,
        col(PostmortemRow.started_at) <= at - SIX_MONTHS,
        IS_INCIDENT,
        *within(workspace_id, scope),
    )
    did_not = col(PostmortemRow.id).in_(not_recurred(workspace_id, at, scope))
    query = select(
        func.count().label("incidents"),
        func.count().filter(HAS_CLASS).label("tagged"),
        select(func.count(col(PostmortemRow.id)))
        .where(*old, did_not)
        .scalar_subquery()
        .label("did_not"),
    ).where(*old)
    found = (await run(session, query)).one()
    return Recurrence(
        recurred=found.tagged - found.did_not,
        tagged=found.tagged,
        untagged=found.incidents - found.tagged,
    )


async def times(
    session: AsyncSession,
    workspace_id: str,
    windows: Sequence[Window],
    scope: Scope = EVERYTHING,
) -> list[Times]:
    """How long incidents of each window took to be detected, and to be recovered from (rule 23)."""
    if not windows:
        return []
    found = await times_of(session, of_each(workspace_id, windows, scope))
    return [found.get(at, Times()) for at in range(len(windows))]


async def severities(
    session: AsyncSession, workspace_id: str, window: Window, scope: Scope = EVERYTHING
) -> list[SeverityMix]:
    """How many incidents of each severity began in each month of the window."""
    months = months_of(window)
    if not months:
        return []
    severity = col(PostmortemRow.severity)
    query = of_each(workspace_id, months, scope).add_columns(severity, func.count())
    mixes: list[dict[str, int]] = [{} for _ in months]
    for at, which, number in await run(session, query.group_by("place", severity)):
        mixes[at][which.lower()] = number
    return [
        SeverityMix(month=month.first_day.replace(day=1), **mix)
        for month, mix in zip(months, mixes, strict=True)
    ]


async def class_trend(
    session: AsyncSession,
    workspace_id: str,
    windows: Sequence[Window],
    scope: Scope = EVERYTHING,
    most: int = 6,
) -> list[ClassTrend]:
    """How many incidents of each class began in each window: of the classes with most of them.

    Where one class is measured, only it is told.
    """
    if not windows:
        return []
    known, name = col(CausalClassRow.id), col(CausalClassRow.name)
    query = (
        of_each(workspace_id, windows, scope)
        .add_columns(known, name, func.count())
        .join(TaggingRow, col(TaggingRow.postmortem_id) == col(PostmortemRow.id))
        .join(CausalClassRow, known == col(TaggingRow.class_id))
    )
    if scope.class_id is not None:
        query = query.where(known == scope.class_id)
    found: dict[tuple[int, str], list[int]] = {}
    for at, which, called, number in await run(session, query.group_by("place", known, name)):
        found.setdefault((which, called), [0] * len(windows))[at] = number
    all_of_them = [
        ClassTrend(class_id=which, name=called, counts=tuple(counts))
        for (which, called), counts in found.items()
    ]
    return sorted(all_of_them, key=lambda each: (-each.total, each.class_id))[:most]
