"""Incidents without a causal class, found by when they began."""

from datetime import datetime

from sqlalchemy import exists, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.untagged import Untagged, UntaggedIncident
from storage.meta_reviews import IS_INCIDENT
from storage.statements import columns, run
from storage.tables import PostmortemRow, TaggingRow

_HAS_CLASS = exists().where(col(TaggingRow.postmortem_id) == col(PostmortemRow.id))
_IS_PRIVATE = col(PostmortemRow.is_private)


async def untagged(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime, *, most: int
) -> Untagged:
    """Those that began between these instants; of the public ones the newest, as many as `most`."""
    began = col(PostmortemRow.started_at)
    mine = (
        col(PostmortemRow.workspace_id) == workspace_id,
        began >= since,
        began < until,
        ~_HAS_CLASS,
        IS_INCIDENT,
    )
    query = (
        columns(PostmortemRow, UntaggedIncident)
        .where(*mine, _IS_PRIVATE.is_(False))
        .order_by(began.desc(), col(PostmortemRow.id).desc())
        .limit(most)
    )
    number = select(
        func.count().filter(_IS_PRIVATE.is_(False)), func.count().filter(_IS_PRIVATE.is_(True))
    )
    public, private = (await run(session, number.select_from(PostmortemRow).where(*mine))).one()
    listed = [UntaggedIncident(**row._asdict()) for row in await run(session, query)]
    return Untagged(listed=listed, public=public, private=private)
