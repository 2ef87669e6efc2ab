"""Incidents without a causal class, found by when they began."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.causal_classes import CLASSES_MAX
from domain.tagged import TAGGED_MOST, TaggedIncident
from domain.untagged import Untagged, UntaggedIncident
from storage.meta_reviews import IS_INCIDENT
from storage.statements import columns, run
from storage.tables import CausalClassRow, PostmortemRow, TaggingRow

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


async def tagged_since(
    session: AsyncSession, workspace_id: str, since: datetime, began: datetime
) -> list[TaggedIncident]:
    """The public ones from `since` until a review `began` that had no class then, and have now.

    Those that got theirs last come first; there is one too many where there are more than are
    named.
    """
    earlier = aliased(TaggingRow)
    had_one = exists().where(
        col(earlier.postmortem_id) == col(PostmortemRow.id), col(earlier.tagged_at) < began
    )
    started, at = col(PostmortemRow.started_at), col(TaggingRow.tagged_at)
    query = (
        select(col(PostmortemRow.number), col(CausalClassRow.name), col(TaggingRow.tagged_by))
        .join(TaggingRow, col(TaggingRow.postmortem_id) == col(PostmortemRow.id))
        .join(CausalClassRow, col(CausalClassRow.id) == col(TaggingRow.class_id))
        .where(col(PostmortemRow.workspace_id) == workspace_id, started >= since, started < began)
        .where(_IS_PRIVATE.is_(False), IS_INCIDENT, at >= began, ~had_one)
        .order_by(at.desc(), col(PostmortemRow.number).desc(), col(CausalClassRow.name))
        .limit((TAGGED_MOST + 1) * CLASSES_MAX)
    )
    found: dict[int, TaggedIncident] = {}
    for number, name, by in await run(session, query):
        one = found.get(number, TaggedIncident(number=number, classes=(), by=by))
        found[number] = replace(one, classes=(*one.classes, name))
    return [*found.values()][: TAGGED_MOST + 1]
