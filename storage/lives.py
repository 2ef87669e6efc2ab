"""How many monthly reviews an item lives through: as many as its workspace says (rule 15)."""

from datetime import datetime

from sqlalchemy import ColumnElement, String, case, cast, func, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from storage.action_items import OUTLIVED
from storage.statements import run
from storage.tables import ActionItemRow, DeliveryRow

#: What a review may still have to walk, today or when it is reopened.
_WALKED = (ItemState.OPEN, ItemState.IMPLEMENTED, ItemState.INEFFECTIVE)


async def live_through(
    session: AsyncSession, workspace_id: str, number: int, *, card: str, now: datetime
) -> None:
    """Let this many reviews see whatever may still be walked before it has expired.

    Of the postmortems in which something has expired by that, or has not any more, the messages of
    the kind `card`, whose subject is the postmortem, are owed again where they were ever sent. It
    is done by the database: of ten thousand items in a moment. The workspace must be locked.
    """
    await _show_again(session, workspace_id, number, card, now)
    walked = (
        col(ActionItemRow.workspace_id) == workspace_id,
        col(ActionItemRow.state).in_(_WALKED),
    )
    await run(session, update(ActionItemRow).where(*walked).values(reviews_to_live=number))


async def _show_again(
    session: AsyncSession, workspace_id: str, number: int, card: str, now: datetime
) -> None:
    due = col(DeliveryRow.due_at)
    statement = (
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == workspace_id,
            col(DeliveryRow.kind) == card,
            col(DeliveryRow.given_up_at).is_(None),
            or_(due.is_not(None), col(DeliveryRow.sent) > 0),
            col(DeliveryRow.subject).in_(
                select(cast(col(ActionItemRow.postmortem_id), String)).where(
                    col(ActionItemRow.workspace_id) == workspace_id,
                    col(ActionItemRow.state) == ItemState.OPEN,
                    _turns(number),
                )
            ),
        )
        # What is on its way is sent once more after it, what waits for a retry says it then.
        .values(
            wanted=DeliveryRow.wanted + 1,
            attempts=case((due.is_(None), 0), else_=DeliveryRow.attempts),
            due_at=func.coalesce(due, now),
        )
    )
    await run(session, statement)
    session.info["owes"] = True


def _turns(number: int) -> ColumnElement[bool]:
    """Whether an item that had not expired has now, or the other way round."""
    outlives = col(ActionItemRow.reviews_seen) >= number
    return or_(OUTLIVED & ~outlives, ~OUTLIVED & outlives)
