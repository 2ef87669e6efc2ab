"""What is on the table of a monthly review, in the order in which it is walked (rule 18).

How it gets there and how it is settled is offered here too (`review_laying`, `review_settling`).
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.reviews import MUST_DECIDE, Counts, Entry, Review
from storage.review_laying import catch_up, lay
from storage.review_settling import (
    Settled,
    decided_since,
    left_up,
    pass_on,
    settle,
    undecided,
    unsettle,
)
from storage.statements import columns, run
from storage.tables import ReviewEntryRow

__all__ = [
    "Settled",
    "bring_up",
    "catch_up",
    "change",
    "counts",
    "decided_since",
    "early",
    "entry",
    "holds",
    "lay",
    "left_up",
    "mark_absent",
    "next_up",
    "number_early",
    "number_of_the_absent",
    "of_review",
    "of_the_absent",
    "owed",
    "owners",
    "pass_on",
    "settle",
    "undecided",
    "unsettle",
]

_ENTRY = columns(ReviewEntryRow, Entry)


async def entry(session: AsyncSession, workspace_id: str, entry_id: int) -> Entry | None:
    """One entry of the workspace's reviews."""
    mine = (col(ReviewEntryRow.id) == entry_id, col(ReviewEntryRow.workspace_id) == workspace_id)
    row = (await run(session, _ENTRY.where(*mine))).one_or_none()
    return None if row is None else Entry(**row._asdict())


async def change(session: AsyncSession, entry: Entry) -> None:
    """Keep when an entry was brought up, and since when its owner is absent."""
    values = {"shown_at": entry.shown_at, "absent_at": entry.absent_at}
    mine = col(ReviewEntryRow.id) == entry.id
    await run(session, update(ReviewEntryRow).where(mine).values(**values))


async def next_up(session: AsyncSession, review_id: int, most: int) -> list[Entry]:
    """What comes next: neither brought up nor settled yet, in order, at most so many."""
    row = ReviewEntryRow
    query = (
        _ENTRY.where(
            col(row.review_id) == review_id,
            col(row.shown_at).is_(None),
            col(row.settled_at).is_(None),
        )
        .order_by(col(row.position))
        .limit(most)
    )
    return [Entry(**each._asdict()) for each in await run(session, query)]


async def bring_up(session: AsyncSession, entries: Sequence[Entry], now: datetime) -> None:
    """Keep that these were brought up now, and which of them call somebody.

    Everybody is called by the first card of theirs that comes up, and by no other.
    """
    row = ReviewEntryRow
    for review_id in {each.review_id for each in entries}:
        called = await _called(session, review_id, {each.owner for each in entries})
        first = {each.owner: each.id for each in reversed(entries)}
        calling = [which for owner, which in first.items() if owner and owner not in called]
        mine = (col(row.review_id) == review_id, col(row.id).in_([each.id for each in entries]))
        values = {"shown_at": now, "mentions": col(row.id).in_(calling)}
        await run(session, update(row).where(*mine).values(**values))


async def _called(session: AsyncSession, review_id: int, owners: Collection[str]) -> set[str]:
    row = ReviewEntryRow
    mine = (col(row.review_id) == review_id, col(row.owner).in_(owners))
    query = select(col(row.owner)).where(
        *mine, col(row.shown_at).is_not(None), col(row.mentions).is_(True)
    )
    return set((await run(session, query)).scalars())


async def holds(
    session: AsyncSession, review_id: int, *, item_id: int = 0, risk_id: int = 0
) -> bool:
    """Whether an item, or a risk, is on the table of a review, decided or not."""
    row = ReviewEntryRow
    which = col(row.item_id) == item_id if item_id else col(row.risk_id) == risk_id
    query = select(col(row.id)).where(col(row.review_id) == review_id, which)
    return (await run(session, query)).first() is not None


async def early(session: AsyncSession, review: Review, most: int) -> list[Entry]:
    """What was decided before the review began, in order, at most so much."""
    query = _ENTRY.where(*_early(review)).order_by(col(ReviewEntryRow.position)).limit(most)
    return [Entry(**each._asdict()) for each in await run(session, query)]


async def number_early(session: AsyncSession, review: Review) -> int:
    """How much was decided before the review began."""
    return int((await run(session, select(func.count()).where(*_early(review)))).scalar_one())


def _early(review: Review) -> tuple[ColumnElement[bool], ...]:
    row = ReviewEntryRow
    return (col(row.review_id) == review.id, col(row.settled_at) < review.started_at)


async def mark_absent(
    session: AsyncSession, review_id: int, owner: str, now: datetime
) -> list[int]:
    """Keep that somebody is not here to decide; returns which cards of theirs are up."""
    row = ReviewEntryRow
    theirs = (col(row.owner) == owner, col(row.settled_at).is_(None), col(row.absent_at).is_(None))
    statement = update(row).where(col(row.review_id) == review_id, *theirs).values(absent_at=now)
    found = await run(session, statement.returning(col(row.id), col(row.shown_at)))
    return sorted(each.id for each in found if each.shown_at is not None)


async def of_the_absent(session: AsyncSession, review_id: int, most: int) -> list[Entry]:
    """What is undecided of owners who are not here, in order, at most so much."""
    query = _ENTRY.where(*_absent(review_id)).order_by(col(ReviewEntryRow.position)).limit(most)
    return [Entry(**each._asdict()) for each in await run(session, query)]


async def number_of_the_absent(session: AsyncSession, review_id: int) -> int:
    """How much is undecided of owners who are not here."""
    query = select(func.count()).where(*_absent(review_id))
    return int((await run(session, query)).scalar_one())


def _absent(review_id: int) -> tuple[ColumnElement[bool], ...]:
    row = ReviewEntryRow
    return (
        col(row.review_id) == review_id,
        col(row.absent_at).is_not(None),
        col(row.settled_at).is_(None),
    )


async def of_review(
    session: AsyncSession, review_id: int, *, after: int = 0, most: int = 1000
) -> list[Entry]:
    """What is on the table, in order, from behind a position on, at most so much."""
    row = ReviewEntryRow
    mine = (col(row.review_id) == review_id, col(row.position) > after)
    query = _ENTRY.where(*mine).order_by(col(row.position)).limit(most)
    return [Entry(**each._asdict()) for each in await run(session, query)]


async def owed(
    session: AsyncSession, review_id: int, *, most: int = 1000, owner: str = ""
) -> list[Entry]:
    """What must still be decided before the review can be closed; with `owner`, of theirs."""
    row = ReviewEntryRow
    theirs = [col(row.owner) == owner] if owner else []
    query = _ENTRY.where(_is_owed(review_id), *theirs).order_by(col(row.position)).limit(most)
    return [Entry(**each._asdict()) for each in await run(session, query)]


def _is_owed(review_id: int) -> ColumnElement[bool]:
    row = ReviewEntryRow
    must = col(row.why).in_([each.value for each in MUST_DECIDE])
    return and_(col(row.review_id) == review_id, col(row.settled_at).is_(None), must)


async def owners(session: AsyncSession, review_id: int) -> list[str]:
    """Who has something on the table."""
    row = ReviewEntryRow
    mine = (col(row.review_id) == review_id, col(row.owner) != "")
    query = select(col(row.owner)).where(*mine).distinct().order_by(col(row.owner))
    return list((await run(session, query)).scalars())


async def counts(session: AsyncSession, review_id: int) -> Counts:
    """How the review stands."""
    row = ReviewEntryRow
    must = col(row.why).in_([each.value for each in MUST_DECIDE])
    unsettled = col(row.settled_at).is_(None)
    query = (
        select(
            col(row.why),
            func.count().label("total"),
            func.count(col(row.settled_at)).label("settled"),
            func.count(col(row.shown_at)).label("shown"),
            func.count().filter(and_(must, unsettled)).label("owed"),
        )
        .where(col(row.review_id) == review_id)
        .group_by(col(row.why))
    )
    rows = (await run(session, query)).all()
    return Counts(
        by_why={each.why: each.total for each in rows},
        settled=sum(each.settled for each in rows),
        shown=sum(each.shown for each in rows),
        owed=sum(each.owed for each in rows),
    )
