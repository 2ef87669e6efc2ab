"""Where in Slack the messages of a timeline are, learned after their entries are kept."""

from collections.abc import Mapping

from sqlalchemy import bindparam, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import run
from storage.tables import TimelineEntryRow


async def keep(session: AsyncSession, postmortem_id: int, links: Mapping[str, str]) -> None:
    """Give the entries taken from these messages (by ts) the address of their message."""
    if not links:
        return
    statement = (
        update(TimelineEntryRow)
        .where(col(TimelineEntryRow.postmortem_id) == postmortem_id)
        .where(col(TimelineEntryRow.message_ts) == bindparam("ts"))
        .values(permalink=bindparam("address"))
    )
    await run(session, statement, [{"ts": ts, "address": link} for ts, link in links.items()])
