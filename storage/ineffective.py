"""Verified items of earlier incidents of a class: their fix did not keep the next one away."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from storage.statements import run
from storage.tables import ActionItemRow, PostmortemRow, TaggingRow


async def verified(
    session: AsyncSession,
    workspace_id: str,
    postmortem_id: int,
    class_ids: Collection[int],
    began: datetime,
) -> list[tuple[int, int, int]]:
    """The items of other incidents of these classes that were verified before this one began.

    Each as its postmortem, its own id and the first class that both have; by postmortem and place.
    """
    query = (
        select(
            col(ActionItemRow.postmortem_id),
            col(ActionItemRow.id),
            func.min(col(TaggingRow.class_id)),
        )
        .join(TaggingRow, col(TaggingRow.postmortem_id) == col(ActionItemRow.postmortem_id))
        .where(
            col(TaggingRow.workspace_id) == workspace_id,
            col(TaggingRow.class_id).in_(class_ids),
            col(ActionItemRow.postmortem_id) != postmortem_id,
            col(ActionItemRow.state) == ItemState.VERIFIED,
            col(ActionItemRow.verified_at) < began,
        )
        .group_by(
            col(ActionItemRow.postmortem_id), col(ActionItemRow.position), col(ActionItemRow.id)
        )
        .order_by(col(ActionItemRow.postmortem_id), col(ActionItemRow.position))
    )
    return [(row[0], row[1], row[2]) for row in await run(session, query)]


async def lock(session: AsyncSession, postmortems: Collection[int]) -> None:
    """Let nobody else change these until the transaction ends; as everywhere the latest first."""
    ids = col(PostmortemRow.id)
    query = select(ids).where(ids.in_(postmortems)).order_by(ids.desc())
    await run(session, query.with_for_update())
