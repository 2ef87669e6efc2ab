"""What was noted in a channel before its postmortem was started."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.timeline import TimelineEntry
from storage.statements import columns, run, upsert
from storage.tables import JottedEntryRow


async def jot(
    session: AsyncSession,
    workspace_id: str,
    channel: str,
    entry: TimelineEntry,
    *,
    by: str,
    now: datetime,
    submission: str,
) -> bool:
    """Keep an entry until the channel's postmortem is started; False when it was kept before."""
    said = asdict(entry)
    del said["id"]
    owner = {"workspace_id": workspace_id, "channel": channel, "submission": submission}
    insert = upsert(session, JottedEntryRow).values(**owner, **said, added_by=by, added_at=now)
    kept = insert.on_conflict_do_nothing().returning(col(JottedEntryRow.id))
    return (await run(session, kept)).one_or_none() is not None


async def of_channel(session: AsyncSession, workspace_id: str, channel: str) -> list[TimelineEntry]:
    """Return what was noted in a channel, in the order it happened; nothing of it has an id yet."""
    query = (
        columns(JottedEntryRow, TimelineEntry)
        .where(
            col(JottedEntryRow.workspace_id) == workspace_id, col(JottedEntryRow.channel) == channel
        )
        .order_by(col(JottedEntryRow.at), col(JottedEntryRow.id))
    )
    return [TimelineEntry(**row._asdict() | {"id": None}) for row in await run(session, query)]


async def take(session: AsyncSession, workspace_id: str, channel: str) -> list[TimelineEntry]:
    """Return what was noted in a channel, and keep it here no longer."""
    found = await of_channel(session, workspace_id, channel)
    if found:
        await run(
            session,
            delete(JottedEntryRow).where(
                col(JottedEntryRow.workspace_id) == workspace_id,
                col(JottedEntryRow.channel) == channel,
            ),
        )
    return found
