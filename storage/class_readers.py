"""Who reads the name of a class: the index by which incidents are found, and messages."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import deliveries
from storage.statements import run
from storage.tables import DeliveryRow, MetaReviewRow, TaggingRow


async def incidents_of(session: AsyncSession, workspace_id: str, class_id: int) -> list[int]:
    """The incidents that have a class, the latest first."""
    which = col(TaggingRow.postmortem_id)
    mine = (col(TaggingRow.workspace_id) == workspace_id, col(TaggingRow.class_id) == class_id)
    return list((await run(session, select(which).where(*mine).order_by(which.desc()))).scalars())


async def show_again(
    session: AsyncSession,
    workspace_id: str,
    class_ids: Collection[int],
    *,
    kinds: Sequence[str],
    of_meta_reviews: str,
    now: datetime,
) -> None:
    """Owe anew what shows incidents of these classes, and what meta-reviews say of all classes.

    `kinds` are messages whose subject is an incident, where they were ever sent.
    """
    tagged = select(cast(col(TaggingRow.postmortem_id), String)).where(
        col(TaggingRow.workspace_id) == workspace_id, col(TaggingRow.class_id).in_(class_ids)
    )
    metas = select(cast(col(MetaReviewRow.postmortem_id), String)).where(
        col(MetaReviewRow.workspace_id) == workspace_id
    )
    shown = [_shown(workspace_id, kinds, tagged), _shown(workspace_id, [of_meta_reviews], metas)]
    await deliveries.again_all(session, shown, now=now)


def _shown(workspace_id: str, kinds: Sequence[str], subjects: Select[Any]) -> Select[Any]:
    row = DeliveryRow
    return select(col(row.id)).where(
        col(row.workspace_id) == workspace_id,
        col(row.kind).in_(kinds),
        col(row.given_up_at).is_(None),
        or_(col(row.due_at).is_not(None), col(row.sent) > 0),
        col(row.subject).in_(subjects),
    )
