"""The action items behind a number: a page of those of public channels, and how many there are."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.behind import PAGE, Asked, Behind, ItemBehind, Which
from storage.became import IS_OPEN, age, became, decided, moved, was_due
from storage.scopes import Rows, within
from storage.statements import run
from storage.tables import ActionItemRow, ItemHistoryRow, PostmortemRow

_ITEM = ActionItemRow
_BY_DAY = (col(_ITEM.original_due_on), col(_ITEM.id))
_ORDERS: Mapping[Which, Sequence[Any]] = {
    Which.OPEN: (col(_ITEM.due_on), col(_ITEM.id)),
    Which.DECIDED: (col(ItemHistoryRow.at).desc(), col(ItemHistoryRow.id).desc()),
}
_OF_ITEM = (
    *("id", "position", "what", "owner", "state", "due_on", "original_due_on"),
    *("implemented_on", "reschedules"),
)


async def items_behind(
    session: AsyncSession, workspace_id: str, asked: Asked, *, most: int = PAGE, after: int = 0
) -> Behind:
    """A page of the items behind a number, those that were due first at the front.

    Decisions come newest first, and an item comes as often as something was decided about it.
    Those that are open are so now, and as old as they are on the day on which the window ends.
    """
    chosen = [
        col(_ITEM.workspace_id) == workspace_id,
        *_of(workspace_id, asked),
        *within(workspace_id, asked.scope),
    ]
    is_private = col(PostmortemRow.is_private)
    public = func.count().filter(is_private.is_(False))
    number = select(public, func.count().filter(is_private.is_(True)))
    page = (
        select(*(getattr(_ITEM, name) for name in _OF_ITEM), col(PostmortemRow.number))
        .where(is_private.is_(False))
        .order_by(*_ORDERS.get(asked.which, _BY_DAY))
        .limit(most)
        .offset(after)
    )
    counts = (await run(session, _joined(number, asked).where(*chosen))).one()
    rows = await run(session, _joined(page, asked).where(*chosen))
    return Behind(public=counts[0], private=counts[1], items=tuple(map(_item, rows)))


def _joined(query: Rows, asked: Asked) -> Rows:
    of_it = col(PostmortemRow.id) == col(_ITEM.postmortem_id)
    query = query.select_from(_ITEM).join(PostmortemRow, of_it)
    if asked.which is Which.DECIDED:
        query = query.join(ItemHistoryRow, col(ItemHistoryRow.item_id) == col(_ITEM.id))
    return query


def _of(workspace_id: str, asked: Asked) -> list[ColumnElement[bool]]:
    """What holds of the items that were counted."""
    if asked.which is Which.OPEN:
        return _open(asked)
    if asked.which is Which.DECIDED:
        event = [col(ItemHistoryRow.event) == asked.event] if asked.event else []
        return [*decided(workspace_id, asked.window), *event]
    way = [] if asked.which is Which.DUE else [became(asked.which)]
    return [was_due(asked.window), *way]


def _open(asked: Asked) -> list[ColumnElement[bool]]:
    today, zone = asked.window.end_day, asked.window.zone
    of_age = [] if asked.age is None else [age(today, zone) == asked.age]
    so_often = [] if asked.moves is None else [moved(asked.moves)]
    return [IS_OPEN, *of_age, *so_often]


def _item(row: Any) -> ItemBehind:
    said = row._asdict()
    key = f"PM-{said.pop('number')}/{said.pop('position')}"
    return ItemBehind(key=key, **said)
