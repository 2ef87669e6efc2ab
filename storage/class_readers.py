"""Who reads the name of a class: the index by which incidents are found, and messages.

Thousands of incidents may have a class, so what shows its name follows some at a time. How far that
has come is nowhere kept: an incident's words in the index say what its classes were called when
they were put together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.taxonomy import Change
from storage import deliveries
from storage.indexing import CLASS_MARK
from storage.statements import run
from storage.tables import (
    CausalClassRow,
    ClassHistoryRow,
    DeliveryRow,
    MetaReviewRow,
    PostmortemRow,
    PostmortemTextRow,
    TaggingRow,
)

_WHICH = col(TaggingRow.postmortem_id)


@dataclass(frozen=True, kw_only=True)
class Renaming:
    """What a class was called, and which class, of which name, its incidents have instead."""

    change_id: int
    at: datetime
    workspace_id: str
    class_id: int
    name: str
    old: str


async def settled(session: AsyncSession, before: datetime) -> int:
    """The last change of any taxonomy before this instant; 0 where there is none."""
    query = select(func.max(col(ClassHistoryRow.id))).where(col(ClassHistoryRow.at) < before)
    return int((await run(session, query)).scalar_one() or 0)


async def renamings(session: AsyncSession, after: int) -> list[Renaming]:
    """The classes that got another name, or went into another, by the changes after this one."""
    change, was, now = ClassHistoryRow, aliased(CausalClassRow), aliased(CausalClassRow)
    called = (Change.RENAMED, Change.MERGED)
    query: Select[*tuple[Any, ...]] = (
        select(
            *(col(change.id).label("change_id"), col(change.at), col(change.workspace_id)),
            *(col(now.id).label("class_id"), col(now.name), col(change.old)),
        )
        .join(was, col(was.id) == col(change.class_id))
        .join(now, col(now.id) == func.coalesce(col(was.merged_into), col(was.id)))
        .where(col(change.id) > after, col(change.event).in_(called))
        .order_by(col(change.id))
    )
    return [Renaming(**row._asdict()) for row in await run(session, query)]


async def not_told(
    session: AsyncSession, renaming: Renaming, below: int | None, most: int
) -> list[int]:
    """The incidents of the class whose words in the index say otherwise, the latest first.

    At most so many, and only those that were written down before `below`.
    """
    query = _not_told(renaming).order_by(_WHICH.desc()).limit(most)
    if below is not None:
        query = query.where(below > _WHICH)
    return list((await run(session, query)).scalars())


async def hold(session: AsyncSession, renaming: Renaming, incidents: Sequence[int]) -> list[int]:
    """Let nobody change these until the transaction ends; those of them that say otherwise still.

    As everywhere the latest is locked first.
    """
    ids = col(PostmortemRow.id)
    these = select(ids).where(ids.in_(incidents)).order_by(ids.desc())
    await run(session, these.with_for_update())
    return list((await run(session, _not_told(renaming).where(_WHICH.in_(incidents)))).scalars())


def _not_told(renaming: Renaming) -> Select[int]:
    words = func.coalesce(col(PostmortemTextRow.words), "")
    return (
        select(_WHICH)
        .outerjoin(PostmortemTextRow, col(PostmortemTextRow.postmortem_id) == _WHICH)
        .where(
            col(TaggingRow.workspace_id) == renaming.workspace_id,
            col(TaggingRow.class_id) == renaming.class_id,
            or_(~_says(words, renaming.name), _says(words, renaming.old)),
        )
    )


def _says(words: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether a line is the name of this class; LIKE would take "Pool" for "pool" on SQLite."""
    lines = literal("\n").concat(words).concat("\n")
    return func.replace(lines, f"\n{CLASS_MARK}{name}\n", "") != lines


async def show_again(
    session: AsyncSession,
    workspace_id: str,
    incidents: Sequence[int],
    *,
    kinds: Sequence[str],
    due_at: datetime,
) -> int:
    """Owe anew what shows these incidents, where it was ever sent; how many messages that is.

    `kinds` are those whose subject is an incident.
    """
    subjects = [str(each) for each in incidents]
    shown = _shown(workspace_id, kinds).where(col(DeliveryRow.subject).in_(subjects))
    number = await run(session, select(func.count()).select_from(shown.subquery()))
    await deliveries.again_all(session, [shown], now=due_at)
    return int(number.scalar_one())


async def show_meta_reviews_again(
    session: AsyncSession, workspace_id: str, kind: str, *, now: datetime
) -> None:
    """Owe anew what meta-reviews say of all classes, where it was ever sent."""
    metas = select(cast(col(MetaReviewRow.postmortem_id), String)).where(
        col(MetaReviewRow.workspace_id) == workspace_id
    )
    shown = _shown(workspace_id, [kind]).where(col(DeliveryRow.subject).in_(metas))
    await deliveries.again_all(session, [shown], now=now)


def _shown(workspace_id: str, kinds: Sequence[str]) -> Select[Any]:
    row = DeliveryRow
    return select(col(row.id)).where(
        col(row.workspace_id) == workspace_id,
        col(row.kind).in_(kinds),
        col(row.given_up_at).is_(None),
        or_(col(row.due_at).is_not(None), col(row.sent) > 0),
    )
