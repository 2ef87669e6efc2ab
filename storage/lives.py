"""How many monthly reviews an item lives through: as many as its workspace says (rule 15)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from storage import deliveries
from storage.action_items import OUTLIVED
from storage.statements import run
from storage.tables import ActionItemRow, DeliveryRow, PostmortemRow

#: What a review may still have to walk, today or when it is reopened.
_WALKED = (ItemState.OPEN, ItemState.IMPLEMENTED, ItemState.INEFFECTIVE)


async def live_through(
    session: AsyncSession, workspace_id: str, number: int, *, card: str, now: datetime
) -> None:
    """Let this many reviews see whatever may still be walked before it has expired.

    Of the postmortems in which something has expired by that, or has not any more, the messages of
    the kind `card`, whose subject is the postmortem, are owed again where they were ever sent. It
    is done by the database: of ten thousand items in a moment. The workspace must be locked, and no
    delivery; postmortems are locked here, the latest first as everywhere.
    """
    walked = (
        col(ActionItemRow.workspace_id) == workspace_id,
        col(ActionItemRow.state).in_(_WALKED),
    )
    ids = col(PostmortemRow.id)
    concerned = ids.in_(select(col(ActionItemRow.postmortem_id)).where(*walked))
    await run(session, select(ids).where(concerned).order_by(ids.desc()).with_for_update())
    await deliveries.again_all(session, [_shown(workspace_id, number, card)], now=now)
    await run(session, update(ActionItemRow).where(*walked).values(reviews_to_live=number))


def _shown(workspace_id: str, number: int, card: str) -> Select[Any]:
    """The messages that show something that turns."""
    row = DeliveryRow
    turned = select(cast(col(ActionItemRow.postmortem_id), String)).where(
        col(ActionItemRow.workspace_id) == workspace_id,
        col(ActionItemRow.state) == ItemState.OPEN,
        _turns(number),
    )
    return select(col(row.id)).where(
        col(row.workspace_id) == workspace_id,
        col(row.kind) == card,
        col(row.given_up_at).is_(None),
        or_(col(row.due_at).is_not(None), col(row.sent) > 0),
        col(row.subject).in_(turned),
    )


def _turns(number: int) -> ColumnElement[bool]:
    """Whether an item that had not expired has now, or the other way round."""
    outlives = col(ActionItemRow.reviews_seen) >= number
    return or_(OUTLIVED & ~outlives, ~OUTLIVED & outlives)
