"""What waits at a place where tickets are made, and which messages told of that."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import run
from storage.tables import DeliveryRow, TicketRow


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many items have no ticket yet, and how many tickets do not follow their item."""

    unmade: int
    behind: int


async def at_place(session: AsyncSession, place_id: int) -> Waiting:
    """What waits at a place: whatever is to be tried again, since it did not go well last."""
    row = TicketRow
    is_tried = col(row.due_at).is_not(None)
    unmade = and_(col(row.ref) == "", is_tried)
    behind = and_(col(row.ref) != "", is_tried, col(row.attempts) > 0, col(row.trouble) != "")
    query = select(func.count().filter(unmade), func.count().filter(behind))
    query = query.select_from(row).where(col(row.place_id) == place_id)
    first, second = (await run(session, query)).one()
    return Waiting(unmade=int(first), behind=int(second))


def told(workspace_id: str, kind: str, subject: str) -> Select[Any]:
    """The message of a kind about this, if it was sent."""
    row = DeliveryRow
    mine = col(row.workspace_id) == workspace_id, col(row.kind) == kind
    is_it = col(row.subject) == subject, col(row.message_ts).is_not(None)
    return select(col(row.id)).where(*mine, *is_it)


def told_of(workspace_id: str, kind: str, begun: str, most: int) -> Select[Any]:
    """The last few messages of a kind whose subjects begin so."""
    row = DeliveryRow
    mine = (
        col(row.workspace_id) == workspace_id,
        col(row.kind) == kind,
        col(row.subject).startswith(f"{begun}:", autoescape=True),
    )
    return select(col(row.id)).where(*mine).order_by(col(row.id).desc()).limit(most)


async def is_owed(session: AsyncSession, workspace_id: str, kind: str, begun: str) -> bool:
    """Whether a message of a kind whose subject begins so is owed, or was sent."""
    query = told_of(workspace_id, kind, begun, 1)
    return (await run(session, query)).first() is not None
