"""Which workspaces are still to get their monthly report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.programme import Programme
from domain.windows import Scope
from storage.meta_reviews import IS_INCIDENT
from storage.scopes import within
from storage.statements import columns, run
from storage.tables import DeliveryRow, PostmortemRow, WorkspaceRow

#: The numbers as a message; the subject is a month, `2026-12`, or begins with HAND.
REPORT = "report"
#: How the subject of one begins that somebody posted.
HAND = "hand:"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A workspace that gets its numbers monthly; `last` is the month of its last report.

    `since` is when the cadence of its reviews was set.
    """

    workspace_id: str
    programme: Programme
    since: datetime | None
    last: str


async def waiting(session: AsyncSession, since: datetime, before: str = "9999-99") -> list[Waiting]:
    """Those that want a monthly report, name a channel, and had no report yet of this month.

    One where no incident began since then has nothing to say.
    """
    return await _found(session, _wanting(since).where(_last() < before))


async def still_waiting(
    session: AsyncSession, workspace_id: str, since: datetime, before: str
) -> Waiting | None:
    """The same of one workspace, for whoever has locked it."""
    query = _wanting(since).where(_last() < before, col(WorkspaceRow.id) == workspace_id)
    return next(iter(await _found(session, query)), None)


async def had_begun(session: AsyncSession, workspace_id: str, at: datetime) -> bool:
    """Whether anything was written down by then: before it no report was promised."""
    query = select(
        exists().where(
            col(PostmortemRow.workspace_id) == workspace_id, col(PostmortemRow.created_at) <= at
        )
    )
    return bool((await run(session, query)).scalar_one())


async def is_named(session: AsyncSession, workspace_id: str, service: str) -> bool:
    """Whether any incident names this service, however cased."""
    query = select(
        exists().where(
            col(PostmortemRow.workspace_id) == workspace_id,
            *within(workspace_id, Scope(service=service)),
            IS_INCIDENT,
        )
    )
    return bool((await run(session, query)).scalar_one())


def _wanting(since: datetime) -> Select[*tuple[Any, ...]]:
    row = WorkspaceRow
    places = (row.review_channel, row.engineering_channel, row.organisation_channel)
    had_one = exists().where(
        col(PostmortemRow.workspace_id) == col(row.id),
        col(PostmortemRow.started_at) >= since,
        IS_INCIDENT,
    )
    return (
        columns(row, Programme, "id", "reviews_since")
        .add_columns(_last().label("last"))
        .where(col(row.report_monthly), or_(*(col(each) != "" for each in places)), had_one)
        .order_by(col(row.id))
    )


def _last() -> ColumnElement[str]:
    subject = col(DeliveryRow.subject)
    found = select(func.max(subject)).where(
        col(DeliveryRow.workspace_id) == col(WorkspaceRow.id),
        col(DeliveryRow.kind) == REPORT,
        subject.not_like(f"{HAND}%"),
    )
    return func.coalesce(found.scalar_subquery(), "")


async def _found(session: AsyncSession, query: Select[*tuple[Any, ...]]) -> list[Waiting]:
    rows = [row._asdict() for row in await run(session, query)]
    return [
        Waiting(
            workspace_id=each.pop("id"),
            since=each.pop("reviews_since"),
            last=each.pop("last"),
            programme=Programme(**each),
        )
        for each in rows
    ]
