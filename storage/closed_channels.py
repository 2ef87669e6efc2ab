"""What is owed to a channel that takes no messages any more."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import run
from storage.tables import DeliveryRow

#: Slack's word for why nothing is taken there.
ARCHIVED = "is_archived"


async def let_go(session: AsyncSession, workspace_id: str, channel: str, now: datetime) -> None:
    """Try no more to send what waits for this channel, until it is opened (`deliveries.hurry`).

    What is in a worker's hand is left to it.
    """
    statement = (
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == workspace_id,
            col(DeliveryRow.channel) == channel,
            col(DeliveryRow.due_at).is_not(None),
            col(DeliveryRow.token).is_(None),
        )
        .values(due_at=None, lease_until=None, given_up_at=now, last_error=ARCHIVED)
    )
    await run(session, statement)
