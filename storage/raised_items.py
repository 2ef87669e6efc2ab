"""Items that a burning service raises, those that go back, and what their owners read (rule 17)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem, ItemState
from domain.budgets import LOWERED, RAISED, MovedItem
from domain.services import Service
from storage.statements import columns, run
from storage.tables import (
    ActionItemRow,
    DeliveryRow,
    ItemHistoryRow,
    PostmortemRow,
    ServiceRow,
)


async def to_raise(session: AsyncSession, workspace_id: str, service: Service) -> list[int]:
    """The postmortems with open items that the service has not raised yet, the latest first."""
    return await _postmortems(
        session,
        workspace_id,
        _of(service),
        col(ActionItemRow.state) == ItemState.OPEN,
        or_(
            col(ActionItemRow.raised_in).is_(None),
            col(ActionItemRow.raised_in) != service.burning_since,
        ),
    )


async def to_lower(session: AsyncSession, workspace_id: str, service: Service) -> list[int]:
    """The postmortems with items that go back once the service has recovered, the latest first.

    All of its incidents, and those that it raised: one may have been put down to another service
    since. Where that began to burn at the same instant, its items are that one's. Of its own some
    may be raised since an earlier time that it burned, which was over before anybody saw to them.
    """
    other = aliased(ServiceRow)
    is_anothers = exists().where(
        col(other.workspace_id) == workspace_id,
        col(other.id) != service.id,
        col(other.burning_since) == service.burning_since,
        func.lower(col(other.name)) == func.lower(col(PostmortemRow.service)),
    )
    return await _postmortems(
        session,
        workspace_id,
        col(ActionItemRow.raised_from).is_not(None),
        or_(
            _of(service), and_(col(ActionItemRow.raised_in) == service.burning_since, ~is_anothers)
        ),
    )


async def to_return(session: AsyncSession, workspace_id: str, service: Service) -> list[int]:
    """The postmortems that were put down to something else since it raised their items.

    Where that burns too, the items stay where they are, and are its own soon.
    """
    burns = exists().where(
        col(ServiceRow.workspace_id) == workspace_id,
        col(ServiceRow.burning_since).is_not(None),
        func.lower(col(ServiceRow.name)) == func.lower(col(PostmortemRow.service)),
    )
    return await _postmortems(
        session,
        workspace_id,
        col(ActionItemRow.raised_from).is_not(None),
        col(ActionItemRow.raised_in) == service.burning_since,
        ~_of(service),
        ~burns,
    )


def _of(service: Service) -> ColumnElement[bool]:
    return func.lower(col(PostmortemRow.service)) == func.lower(service.name)


async def _postmortems(
    session: AsyncSession, workspace_id: str, *which: ColumnElement[bool]
) -> list[int]:
    of_it = col(PostmortemRow.id) == col(ActionItemRow.postmortem_id)
    query = (
        select(col(ActionItemRow.postmortem_id))
        .join(PostmortemRow, of_it)
        .where(col(ActionItemRow.workspace_id) == workspace_id, *which)
        .distinct()
        .order_by(col(ActionItemRow.postmortem_id).desc())
    )
    return list((await run(session, query)).scalars())


async def let_be(session: AsyncSession, item: ActionItem) -> None:
    """Keep that a service leaves an item where it is; nothing is done to it thereby."""
    kept = {"raised_from": item.raised_from, "raised_in": item.raised_in}
    await run(session, update(ActionItemRow).where(col(ActionItemRow.id) == item.id).values(**kept))


async def moved_of(
    session: AsyncSession, workspace_id: str, service: Service, since: datetime, owner: str
) -> list[MovedItem]:
    """What somebody owns that the service has raised since it began to burn, back already or not.

    The latest incident comes first.
    """
    of_it = col(PostmortemRow.id) == col(ActionItemRow.postmortem_id)
    query = (
        columns(ActionItemRow, ActionItem)
        .add_columns(col(PostmortemRow.number))
        .join(PostmortemRow, of_it)
        .where(
            col(ActionItemRow.workspace_id) == workspace_id,
            col(ActionItemRow.owner) == owner,
            col(ActionItemRow.raised_in) == since,
            _of(service),
        )
        .order_by(col(PostmortemRow.id).desc(), col(ActionItemRow.position))
    )
    found = [row._asdict() for row in await run(session, query)]
    numbers = {each["id"]: each.pop("number") for each in found}
    last = await _last_moves(session, numbers, since)
    return [
        MovedItem(key=f"PM-{numbers[item.id]}/{item.position}", item=item, **last[item.id])
        for item in (ActionItem(**each) for each in found)
        if item.id in last
    ]


async def _last_moves(
    session: AsyncSession, items: Collection[int], since: datetime
) -> dict[int | None, dict[str, str]]:
    """How each of these items was raised last, and whether it went back."""
    row = ItemHistoryRow
    query = (
        select(col(row.item_id), col(row.event), col(row.changes))
        .where(col(row.item_id).in_(items), col(row.at) >= since)
        .where(col(row.event).in_((RAISED, LOWERED)))
        .order_by(col(row.id))
    )
    return {
        item_id: dict(zip(("before", "after"), changes["priority"], strict=True))
        for item_id, _event, changes in await run(session, query)
    }


def told_of(workspace_id: str, kind: str, begun: str) -> Select[Any]:
    """The messages about one time that a service burned: their subjects begin so."""
    row = DeliveryRow
    return select(col(row.id)).where(
        col(row.workspace_id) == workspace_id,
        col(row.kind) == kind,
        col(row.subject).startswith(f"{begun}:", autoescape=True),
    )


async def owners(session: AsyncSession, workspace_id: str, service: Service) -> list[str]:
    """Who owns something that the service raised since it burns, or left where it was."""
    of_it = col(PostmortemRow.id) == col(ActionItemRow.postmortem_id)
    query = (
        select(col(ActionItemRow.owner))
        .join(PostmortemRow, of_it)
        .where(
            col(ActionItemRow.workspace_id) == workspace_id,
            col(ActionItemRow.raised_in) == service.burning_since,
            _of(service),
        )
    )
    return sorted(set((await run(session, query)).scalars()))
