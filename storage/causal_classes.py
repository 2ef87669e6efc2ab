"""The taxonomy of a workspace, and which classes its incidents have."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, exists, func, insert, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.causal_classes import DEFAULT_CLASSES, CausalClass, Earlier, merged
from domain.taxonomy import Change, all_names
from storage.meta_reviews import IS_INCIDENT
from storage.statements import columns, run, upsert
from storage.tables import (
    ActionItemRow,
    CausalClassRow,
    ClassHistoryRow,
    PostmortemRow,
    TaggingRow,
)

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
    """Return those of the names that the workspace has a class of, or had one of.

    A class that was renamed, or merged into another, is found by its old name too.
    """
    known = await taxonomy(session, workspace_id, retired=True)
    bearing = {
        name.casefold(): class_id
        for class_id, each in (await known_as(session, workspace_id, known)).items()
        for name in each
    }
    wanted = {name: bearing.get(name.strip().casefold()) for name in names}
    by_id = {each.id: each for each in known}
    found = ((name, by_id[which]) for name, which in wanted.items() if which is not None)
    return dict(sorted(found, key=lambda each: each[1].id))


async def known_as(
    session: AsyncSession, workspace_id: str, known: Sequence[CausalClass] | None = None
) -> Mapping[int, Sequence[str]]:
    """All names that each class ever had, those of classes merged into it among them."""
    classes = known or await taxonomy(session, workspace_id, retired=True)
    query = (
        select(col(ClassHistoryRow.class_id), col(ClassHistoryRow.old))
        .where(
            col(ClassHistoryRow.workspace_id) == workspace_id,
            col(ClassHistoryRow.event) == Change.RENAMED,
        )
        .order_by(col(ClassHistoryRow.id))
    )
    return all_names(classes, [(row[0], row[1]) for row in await run(session, query)])


async def now_called(
    session: AsyncSession, workspace_id: str, class_ids: Collection[int]
) -> list[int]:
    """The classes that these are now: of one that was merged, the one it went into; each once.

    Until the transaction ends none is merged. The postmortem must be locked before.
    """
    query = (
        columns(CausalClassRow, CausalClass)
        .where(col(CausalClassRow.workspace_id) == workspace_id)
        .order_by(col(CausalClassRow.id))
        .with_for_update(read=True, key_share=True)
    )
    known = [CausalClass(**row._asdict()) for row in await run(session, query)]
    return merged(class_ids, known)


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
    """Make these the classes of an incident; one that stays keeps who gave it and when.

    In place of a class that was merged it gets the one it was merged into.
    """
    class_ids = await now_called(session, workspace_id, class_ids)
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
