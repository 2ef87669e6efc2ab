"""Monthly reviews: each with who chairs it and how far it is; one at a time in a workspace."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.reviews import Review
from storage.statements import run
from storage.tables import ReviewRow, WorkspaceRow
from storage.tables.columns import Instant

_INSTANT = Instant()


async def find(session: AsyncSession, workspace_id: str, review_id: int) -> Review | None:
    """The review with this id; None where it is not of this workspace."""
    return await _one(session, workspace_id, col(ReviewRow.id) == review_id)


async def lock(session: AsyncSession, workspace_id: str, review_id: int) -> Review | None:
    """The same, and nobody else moves it on until the transaction ends.

    Whoever locks postmortems too does that first, and a workspace before those.
    """
    mine = (col(ReviewRow.id) == review_id, col(ReviewRow.workspace_id) == workspace_id)
    await run(session, update(ReviewRow).where(*mine).values(shown=ReviewRow.shown))
    return await find(session, workspace_id, review_id)


async def held(session: AsyncSession, workspace_id: str) -> Review | None:
    """The review that is called or under way; none begins, goes on or ends until we are done.

    Whoever decides something does so with its postmortem locked, and before anything is owed: what
    two decisions owe, they would wait for of each other. So whatever is decided in the moment in
    which a review begins is on its table, one way or the other.
    """
    query = columns_of_review().where(
        col(ReviewRow.workspace_id) == workspace_id, col(ReviewRow.closed_at).is_(None)
    )
    # SQLite has no such word, and one writer anyway.
    row = (await run(session, query.with_for_update(key_share=True))).one_or_none()
    return None if row is None else Review(**row._asdict())


async def open_review(session: AsyncSession, workspace_id: str) -> Review | None:
    """The review that is called or under way; a workspace has one at most."""
    return await _one(session, workspace_id, col(ReviewRow.closed_at).is_(None))


async def last(session: AsyncSession, workspace_id: str) -> Review | None:
    """The review that was due last, whether it is closed or not; None before the first."""
    newest = select(func.max(col(ReviewRow.due_on))).where(
        col(ReviewRow.workspace_id) == workspace_id
    )
    return await _one(session, workspace_id, col(ReviewRow.due_on) == newest.scalar_subquery())


async def last_closed(session: AsyncSession, workspace_id: str) -> Review | None:
    """The review that was closed last; None before the first."""
    newest = select(func.max(col(ReviewRow.closed_at), type_=_INSTANT)).where(
        col(ReviewRow.workspace_id) == workspace_id
    )
    return await _one(session, workspace_id, col(ReviewRow.closed_at) == newest.scalar_subquery())


async def chaired_by(session: AsyncSession, workspace_id: str, person: str) -> Review | None:
    """The review that is called or under way, if this person chairs it."""
    mine = (col(ReviewRow.facilitator) == person, col(ReviewRow.closed_at).is_(None))
    return await _one(session, workspace_id, *mine)


async def call(session: AsyncSession, review: Review) -> Review:
    """Keep a review that was just called, and return it with its id.

    The workspace must be locked, and have none that is not closed, nor another of this day.
    """
    statement = insert(ReviewRow).values(workspace_id=review.workspace, **_columns(review))
    which = (await run(session, statement.returning(col(ReviewRow.id)))).scalar_one()
    return Review(**{**_fields(review), "id": which})


async def change(session: AsyncSession, review: Review) -> None:
    """Put this in place of what was known of the review; it must be locked."""
    mine = col(ReviewRow.id) == review.id
    await run(session, update(ReviewRow).where(mine).values(**_columns(review)))


async def last_chaired(session: AsyncSession, workspace_id: str) -> dict[str, datetime]:
    """When each chair of a monthly review was last called to one."""
    newest = func.max(col(ReviewRow.called_at), type_=_INSTANT).label("last")
    query = (
        select(col(ReviewRow.facilitator), newest)
        .where(col(ReviewRow.workspace_id) == workspace_id)
        .group_by(col(ReviewRow.facilitator))
    )
    return {row.facilitator: row.last for row in await run(session, query)}


async def to_look_at(session: AsyncSession, now: datetime) -> list[str]:
    """The workspaces whose reviews the clock has to look at now."""
    due = col(WorkspaceRow.review_look_at)
    query = select(col(WorkspaceRow.id)).where(or_(due.is_(None), due <= now))
    return list((await run(session, query.order_by(col(WorkspaceRow.id)))).scalars())


async def look_again(session: AsyncSession, workspace_id: str, at: datetime | None) -> None:
    """Have the clock look at this workspace's reviews at this instant; None means at once."""
    mine = col(WorkspaceRow.id) == workspace_id
    await run(session, update(WorkspaceRow).where(mine).values(review_look_at=at))


async def since(session: AsyncSession, workspace_id: str) -> datetime | None:
    """When the cadence of the reviews was last set; None where nobody ever did."""
    query = select(col(WorkspaceRow.reviews_since)).where(col(WorkspaceRow.id) == workspace_id)
    return (await run(session, query)).scalar_one_or_none()


async def begin_cadence(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Keep that the cadence was set just now, and have the clock look at once."""
    mine = col(WorkspaceRow.id) == workspace_id
    values = {"reviews_since": now, "review_left_out_on": None, "review_look_at": None}
    await run(session, update(WorkspaceRow).where(mine).values(**values))


async def left_out_on(session: AsyncSession, workspace_id: str) -> date | None:
    """The day of the last review that was left out, as there was nothing to walk; None of none."""
    query = select(col(WorkspaceRow.review_left_out_on)).where(col(WorkspaceRow.id) == workspace_id)
    return (await run(session, query)).scalar_one_or_none()


async def leave_out(session: AsyncSession, workspace_id: str, on: date) -> None:
    """Keep that the review of this day is left out; the workspace must be locked."""
    mine = col(WorkspaceRow.id) == workspace_id
    await run(session, update(WorkspaceRow).where(mine).values(review_left_out_on=on))


async def _one(
    session: AsyncSession, workspace_id: str, *which: ColumnElement[bool]
) -> Review | None:
    query = columns_of_review().where(col(ReviewRow.workspace_id) == workspace_id, *which)
    row = (await run(session, query)).one_or_none()
    return None if row is None else Review(**row._asdict())


def columns_of_review() -> Any:
    """Select what makes a review."""
    names = [name for name in Review.__dataclass_fields__ if name != "workspace"]
    return select(
        col(ReviewRow.workspace_id).label("workspace"), *(getattr(ReviewRow, n) for n in names)
    )


def _columns(review: Review) -> dict[str, Any]:
    said = asdict(review)
    for name in ("id", "workspace"):
        del said[name]
    return said


def _fields(review: Review) -> dict[str, Any]:
    return {name: getattr(review, name) for name in Review.__dataclass_fields__}
