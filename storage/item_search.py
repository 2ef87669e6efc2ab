"""Action items in lists: whose, how they stand, of which service."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.coming import OpenItems
from domain.item_search import PAGE, STATES, Asker, ItemFound, ItemsPage, ItemsWanted, Which
from storage import people
from storage.action_items import OUTLIVED
from storage.statements import run
from storage.tables import ActionItemRow, PersonRow, PostmortemRow, TicketRow

_OF_ITEM = (
    *("id", "position", "what", "owner", "due_on", "state", "reschedules"),
    *("reviews_seen", "reviews_to_live"),
    *("progress", "soaks_until"),
    *("ticket", "ticket_url", "ticket_closed", "ticket_trouble"),
)
_OF_POSTMORTEM = ("number", "service", "is_private")
_IS_OPEN = col(ActionItemRow.state) == ItemState.OPEN
_HAS_EXPIRED = and_(_IS_OPEN, OUTLIVED)


async def find(
    session: AsyncSession, workspace_id: str, wanted: ItemsWanted, asker: Asker, today: date
) -> ItemsPage:
    """One page of what was wanted: what has expired first, then the longest overdue.

    Then come the others that go on, by their day, and those that ended, the newest first.
    Of private channels only what is the asker's own, or of a channel they are in; of private
    postmortems that were imported and have no channel only their own, and the lead all.
    """
    chosen = [
        *_narrowed(workspace_id, wanted),
        visible(asker),
        *_standing(wanted.which, today),
    ]
    query = _listed().where(*chosen).order_by(*_order(today)).limit(PAGE).offset(wanted.offset)
    rows = (await run(session, query)).all()
    met = await people.known(session, workspace_id, {row.owner for row in rows})
    gone = {each.id for each in met.values() if each.is_deactivated}
    states, standing = await _counted(session, chosen, today)
    return ItemsPage(
        found=[ItemFound(**row._asdict(), has_left=row.owner in gone) for row in rows],
        total=sum(states.values()),
        standing=standing,
        states=states,
    )


def _order(today: date) -> tuple[Any, ...]:
    due_on = col(ActionItemRow.due_on)
    goes_on = col(ActionItemRow.state).in_(STATES[Which.GOING_ON])
    return (
        _HAS_EXPIRED.desc(),
        and_(_IS_OPEN, due_on < today).desc(),
        goes_on.desc(),
        case((goes_on, due_on)),
        due_on.desc(),
        col(ActionItemRow.id),
    )


def _listed() -> Select[Any]:
    items = (getattr(ActionItemRow, name) for name in _OF_ITEM)
    of_postmortem = (getattr(PostmortemRow, name) for name in _OF_POSTMORTEM)
    its_ticket = col(TicketRow.item_id) == col(ActionItemRow.id)
    lost = func.coalesce(col(TicketRow.is_gone), False).label("has_lost_ticket")
    return _joined(*items, *of_postmortem, lost).outerjoin(TicketRow, its_ticket)


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


def visible(asker: Asker) -> ColumnElement[bool]:
    """Whether an item, joined with its postmortem, is one that the asker may see."""
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
    session: AsyncSession, chosen: Sequence[ColumnElement[bool]], today: date
) -> tuple[Mapping[ItemState, int], OpenItems]:
    state = col(ActionItemRow.state)
    overdue = func.count().filter(col(ActionItemRow.due_on) < today)
    expired = func.count().filter(OUTLIVED)
    query = _joined(state, func.count(), overdue, expired).where(*chosen).group_by(state)
    counted = {row[0]: row[1:] for row in await run(session, query)}
    still = counted.get(ItemState.OPEN, (0, 0, 0))
    standing = OpenItems(open=still[0], overdue=still[1], expired=still[2])
    return {each: counts[0] for each, counts in counted.items()}, standing


async def called(session: AsyncSession, workspace_id: str, name: str) -> list[str]:
    """The ids of those known people of the workspace who are called so, in any case."""
    query = select(col(PersonRow.id)).where(
        col(PersonRow.workspace_id) == workspace_id,
        func.lower(col(PersonRow.name)) == func.lower(name),
    )
    return list((await run(session, query)).scalars())
