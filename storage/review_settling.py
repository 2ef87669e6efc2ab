"""What is settled on the table of a monthly review, wherever it was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.decisions import Decision
from storage.statements import run
from storage.tables import ItemHistoryRow, ReviewEntryRow, ReviewRow


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


async def undecided(session: AsyncSession, review_id: int, item_id: int) -> list[Settled]:
    """The entry of an item in a review, while nobody has decided it there."""
    row = ReviewEntryRow
    query = select(col(row.review_id), col(row.id), col(row.shown_at)).where(
        col(row.item_id) == item_id, col(row.review_id) == review_id, col(row.settled_at).is_(None)
    )
    return [_settled(each) for each in await run(session, query)]


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
