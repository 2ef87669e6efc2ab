"""Action items read one batch after another, for whoever wants them all."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem, ItemState
from domain.item_rows import ItemRow
from storage.statements import columns, run
from storage.tables import ActionItemRow, PersonRow, PostmortemRow

#: So many rows are in memory at a time.
BATCH = 1_000
_OTHERS = {"number": col(PostmortemRow.number), "title": col(PostmortemRow.title)}
_OTHERS |= {"service": col(PostmortemRow.service), "owner_name": col(PersonRow.name)}


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many items there are, and how many more are of private channels and left out."""

    items: int
    left_out: int


async def count(
    session: AsyncSession, workspace_id: str, states: Collection[ItemState], *, private: bool
) -> Counted:
    """Count the workspace's items in these states; those of private channels only if asked for."""
    is_private = col(PostmortemRow.is_private)
    query = (
        select(func.count(), func.count().filter(is_private))
        .select_from(ActionItemRow)
        .join(PostmortemRow, col(PostmortemRow.id) == col(ActionItemRow.postmortem_id))
        .where(*_wanted(workspace_id, states))
    )
    every, hidden = (await run(session, query)).one()
    return (
        Counted(items=every, left_out=0)
        if private
        else Counted(items=every - hidden, left_out=hidden)
    )


async def batches(
    session: AsyncSession, workspace_id: str, states: Collection[ItemState], *, private: bool
) -> AsyncIterator[list[ItemRow]]:
    """The same items in the order in which they were added, at most BATCH at a time."""
    person = and_(
        col(PersonRow.workspace_id) == workspace_id, col(PersonRow.id) == col(ActionItemRow.owner)
    )
    query = (
        columns(ActionItemRow, ActionItem)
        .add_columns(*(value.label(name) for name, value in _OTHERS.items()))
        .join(PostmortemRow, col(PostmortemRow.id) == col(ActionItemRow.postmortem_id))
        .outerjoin(PersonRow, person)
        .where(*_wanted(workspace_id, states))
        .order_by(col(ActionItemRow.id))
        .limit(BATCH)
    )
    if not private:
        query = query.where(col(PostmortemRow.is_private).is_(False))
    last = 0
    while rows := (await run(session, query.where(col(ActionItemRow.id) > last))).all():
        yield [_row(row._asdict()) for row in rows]
        last = rows[-1].id


def _wanted(workspace_id: str, states: Collection[ItemState]) -> list[ColumnElement[bool]]:
    mine: ColumnElement[bool] = col(ActionItemRow.workspace_id) == workspace_id
    return [mine, col(ActionItemRow.state).in_(states)] if states else [mine]


def _row(kept: dict[str, Any]) -> ItemRow:
    others: dict[str, Any] = {name: kept.pop(name) or "" for name in _OTHERS}
    return ItemRow(item=ActionItem(**kept), **others)
