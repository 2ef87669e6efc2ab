"""The timeline of a postmortem."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.timeline import TimelineEntry
from storage.lines import replace_lines
from storage.statements import of_postmortem, run
from storage.tables import TimelineEntryRow

_ENTRIES = of_postmortem(TimelineEntryRow, TimelineEntry).order_by(
    col(TimelineEntryRow.at), col(TimelineEntryRow.position)
)


async def entries(session: AsyncSession, postmortem_id: int) -> list[TimelineEntry]:
    """Return the entries in the order they happened; within one instant, as they were typed."""
    found = await run(session, _ENTRIES, {"postmortem": postmortem_id})
    return [TimelineEntry(**row._asdict()) for row in found]


async def replace(
    session: AsyncSession,
    workspace_id: str,
    postmortem_id: int,
    entries: Sequence[TimelineEntry],
    *,
    by: str,
    now: datetime,
) -> None:
    """Make the timeline read as `entries`; those that bear a stored id keep their row."""
    owner = {"workspace_id": workspace_id, "postmortem_id": postmortem_id}
    added = {"added_by": by, "added_at": now}
    await replace_lines(session, TimelineEntryRow, owner, entries, added)
