"""Webhooks that were listened to: none is listened to twice."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.tickets import TrackerKind
from storage.statements import run, upsert
from storage.tables import HeardHookRow, TicketRow


async def hear(session: AsyncSession, workspace_id: str, signature: str, now: datetime) -> bool:
    """Remember a webhook by its signature; False where it was listened to before."""
    insert = upsert(session, HeardHookRow).values(
        workspace_id=workspace_id, signature=signature, heard_at=now
    )
    return (await run(session, insert.on_conflict_do_nothing())).rowcount == 1


async def ours(
    session: AsyncSession, workspace_id: str, kind: TrackerKind, refs: Collection[str]
) -> set[str]:
    """Those of the tracker's tickets that are of our items."""
    query = select(col(TicketRow.ref)).where(
        col(TicketRow.workspace_id) == workspace_id,
        col(TicketRow.kind) == kind,
        col(TicketRow.ref).in_(set(refs) - {""}),
    )
    return {row[0] for row in await run(session, query)}


async def forget(session: AsyncSession, before: datetime) -> None:
    """Forget those from before that: one told again so late only has a ticket looked at."""
    await run(session, delete(HeardHookRow).where(col(HeardHookRow.heard_at) < before))
