"""The taxonomy of a workspace, and which classes its incidents have."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, exists, func, insert, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.causal_classes import DEFAULT_CLASSES, CausalClass, Earlier
from storage.meta_reviews import IS_INCIDENT
from storage.statements import columns, run, upsert
from storage.tables import ActionItemRow, CausalClassRow, PostmortemRow, TaggingRow

#: The classes of `:postmortem`.
OF_POSTMORTEM = (
    columns(CausalClassRow, CausalClass)
    .join(TaggingRow, col(TaggingRow.class_id) == col(CausalClassRow.id))
    .where(col(TaggingRow.postmortem_id) == bindparam("postmortem"))
)
_CLASSES = OF_POSTMORTEM.order_by(col(CausalClassRow.id))
_STILL_OPEN = and_(
    col(ActionItemRow.postmortem_id) == col(PostmortemRow.id),
    col(ActionItemRow.state) == ItemState.OPEN,
)
#: Incidents of any class that began since `:since`, other than `:postmortem`.
OF_OTHERS = (
    select(
        col(TaggingRow.class_id),
        col(PostmortemRow.id).label("postmortem_id"),
        col(PostmortemRow.number),
        col(PostmortemRow.title),
        col(PostmortemRow.started_at),
        select(func.count()).where(_STILL_OPEN).scalar_subquery().label("open_items"),
    )
    .join(PostmortemRow, col(PostmortemRow.id) == col(TaggingRow.postmortem_id))
    .where(
        col(TaggingRow.workspace_id) == bindparam("workspace"),
        col(TaggingRow.postmortem_id) != bindparam("postmortem"),
        col(PostmortemRow.started_at) >= bindparam("since"),
        IS_INCIDENT,
    )
)
NEWEST_FIRST = (
    col(PostmortemRow.started_at).desc(),
    col(PostmortemRow.id).desc(),
    col(TaggingRow.class_id),
)
IS_PUBLIC = col(PostmortemRow.is_private).is_(False)


async def begin_taxonomy(session: AsyncSession, workspace_id: str) -> None:
    """Give a workspace that has no classes the ones that everybody begins with."""
    has_some = select(exists().where(col(CausalClassRow.workspace_id) == workspace_id))
    if (await run(session, has_some)).scalar_one():
        return
    rows = [
        {"workspace_id": workspace_id, "name": name, "is_retired": False}
        for name in DEFAULT_CLASSES
    ]
    statement = upsert(session, CausalClassRow).on_conflict_do_nothing()
    await run(session, statement, rows)


async def taxonomy(
    session: AsyncSession, workspace_id: str, *, retired: bool = False
) -> list[CausalClass]:
    """Return the classes of a workspace in the order they were made."""
    query = columns(CausalClassRow, CausalClass).where(
        col(CausalClassRow.workspace_id) == workspace_id
    )
    if not retired:
        query = query.where(col(CausalClassRow.is_retired).is_(False))
    found = await run(session, query.order_by(col(CausalClassRow.id)))
    return [CausalClass(**row._asdict()) for row in found]


async def by_name(
    session: AsyncSession, workspace_id: str, names: Iterable[str]
) -> dict[str, CausalClass]:
    """Return those of the names that the workspace has a class of."""
    wanted = {name.strip().lower(): name for name in names}
    known = await taxonomy(session, workspace_id, retired=True)
    return {wanted[each.name.lower()]: each for each in known if each.name.lower() in wanted}


async def of_postmortem(session: AsyncSession, postmortem_id: int) -> list[CausalClass]:
    """Return the classes an incident has."""
    found = await run(session, _CLASSES, {"postmortem": postmortem_id})
    return [CausalClass(**row._asdict()) for row in found]


async def tag(
    session: AsyncSession,
    workspace_id: str,
    postmortem_id: int,
    class_ids: Collection[int],
    *,
    by: str,
    now: datetime,
) -> None:
    """Make these the classes of an incident; one that stays keeps who gave it and when."""
    mine = col(TaggingRow.postmortem_id) == postmortem_id
    await run(session, delete(TaggingRow).where(mine, col(TaggingRow.class_id).not_in(class_ids)))
    there = set((await run(session, select(col(TaggingRow.class_id)).where(mine))).scalars())
    fresh = [
        {
            "workspace_id": workspace_id,
            "postmortem_id": postmortem_id,
            "class_id": each,
            "tagged_by": by,
            "tagged_at": now,
        }
        for each in sorted(set(class_ids) - there)
    ]
    if fresh:
        await run(session, insert(TaggingRow), fresh)


async def earlier(
    session: AsyncSession,
    workspace_id: str,
    postmortem_id: int,
    class_ids: Collection[int],
    *,
    since: datetime,
    private: bool = False,
) -> list[Earlier]:
    """Return other incidents of these classes that began since then, the newest first.

    Those of private channels are left out unless `private` asks for them.
    """
    query = OF_OTHERS.where(col(TaggingRow.class_id).in_(class_ids)).order_by(*NEWEST_FIRST)
    if not private:
        query = query.where(IS_PUBLIC)
    asked = {"workspace": workspace_id, "postmortem": postmortem_id, "since": since}
    return [Earlier(**row._asdict()) for row in await run(session, query, asked)]
