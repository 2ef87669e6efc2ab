"""Meta-reviews: one a quarter and workspace, and what each proposes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, exists, func, insert, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.meta_reviews import Fix, MetaReview
from domain.programme import Programme
from storage.statements import columns, run, upsert
from storage.tables import (
    MetaReviewRow,
    PostmortemRow,
    ProposedFixRow,
    TaggingRow,
    WorkspaceRow,
)
from storage.tables.columns import Instant

#: A meta-review's own postmortem is of no incident: it counts as none.
IS_INCIDENT = ~exists().where(col(MetaReviewRow.postmortem_id) == col(PostmortemRow.id))
_FIELDS = tuple(MetaReview.__dataclass_fields__)


async def find(session: AsyncSession, workspace_id: str, postmortem_id: int) -> MetaReview | None:
    """The meta-review of this postmortem; None where it is none, or not of this workspace."""
    return await _one(session, workspace_id, col(MetaReviewRow.postmortem_id) == postmortem_id)


async def of_quarter(session: AsyncSession, workspace_id: str, quarter: str) -> MetaReview | None:
    """The meta-review of a quarter; None where nobody has called it."""
    return await _one(session, workspace_id, col(MetaReviewRow.quarter) == quarter)


async def begin(session: AsyncSession, meta: MetaReview) -> None:
    """Keep a meta-review that was just called; its postmortem must be there."""
    statement = insert(MetaReviewRow).values(**{name: getattr(meta, name) for name in _FIELDS})
    await run(session, statement)


async def close(session: AsyncSession, postmortem_id: int, by: str, now: datetime) -> None:
    """Keep who closed it and when; its postmortem must be locked."""
    mine = col(MetaReviewRow.postmortem_id) == postmortem_id
    await run(session, update(MetaReviewRow).where(mine).values(closed_at=now, closed_by=by))


async def fixes(session: AsyncSession, postmortem_id: int) -> dict[int, Fix]:
    """What a meta-review proposes, by the class that it mends."""
    query = columns(ProposedFixRow, Fix).where(col(ProposedFixRow.postmortem_id) == postmortem_id)
    found = [Fix(**row._asdict()) for row in await run(session, query)]
    return {each.class_id: each for each in found}


async def propose(session: AsyncSession, meta: MetaReview, fix: Fix) -> None:
    """Keep the fix that a meta-review proposes for a class, in place of an earlier one."""
    said = {"fix": fix.fix, "proposed_by": fix.proposed_by, "proposed_at": fix.proposed_at}
    key = {"postmortem_id": meta.postmortem_id, "class_id": fix.class_id}
    statement = upsert(session, ProposedFixRow).values(
        workspace_id=meta.workspace_id, **key, **said
    )
    await run(session, statement.on_conflict_do_update(index_elements=list(key), set_=said))


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A workspace that has no meta-review of a quarter; `since` is when its cadence was set."""

    workspace_id: str
    programme: Programme
    since: datetime | None


async def without(session: AsyncSession, quarter: str, since: date) -> list[Waiting]:
    """The workspaces that have a channel for reviews and no meta-review of this quarter.

    One where no tagged incident began since then has nothing to look at.
    """
    has_one = exists().where(
        col(MetaReviewRow.workspace_id) == col(WorkspaceRow.id),
        col(MetaReviewRow.quarter) == quarter,
    )
    has_tagged = exists().where(
        col(TaggingRow.workspace_id) == col(WorkspaceRow.id),
        col(TaggingRow.postmortem_id) == col(PostmortemRow.id),
        col(PostmortemRow.started_at) >= datetime.combine(since, time(0), UTC),
        IS_INCIDENT,
    )
    query = (
        columns(WorkspaceRow, Programme, "id", "reviews_since")
        .where(col(WorkspaceRow.review_channel) != "", ~has_one, has_tagged)
        .order_by(col(WorkspaceRow.id))
    )
    found = [row._asdict() for row in await run(session, query)]
    return [
        Waiting(
            workspace_id=each.pop("id"),
            since=each.pop("reviews_since"),
            programme=Programme(**each),
        )
        for each in found
    ]


async def last_chaired(session: AsyncSession, workspace_id: str) -> dict[str, datetime]:
    """When each chair of a meta-review was last called to one."""
    newest = func.max(col(MetaReviewRow.called_at), type_=Instant()).label("last")
    query = (
        select(col(MetaReviewRow.facilitator), newest)
        .where(col(MetaReviewRow.workspace_id) == workspace_id)
        .group_by(col(MetaReviewRow.facilitator))
    )
    return {row.facilitator: row.last for row in await run(session, query)}


async def _one(
    session: AsyncSession, workspace_id: str, which: ColumnElement[bool]
) -> MetaReview | None:
    mine = col(MetaReviewRow.workspace_id) == workspace_id
    found = await run(session, columns(MetaReviewRow, MetaReview).where(mine, which))
    row = found.one_or_none()
    return None if row is None else MetaReview(**row._asdict())
