"""What people have promised for a day: action items, and until when risks are accepted."""

from datetime import date
from typing import Any

from sqlalchemy import Row, and_, func, select
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import REVIEWS_TO_LIVE, ItemState
from domain.coming import OpenItems, Promise
from domain.people import Person
from storage.statements import run
from storage.tables import AcceptedRiskRow, ActionItemRow, PersonRow, PostmortemRow

_PERSON = (col(PersonRow.name), col(PersonRow.zone))
_PLACE = (col(PostmortemRow.number), col(PostmortemRow.channel))
_OPEN = col(ActionItemRow.state) == ItemState.OPEN


async def due(session: AsyncSession, workspace_id: str, first: date, last: date) -> list[Promise]:
    """Open items due on one of these days, both included."""
    on, who = col(ActionItemRow.due_on), col(ActionItemRow.owner)
    query = (
        _with_person(ActionItemRow, who, workspace_id)
        .add_columns(on.label("on"), who.label("id"), col(ActionItemRow.position))
        .where(on.between(first, last), _OPEN)
        .order_by(on, col(ActionItemRow.id))
    )
    rows = (await run(session, query)).all()
    return [_promise(row, f"PM-{row.number}/{row.position} is due") for row in rows]


async def running_out(
    session: AsyncSession, workspace_id: str, first: date, last: date
) -> list[Promise]:
    """Accepted risks whose until-date is one of these days, both included (rule 3)."""
    on, who = col(AcceptedRiskRow.until), col(AcceptedRiskRow.accepter)
    query = (
        _with_person(AcceptedRiskRow, who, workspace_id)
        .add_columns(on.label("on"), who.label("id"))
        .where(on.between(first, last))
        .order_by(on, col(AcceptedRiskRow.id))
    )
    rows = (await run(session, query)).all()
    return [_promise(row, f"the risk accepted in PM-{row.number} runs out") for row in rows]


def _with_person(row: type[SQLModel], who: Any, workspace_id: str) -> Any:
    person = and_(col(PersonRow.workspace_id) == workspace_id, col(PersonRow.id) == who)
    mine: Any = row
    return (
        select(*_PERSON, *_PLACE)
        .select_from(row)
        .join(PostmortemRow, col(PostmortemRow.id) == mine.postmortem_id)
        .outerjoin(PersonRow, person)
        .where(mine.workspace_id == workspace_id)
    )


def _promise(row: Row[Any], what: str) -> Promise:
    person = Person(id=row.id, name=row.name or row.id, zone=row.zone or "UTC")
    return Promise(on=row.on, who=person, what=f"{what} ({person.name})", channel=row.channel)


async def open_items(session: AsyncSession, workspace_id: str, today: date) -> OpenItems:
    """How many items are open, overdue and expired."""
    overdue = func.count().filter(col(ActionItemRow.due_on) < today)
    expired = func.count().filter(col(ActionItemRow.reviews_seen) >= REVIEWS_TO_LIVE)
    query = select(func.count(), overdue, expired).where(
        col(ActionItemRow.workspace_id) == workspace_id, _OPEN
    )
    row = (await run(session, query)).one()
    return OpenItems(open=row[0], overdue=row[1], expired=row[2])
