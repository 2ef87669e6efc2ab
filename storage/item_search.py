"""Action items in lists: whose, how they stand, of which service."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import REVIEWS_TO_LIVE, ItemState
from domain.coming import OpenItems
from domain.item_search import PAGE, STATES, Asker, ItemFound, ItemsPage, ItemsWanted, Which
from storage.statements import run
from storage.tables import ActionItemRow, PersonRow, PostmortemRow

_OF_ITEM = (
    *("id", "position", "what", "owner", "due_on", "state", "reschedules", "reviews_seen"),
    *("progress", "soaks_until"),
)
_OF_POSTMORTEM = ("number", "service", "is_private")
_IS_OPEN = col(ActionItemRow.state) == ItemState.OPEN
_HAS_EXPIRED = and_(_IS_OPEN, col(ActionItemRow.reviews_seen) >= REVIEWS_TO_LIVE)


async def find(
    session: AsyncSession, workspace_id: str, wanted: ItemsWanted, asker: Asker, today: date
) -> ItemsPage:
    """One page of what was wanted: what has expired first, then the longest overdue.

    Of private channels only what is the asker's own, or of a channel they are in; of private
    postmortems that were imported and have no channel only their own, and the lead all.
    """
    conditions = [*_narrowed(workspace_id, wanted), _visible(asker)]
    chosen = [*conditions, *_standing(wanted.which, today)]
    is_all = wanted.which is Which.ALL
    due_on = col(ActionItemRow.due_on)
    query = (
        _listed()
        .where(*chosen)
        .order_by(_HAS_EXPIRED.desc(), due_on.desc() if is_all else due_on, col(ActionItemRow.id))
        .limit(PAGE)
        .offset(wanted.offset)
    )
    rows = (await run(session, query)).all()
    return ItemsPage(
        found=[ItemFound(**row._asdict()) for row in rows],
        total=int((await run(session, _joined(func.count()).where(*chosen))).scalar_one()),
        standing=await _counted(session, conditions, today),
    )


def _listed() -> Select[Any]:
    items = (getattr(ActionItemRow, name) for name in _OF_ITEM)
    return _joined(*items, *(getattr(PostmortemRow, name) for name in _OF_POSTMORTEM))


def _joined(*columns: Any) -> Select[Any]:
    of_it = col(PostmortemRow.id) == col(ActionItemRow.postmortem_id)
    return select(*columns).select_from(ActionItemRow).join(PostmortemRow, of_it)


def _narrowed(workspace_id: str, wanted: ItemsWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(ActionItemRow.workspace_id) == workspace_id]
    if wanted.owner:
        found.append(col(ActionItemRow.owner) == wanted.owner)
    if wanted.service:
        found.append(func.lower(col(PostmortemRow.service)) == func.lower(wanted.service))
    return found


def _visible(asker: Asker) -> ColumnElement[bool]:
    homeless = [col(PostmortemRow.channel).is_(None)] if asker.is_lead else []
    return or_(
        col(PostmortemRow.is_private).is_(False),
        col(ActionItemRow.owner) == asker.id,
        col(PostmortemRow.channel).in_(asker.channels),
        *homeless,
    )


def _standing(which: Which, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(ActionItemRow.state).in_(STATES[which])]
    if which is Which.OVERDUE:
        found.append(col(ActionItemRow.due_on) < today)
    if which is Which.EXPIRED:
        found.append(_HAS_EXPIRED)
    return found


async def _counted(
    session: AsyncSession, conditions: Sequence[ColumnElement[bool]], today: date
) -> OpenItems:
    overdue = func.count().filter(col(ActionItemRow.due_on) < today)
    expired = func.count().filter(col(ActionItemRow.reviews_seen) >= REVIEWS_TO_LIVE)
    query = _joined(func.count(), overdue, expired).where(*conditions, _IS_OPEN)
    row = (await run(session, query)).one()
    return OpenItems(open=row[0], overdue=row[1], expired=row[2])


async def called(session: AsyncSession, workspace_id: str, name: str) -> list[str]:
    """The ids of those known people of the workspace who are called so, in any case."""
    query = select(col(PersonRow.id)).where(
        col(PersonRow.workspace_id) == workspace_id,
        func.lower(col(PersonRow.name)) == func.lower(name),
    )
    return list((await run(session, query)).scalars())
