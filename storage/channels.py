"""The channels the app is in: what Slack said of them last, and who came and went since.

Only that the app is in a channel is remembered, never that it is not: an invitation must count
from its first second.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Select, bindparam, delete, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.channels import MOST, Channel
from storage.statements import columns, run, upsert
from storage.tables import ChannelRow

# Put together once: it takes longer than SQLite takes to answer.
_THIS = columns(ChannelRow, Channel).where(
    col(ChannelRow.workspace_id) == bindparam("workspace"),
    col(ChannelRow.id) == bindparam("channel"),
)
_FRESH = _THIS.where(col(ChannelRow.seen_at) > bindparam("newer_than"))
_LOCKED = _THIS.with_for_update()  # SQLite has no such word, and one writer anyway


async def known(
    session: AsyncSession, workspace_id: str, channel_id: str, newer_than: datetime
) -> Channel | None:
    """The channel as Slack described it since then; None if it has not."""
    asked = {"workspace": workspace_id, "channel": channel_id, "newer_than": newer_than}
    return await _found(session, _FRESH, asked)


async def remember(
    session: AsyncSession, workspace_id: str, channel: Channel, now: datetime
) -> None:
    """Keep how Slack described this channel at `now`, over what was known before."""
    told = asdict(channel) | {"members": channel.members[:MOST], "seen_at": now}
    insert = upsert(session, ChannelRow).values(workspace_id=workspace_id, **told)
    newest = {name: insert.excluded[name] for name in told if name != "id"}
    await run(
        session, insert.on_conflict_do_update(index_elements=["workspace_id", "id"], set_=newest)
    )


async def joined(session: AsyncSession, workspace_id: str, channel_id: str, user: str) -> None:
    """Note who came into a channel that is remembered."""
    channel = await _locked(session, workspace_id, channel_id)
    if channel is not None:
        await _set_members(session, workspace_id, channel.joined_by(user))


async def left(session: AsyncSession, workspace_id: str, channel_id: str, user: str) -> None:
    """Note who went; a channel of which it is not known any more who is in it is forgotten."""
    channel = await _locked(session, workspace_id, channel_id)
    if channel is None:
        return
    rest = channel.left_by(user)
    if rest is None:
        await forget(session, workspace_id, channel_id)
    else:
        await _set_members(session, workspace_id, rest)


async def forget(session: AsyncSession, workspace_id: str, channel_id: str) -> None:
    """Know nothing of this channel any more."""
    statement = delete(ChannelRow).where(
        col(ChannelRow.workspace_id) == workspace_id, col(ChannelRow.id) == channel_id
    )
    await run(session, statement)


async def _locked(session: AsyncSession, workspace_id: str, channel_id: str) -> Channel | None:
    asked = {"workspace": workspace_id, "channel": channel_id}
    return await _found(session, _LOCKED, asked)


async def _found(
    session: AsyncSession, query: Select[*tuple[object, ...]], asked: Mapping[str, object]
) -> Channel | None:
    row = (await run(session, query, asked)).one_or_none()
    return None if row is None else Channel(**row._asdict() | {"members": tuple(row.members)})


async def _set_members(session: AsyncSession, workspace_id: str, channel: Channel) -> None:
    statement = (
        update(ChannelRow)
        .where(col(ChannelRow.workspace_id) == workspace_id, col(ChannelRow.id) == channel.id)
        .values(members=channel.members)
    )
    await run(session, statement)
