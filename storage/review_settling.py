"""What is settled on the table of a monthly review, wherever it was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.decisions import Decision
from domain.reviews import PUTS_BACK, SETTLES, Review
from storage.statements import run
from storage.tables import ActionItemRow, DeliveryRow, ItemHistoryRow, ReviewEntryRow, ReviewRow

#: The events in an item's history that settle it, and those that put it on the table again.
SETTLING = [str(each) for each in SETTLES]
_PUTS_BACK = [str(each) for each in PUTS_BACK]


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
    """Put an item back on the table where it was settled by asking somebody to take it on."""
    said = {"settled_at": None, "settled_by": "", "history_id": None}
    asked = select(col(ItemHistoryRow.id)).where(
        col(ItemHistoryRow.item_id) == item_id, col(ItemHistoryRow.event) == Decision.REASSIGN.value
    )
    which = and_(_of(item_id, None, None), col(ReviewEntryRow.history_id).in_(asked))
    return await _mark(session, which, said)


async def undecided(
    session: AsyncSession,
    review_id: int,
    item_id: int | None = None,
    *,
    risk_id: int | None = None,
) -> list[Settled]:
    """The entry of an item, or a risk, in a review, while nobody has decided it there."""
    row = ReviewEntryRow
    mine = (_of(item_id, risk_id, None), col(row.review_id) == review_id)
    query = select(col(row.review_id), col(row.id), col(row.shown_at)).where(
        *mine, col(row.settled_at).is_(None)
    )
    return [_settled(each) for each in await run(session, query)]


def stands() -> ColumnElement[bool]:
    """That an entry of a history was not undone: nobody declined what it asked them to do."""
    later = aliased(ItemHistoryRow)
    came_back = select(col(later.id)).where(
        col(later.item_id) == col(ItemHistoryRow.item_id),
        col(later.id) > col(ItemHistoryRow.id),
        col(later.event).in_(_PUTS_BACK),
    )
    asked = col(ItemHistoryRow.event) == Decision.REASSIGN.value
    return ~and_(asked, came_back.exists())


async def decided_since(session: AsyncSession, item_id: int, since: datetime) -> int | None:
    """The entry in its history of what was decided last about an item from an instant on."""
    row = ItemHistoryRow
    last = select(func.max(col(row.id))).where(
        col(row.item_id) == item_id, col(row.at) >= since, col(row.event).in_(SETTLING)
    )
    query = select(col(row.id)).where(col(row.id) == last.scalar_subquery(), stands())
    return (await run(session, query)).scalar_one_or_none()


def left_up(review: Review, kind: str) -> list[Select[Any]]:
    """Select the cards, of this kind, that are up and undecided when a review is closed.

    They are its own, and at whatever review those of items that expired by its end. To be asked in
    the transaction in which it ends.
    """
    row, item = ReviewEntryRow, ActionItemRow
    on_the_table = select(col(row.item_id)).where(
        col(row.review_id) == review.id, col(row.item_id).is_not(None)
    )
    expired = select(col(item.id)).where(
        col(item.id).in_(on_the_table),
        col(item.state) == ItemState.OPEN,
        col(item.reviews_seen) == col(item.reviews_to_live),
    )
    is_left = (col(row.shown_at).is_not(None), col(row.settled_at).is_(None))
    return [
        select(col(DeliveryRow.id)).where(
            col(DeliveryRow.workspace_id) == review.workspace,
            col(DeliveryRow.kind) == kind,
            col(DeliveryRow.subject).in_(select(cast(col(row.id), String)).where(which, *is_left)),
        )
        for which in (col(row.review_id) == review.id, col(row.item_id).in_(expired))
    ]


async def pass_on(session: AsyncSession, entries: Sequence[Settled], owner: str) -> None:
    """Keep that somebody else answers for these now, whom no card has called and who may be here.

    The review must be held.
    """
    said = {"owner": owner, "mentions": False, "absent_at": None}
    mine = col(ReviewEntryRow.id).in_([each.entry_id for each in entries])
    await run(session, update(ReviewEntryRow).where(mine).values(**said))


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
    return [_settled(each) for each in found]


def _settled(row: Any) -> Settled:
    return Settled(review_id=row.review_id, entry_id=row.id, was_shown=row.shown_at is not None)
