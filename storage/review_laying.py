"""Laying the table of a monthly review: everything it has to walk, put in order (rule 18)."""

from datetime import date
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
from domain.reviews import Review, Why
from storage.action_items import OUTLIVED
from storage.review_settling import SETTLING, Settled, stands
from storage.statements import run
from storage.tables import (
    AcceptedRiskRow,
    ActionItemRow,
    InheritedLineRow,
    ItemHistoryRow,
    ReviewEntryRow,
)

_FILLED = (
    *("workspace_id", "review_id", "why", "owner", "item_id", "risk_id", "line_id"),
    *("position", "mentions", "settled_by", "reason"),
)


async def lay(session: AsyncSession, review: Review, today: date) -> int:
    """Put everything on the table that the review has to walk; returns how much that is.

    Items first: expired, overdue by age, ineffective, waiting for evidence, the rest by date; then
    accepted risks that ran out; then inherited lines, identical ones once. `today` is the date
    where it is held. What was decided since the review was called lies there settled. Everything
    is moved within the database: ten thousand items never meet in memory.
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
    await catch_up(session, review)
    return laid


async def _laid(session: AsyncSession, review_id: int) -> int:
    query = select(func.count()).where(col(ReviewEntryRow.review_id) == review_id)
    return int((await run(session, query)).scalar_one())


def _items(review: Review, today: date) -> Select[*tuple[Any, ...]]:
    row = ActionItemRow
    is_open, has_soaked = col(row.state) == ItemState.OPEN, col(row.soaks_until) <= today
    why = case(
        (and_(is_open, OUTLIVED), Why.EXPIRED.value),
        (and_(is_open, col(row.due_on) < today), Why.OVERDUE.value),
        (col(row.state) == ItemState.INEFFECTIVE, Why.INEFFECTIVE.value),
        (and_(col(row.state) == ItemState.IMPLEMENTED, has_soaked), Why.EVIDENCE.value),
        else_=Why.OPEN.value,
    )
    decided = select(col(ItemHistoryRow.item_id)).where(
        col(ItemHistoryRow.workspace_id) == review.workspace,
        col(ItemHistoryRow.at) >= review.called_at,
        col(ItemHistoryRow.event).in_(SETTLING),
    )
    on_the_table = or_(
        col(row.state).in_((ItemState.OPEN, ItemState.INEFFECTIVE)),
        and_(col(row.state) == ItemState.IMPLEMENTED, has_soaked),
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


async def catch_up(session: AsyncSession, review: Review) -> list[Settled]:
    """Settle what was decided since the review was called, in a moment when nobody told it.

    So it is with what was decided before it began, or in the very second in which it did. What was
    handed over and came back is not, unless something else was decided in between. Returns what it
    settled, whose cards are to say so.
    """
    row = ReviewEntryRow
    last = (
        select(col(row.id), col(row.shown_at), func.max(col(ItemHistoryRow.id)).label("last"))
        .join(row, col(row.item_id) == col(ItemHistoryRow.item_id))
        .where(
            col(row.review_id) == review.id,
            col(row.settled_at).is_(None),
            col(ItemHistoryRow.workspace_id) == review.workspace,
            col(ItemHistoryRow.at) >= review.called_at,
            col(ItemHistoryRow.event).in_(SETTLING),
        )
        .group_by(col(row.id), col(row.shown_at))
        .subquery()
    )
    query = (
        select(last, *(col(getattr(ItemHistoryRow, name)) for name in ("actor", "at")))
        .join(last, last.c.last == col(ItemHistoryRow.id))
        .where(stands())
    )
    found = (await run(session, query)).all()
    if not found:
        return []
    said = [
        {"history": each.last, "entry": each.id, "by": each.actor, "instant": each.at}
        for each in found
    ]
    values: dict[str, Any] = {
        "settled_at": bindparam("instant"),
        "settled_by": bindparam("by"),
        "history_id": bindparam("history"),
    }
    await run(session, update(row).where(col(row.id) == bindparam("entry")).values(values), said)
    return [
        Settled(review_id=review.id or 0, entry_id=each.id, was_shown=each.shown_at is not None)
        for each in found
    ]
