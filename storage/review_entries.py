"""What is on the table of a monthly review, in the order in which it is walked (rule 18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.inherited import LineState
from domain.reviews import MUST_DECIDE, SETTLES, Counts, Entry, Review, Why
from storage.action_items import OUTLIVED
from storage.statements import columns, run
from storage.tables import (
    AcceptedRiskRow,
    ActionItemRow,
    InheritedLineRow,
    ItemHistoryRow,
    ReviewEntryRow,
    ReviewRow,
)

_ENTRY = columns(ReviewEntryRow, Entry)
_FILLED = (
    *("workspace_id", "review_id", "why", "owner", "item_id", "risk_id", "line_id"),
    *("position", "mentions", "settled_by", "reason"),
)
_SETTLES = [str(each) for each in SETTLES]


async def lay(session: AsyncSession, review: Review, today: date) -> int:
    """Put everything on the table that the review has to walk; returns how much that is.

    Items first: expired, overdue by age, ineffective, waiting for evidence, the rest by date; then
    accepted risks that ran out; then inherited lines, identical ones once. `today` is the date
    where it is held. What was decided since the review was called is on the table as
    settled. Everything is moved within the database: ten thousand items never meet in memory.
    """
    laid = 0
    for query in (_items(review, today), _risks(review, today), _lines(review)):
        wanted = query.subquery()
        ranked = select(
            literal(review.workspace).label("workspace_id"),
            literal(review.id).label("review_id"),
            wanted.c.why,
            wanted.c.owner,
            *(wanted.c[name] for name in ("item_id", "risk_id", "line_id")),
            (laid + func.row_number().over(order_by=(wanted.c.rank, wanted.c.on, wanted.c.id))),
            false().label("mentions"),
            literal("").label("settled_by"),
            literal("").label("reason"),
        )
        await run(session, insert(ReviewEntryRow).from_select(_FILLED, ranked))
        laid = await _laid(session, review.id or 0)
    await _let_first_cards_call(session, review.id or 0)
    await catch_up(session, review)
    return laid


async def _laid(session: AsyncSession, review_id: int) -> int:
    query = select(func.count()).where(col(ReviewEntryRow.review_id) == review_id)
    return int((await run(session, query)).scalar_one())


def _items(review: Review, today: date) -> Select[*tuple[Any, ...]]:
    row = ActionItemRow
    is_open = col(row.state) == ItemState.OPEN
    why = case(
        (and_(is_open, OUTLIVED), Why.EXPIRED.value),
        (and_(is_open, col(row.due_on) < today), Why.OVERDUE.value),
        (col(row.state) == ItemState.INEFFECTIVE, Why.INEFFECTIVE.value),
        (col(row.state) == ItemState.IMPLEMENTED, Why.EVIDENCE.value),
        else_=Why.OPEN.value,
    )
    decided = select(col(ItemHistoryRow.item_id)).where(
        col(ItemHistoryRow.workspace_id) == review.workspace,
        col(ItemHistoryRow.at) >= review.called_at,
        col(ItemHistoryRow.event).in_(_SETTLES),
    )
    on_the_table = or_(
        col(row.state).in_((ItemState.OPEN, ItemState.INEFFECTIVE)),
        and_(col(row.state) == ItemState.IMPLEMENTED, col(row.soaks_until) <= today),
        col(row.id).in_(decided),
    )
    return select(
        why.label("why"),
        col(row.owner).label("owner"),
        col(row.id).label("item_id"),
        *_nothing("risk_id", "line_id"),
        _rank(why).label("rank"),
        col(row.due_on).label("on"),
        col(row.id).label("id"),
    ).where(col(row.workspace_id) == review.workspace, on_the_table)


def _rank(why: ColumnElement[str]) -> ColumnElement[int]:
    return case(*((why == each.value, place) for place, each in enumerate(Why)), else_=len(Why))


def _risks(review: Review, today: date) -> Select[*tuple[Any, ...]]:
    row = AcceptedRiskRow
    return select(
        literal(Why.RISK.value).label("why"),
        col(row.accepter).label("owner"),
        *_nothing("item_id"),
        col(row.id).label("risk_id"),
        *_nothing("line_id"),
        literal(0).label("rank"),
        col(row.until).label("on"),
        col(row.id).label("id"),
    ).where(
        col(row.workspace_id) == review.workspace,
        col(row.ended_on).is_(None),
        col(row.until) <= today,
    )


def _lines(review: Review) -> Select[*tuple[Any, ...]]:
    row = InheritedLineRow
    first = func.min(col(row.id))
    return (
        select(
            literal(Why.LINE.value).label("why"),
            literal("").label("owner"),
            *_nothing("item_id", "risk_id"),
            first.label("line_id"),
            literal(0).label("rank"),
            literal(0).label("on"),
            first.label("id"),
        )
        .where(
            col(row.workspace_id) == review.workspace, col(row.state) == LineState.UNDECIDED.value
        )
        .group_by(col(row.sameness))
    )


def _nothing(*names: str) -> list[ColumnElement[Any]]:
    kind = ReviewEntryRow.__table__.c  # type: ignore[attr-defined] # SQLModel's tables have it
    return [literal(None, kind[name].type).label(name) for name in names]


async def _let_first_cards_call(session: AsyncSession, review_id: int) -> None:
    """Everybody is called once: by the first card that is theirs and not settled before."""
    row = ReviewEntryRow
    first = (
        select(func.min(col(row.position)))
        .where(col(row.review_id) == review_id, col(row.owner) != "")
        .group_by(col(row.owner))
    )
    mine = (col(row.review_id) == review_id, col(row.position).in_(first))
    await run(session, update(row).where(*mine).values(mentions=True))


async def catch_up(session: AsyncSession, review: Review) -> None:
    """Settle what was decided since the review was called, in a moment when nobody told it.

    So it is with what was decided before it began, or in the very second in which it did.
    """
    row = ReviewEntryRow
    last = (
        select(col(ItemHistoryRow.item_id), func.max(col(ItemHistoryRow.id)).label("last"))
        .join(row, col(row.item_id) == col(ItemHistoryRow.item_id))
        .where(
            col(row.review_id) == review.id,
            col(row.settled_at).is_(None),
            col(ItemHistoryRow.workspace_id) == review.workspace,
            col(ItemHistoryRow.at) >= review.called_at,
            col(ItemHistoryRow.event).in_(_SETTLES),
        )
        .group_by(col(ItemHistoryRow.item_id))
        .subquery()
    )
    query = select(
        *(col(getattr(ItemHistoryRow, name)) for name in ("id", "item_id", "actor", "at"))
    ).join(last, last.c.last == col(ItemHistoryRow.id))
    found = [
        {"history": each.id, "item": each.item_id, "by": each.actor, "instant": each.at}
        for each in await run(session, query)
    ]
    if not found:
        return
    mine = (col(row.review_id) == review.id, col(row.item_id) == bindparam("item"))
    values: dict[str, Any] = {
        "settled_at": bindparam("instant"),
        "settled_by": bindparam("by"),
        "history_id": bindparam("history"),
    }
    await run(session, update(row).where(*mine).values(values), found)


@dataclass(frozen=True, kw_only=True)
class Settled:
    """An entry that a deed settled, or put back on the table, and whose card has to say so."""

    review_id: int
    entry_id: int
    was_shown: bool


async def settle(
    session: AsyncSession,
    *,
    by: str,
    at: datetime,
    item_id: int | None = None,
    risk_id: int | None = None,
    line_id: int | None = None,
    history_id: int | None = None,
    reason: str = "",
) -> list[Settled]:
    """Settle whatever reviews under way have this item, risk or line on their table."""
    said = {"settled_at": at, "settled_by": by, "history_id": history_id, "reason": reason}
    return await _mark(session, _of(item_id, risk_id, line_id), said)


async def unsettle(session: AsyncSession, item_id: int) -> list[Settled]:
    """Put an item back on the table: nobody took it on."""
    said = {"settled_at": None, "settled_by": "", "history_id": None}
    return await _mark(session, _of(item_id, None, None), said)


def _of(item_id: int | None, risk_id: int | None, line_id: int | None) -> ColumnElement[bool]:
    row = ReviewEntryRow
    for column, which in ((row.item_id, item_id), (row.risk_id, risk_id), (row.line_id, line_id)):
        if which is not None:
            return col(column) == which
    raise ValueError("nothing was said to be settled")


async def _mark(
    session: AsyncSession, which: ColumnElement[bool], said: dict[str, Any]
) -> list[Settled]:
    row = ReviewEntryRow
    going_on = select(col(ReviewRow.id)).where(col(ReviewRow.closed_at).is_(None))
    statement = update(row).where(which, col(row.review_id).in_(going_on)).values(**said)
    found = await run(
        session, statement.returning(col(row.review_id), col(row.id), col(row.shown_at))
    )
    return [
        Settled(review_id=each.review_id, entry_id=each.id, was_shown=each.shown_at is not None)
        for each in found
    ]


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
    """Keep that these were brought up now."""
    mine = col(ReviewEntryRow.id).in_([each.id for each in entries])
    await run(session, update(ReviewEntryRow).where(mine).values(shown_at=now))


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
