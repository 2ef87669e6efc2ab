"""Which entries were taken from which message: in timelines, and among what waits for one."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    bindparam,
    delete,
    null,
    select,
    text,
    union_all,
    update,
)
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.sources import Heading
from domain.timeline import TimelineEntry
from storage.statements import run
from storage.tables import JottedEntryRow, PostmortemRow, TimelineEntryRow, WorkspaceRow

_IN_TIMELINES = select(col(TimelineEntryRow.postmortem_id)).where(
    col(TimelineEntryRow.workspace_id) == bindparam("workspace"),
    col(TimelineEntryRow.message_channel) == bindparam("channel"),
    col(TimelineEntryRow.message_ts) == bindparam("ts"),
    text("message_ts <> ''"),  # as the index of such entries says it, or it is not used
)
_JOTTED = select(null()).where(
    col(JottedEntryRow.workspace_id) == bindparam("workspace"),
    col(JottedEntryRow.channel) == bindparam("channel"),
    col(JottedEntryRow.submission) == bindparam("submission"),
)
#: Every reaction, edit and deletion in a busy workspace asks this.
PLACES: CompoundSelect[Any] = union_all(_IN_TIMELINES, _JOTTED)


def submission_of_message(ts: str) -> str:
    """What an entry of a message is jotted under, so that a channel has each message once."""
    return f"message:{ts}"


async def places(
    session: AsyncSession, workspace_id: str, channel: str, ts: str
) -> list[int | None]:
    """The postmortems with an entry of this message, in one query of two indexes.

    None stands for what is jotted in the message's own channel.
    """
    asked = {"workspace": workspace_id, "channel": channel, "ts": ts}
    found = await run(session, PLACES, asked | {"submission": submission_of_message(ts)})
    return list(found.scalars())


async def rewrite_jotted(session: AsyncSession, workspace_id: str, entry: TimelineEntry) -> None:
    """Let what was jotted of this entry's message read like the entry."""
    said = asdict(entry)
    del said["id"]
    await run(session, update(JottedEntryRow).where(*_of_message(workspace_id, entry)).values(said))


async def forget_jotted(session: AsyncSession, workspace_id: str, entry: TimelineEntry) -> None:
    """Keep what was jotted of this entry's message no longer."""
    await run(session, delete(JottedEntryRow).where(*_of_message(workspace_id, entry)))


async def recent_public(session: AsyncSession, workspace_id: str, most: int) -> list[Heading]:
    """The newest postmortems of public channels, which any message may be added to."""
    query = (
        select(
            col(PostmortemRow.id),
            col(PostmortemRow.number),
            col(PostmortemRow.title),
        )
        .where(
            col(PostmortemRow.workspace_id) == workspace_id,
            col(PostmortemRow.is_private).is_(False),
            col(PostmortemRow.channel).is_not(None),
        )
        .order_by(col(PostmortemRow.number).desc())
        .limit(most)
    )
    return [Heading(**row._asdict()) for row in await run(session, query)]


async def hold_starts(session: AsyncSession, workspace_id: str) -> None:
    """Let nobody start a postmortem in the workspace until we commit.

    What is jotted now would else come too late to move into it.
    """
    statement = update(WorkspaceRow).where(col(WorkspaceRow.id) == workspace_id)
    await run(session, statement.values(last_number=WorkspaceRow.last_number))


def _of_message(workspace_id: str, entry: TimelineEntry) -> tuple[ColumnElement[bool], ...]:
    return (
        col(JottedEntryRow.workspace_id) == workspace_id,
        col(JottedEntryRow.channel) == entry.message_channel,
        col(JottedEntryRow.submission) == submission_of_message(entry.message_ts),
    )
