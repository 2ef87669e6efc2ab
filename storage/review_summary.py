"""What a closed monthly review came to, counted by the database."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Text, and_, case, cast, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.review_summary import (
    ITEMS_NAMED,
    SERVICES_NAMED,
    OfService,
    Often,
    Old,
    Summary,
    Tally,
)
from domain.reviews import Review
from storage.review_lines import SEEN, event_of, has_expired, key, table, undecided_keys
from storage.statements import run
from storage.tables import ActionItemRow, ItemHistoryRow, PostmortemRow, ReviewEntryRow

#: So many of what has expired are named; the rest is counted.
EXPIRED_NAMED = 10
_ENTRY, _ITEM = ReviewEntryRow, ActionItemRow


async def summary(session: AsyncSession, review: Review, zone: ZoneInfo) -> Summary:
    """All that is told of a closed review, held in `zone`, but the lines of its table."""
    return Summary(
        review=review,
        tally=await tally(session, review),
        undecided=await undecided_keys(session, review),
        absent=await _absent(session, review),
        expired=await _expired(session, review),
        often=await _often(session, review),
        oldest=await _oldest(session, review),
        services=await _services(session, review, zone),
    )


async def tally(session: AsyncSession, review: Review) -> Tally:
    """How much was on the table, and how much of it was decided how."""
    event = event_of(review).label("event")
    counted = table(review, event, col(SEEN.id), has_expired().label("has_expired")).subquery()
    query = select(
        counted.c.event,
        func.count().label("total"),
        func.count(counted.c.id).label("still_open"),
        func.count(case((counted.c.has_expired, 1))).label("expired"),
    ).group_by(counted.c.event)
    rows = (await run(session, query)).all()
    return Tally(
        total=sum(row.total for row in rows),
        by_event={row.event: row.total for row in rows if row.event},
        still_open=sum(row.still_open for row in rows),
        expired=sum(row.expired for row in rows),
    )


async def _absent(session: AsyncSession, review: Review) -> list[str]:
    mine = (col(_ENTRY.review_id) == review.id, col(_ENTRY.absent_at).is_not(None))
    query = select(col(_ENTRY.owner)).where(*mine).distinct().order_by(col(_ENTRY.owner))
    return list((await run(session, query)).scalars())


async def _expired(session: AsyncSession, review: Review) -> list[str]:
    query = (
        table(review, col(PostmortemRow.number), col(_ITEM.position))
        .where(has_expired())
        .order_by(col(_ENTRY.position))
        .limit(EXPIRED_NAMED)
    )
    return [key(row.number, row.position) for row in await run(session, query)]


async def _often(session: AsyncSession, review: Review) -> list[Often]:
    """The items that were moved most often until the review was closed."""
    moved = col(_ITEM.reschedules) - _moved_since(review)
    query = (
        table(review, *_WHICH, moved.label("moved"))
        .where(moved > 0)
        .order_by(moved.desc(), col(_ENTRY.position))
        .limit(ITEMS_NAMED)
    )
    return [Often(**_which(row), moved=row.moved) for row in await run(session, query)]


def _moved_since(review: Review) -> ColumnElement[int]:
    later = aliased(ItemHistoryRow)
    query = select(func.count()).where(
        col(later.item_id) == col(_ITEM.id),
        col(later.at) > review.closed_at,
        cast(col(later.changes), Text).contains('"reschedules"', autoescape=True),
    )
    return query.correlate(_ITEM).scalar_subquery()


async def _oldest(session: AsyncSession, review: Review) -> list[Old]:
    """The items that were open in the end and whose incidents happened first."""
    since = col(PostmortemRow.started_at)
    query = (
        table(review, *_WHICH, since)
        .where(col(SEEN.id).is_not(None))
        .order_by(since, col(_ENTRY.position))
        .limit(ITEMS_NAMED)
    )
    return [Old(**_which(row), since=row.started_at.date()) for row in await run(session, query)]


_WHICH: tuple[Any, ...] = (
    *(PostmortemRow.number, PostmortemRow.is_private, _ENTRY.owner),
    *(col(_ITEM.position).label("place"), col(_ITEM.what)),
)


def _which(row: Row[Any]) -> dict[str, str]:
    words = "" if row.is_private else row.what
    return {"key": key(row.number, row.place), "owner": row.owner, "words": words}


async def _services(session: AsyncSession, review: Review, zone: ZoneInfo) -> list[OfService]:
    """The services with the most items still open; those of private incidents in one.

    Late is what had expired, or was due before the day of closing, of what was open still then.
    """
    name = case((col(PostmortemRow.is_private), ""), else_=col(PostmortemRow.service))
    closed_on = (review.closed_at or review.due_at).astimezone(zone).date()
    overdue = _due_before(review, closed_on)
    late = and_(col(SEEN.id).is_not(None), or_(has_expired(), overdue))
    counted = (
        table(review, name.label("name"), col(SEEN.id), late.label("late"))
        .where(col(_ENTRY.item_id).is_not(None))
        .subquery()
    )
    still_open = func.count(counted.c.id).label("still_open")
    query = (
        select(
            func.min(counted.c.name).label("name"),
            func.count().label("total"),
            still_open,
            func.count(case((counted.c.late, 1))).label("late"),
        )
        .group_by(func.lower(counted.c.name))
        .order_by(still_open.desc(), func.count().desc(), func.min(counted.c.name))
        .limit(SERVICES_NAMED)
    )
    return [OfService(**row._asdict()) for row in await run(session, query)]


def _due_before(review: Review, day: date) -> ColumnElement[bool]:
    """Whether an item was due before this day, by the date that it had when it was closed.

    Where that was moved later, the first entry of its history that says so has the old date.
    """
    later = aliased(ItemHistoryRow)
    was_due = (
        select(col(later.changes)[("due_on", 0)].as_string())
        .where(
            col(later.item_id) == col(_ITEM.id),
            col(later.at) > review.closed_at,
            cast(col(later.changes), Text).contains('"due_on"', autoescape=True),
        )
        .order_by(col(later.id))
        .limit(1)
        .correlate(_ITEM)
        .scalar_subquery()
    )
    return func.coalesce(was_due < day.isoformat(), col(_ITEM.due_on) < day)
