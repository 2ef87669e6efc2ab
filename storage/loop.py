"""How the loop stands at one instant, in all workspaces: what is owed, promised and accepted.

Whoever watches the process asks every few seconds, so all of it is counted in indexes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from storage.action_items import OUTLIVED
from storage.deliveries import LATE_AFTER
from storage.statements import run
from storage.tables import AcceptedRiskRow, ActionItemRow, DeliveryRow
from storage.tables.columns import Instant

_INSTANT = Instant()


@dataclass(frozen=True, kw_only=True)
class Items:
    """How many items are in one state; how many of those are past their date, or expired."""

    number: int = 0
    overdue: int = 0
    expired: int = 0


@dataclass(frozen=True, kw_only=True)
class Loop:
    """Numbers of all workspaces together.

    A message that is owed is counted once: it waits for its time (`scheduled`) or, after a failure,
    for the next attempt (`retrying`); or its time has come (`due`), by more than LATE_AFTER
    (`late`). `given_up` is owed no more. `oldest_due` is when the first of what is due or late
    became so. `items` names every state; `overdue` and `expired` are among the open ones, and
    `risks_run_out` among the accepted risks that nobody has ended yet.
    """

    scheduled: int
    retrying: int
    due: int
    late: int
    given_up: int
    oldest_due: datetime | None
    items: dict[ItemState, int]
    overdue: int
    expired: int
    accepted_risks: int
    risks_run_out: int


async def snapshot(session: AsyncSession, now: datetime, today: date) -> Loop:
    """Count everything as it stands.

    An item is overdue when its date was before `today`; a risk has run out when its date has come.
    """
    owed = (await run(session, _owed(now))).one()._asdict()
    items = await _items(session, today)
    risks = (await run(session, _risks(today))).one()._asdict()
    still = items.get(ItemState.OPEN, Items())
    numbers = {state: items.get(state, Items()).number for state in ItemState}
    return Loop(items=numbers, overdue=still.overdue, expired=still.expired, **owed, **risks)


def _owed(now: datetime) -> Select[*tuple[Any, ...]]:
    due, failed = col(DeliveryRow.due_at), col(DeliveryRow.last_error).is_not(None)
    has_come, is_late = due <= now, due <= now - LATE_AFTER
    given_up = select(func.count()).where(col(DeliveryRow.given_up_at).is_not(None))
    return select(
        func.count().filter(~has_come, ~failed).label("scheduled"),
        func.count().filter(~has_come, failed).label("retrying"),
        func.count().filter(has_come, ~is_late).label("due"),
        func.count().filter(is_late).label("late"),
        func.min(due, type_=_INSTANT).filter(has_come).label("oldest_due"),
        given_up.scalar_subquery().label("given_up"),
    ).where(due.is_not(None))


async def _items(session: AsyncSession, today: date) -> dict[ItemState, Items]:
    state = col(ActionItemRow.state)
    query = select(
        state,
        func.count().label("number"),
        func.count().filter(col(ActionItemRow.due_on) < today).label("overdue"),
        func.count().filter(OUTLIVED).label("expired"),
    ).group_by(state)
    rows = [row._asdict() for row in (await run(session, query)).all()]
    return {row.pop("state"): Items(**row) for row in rows}


def _risks(today: date) -> Select[*tuple[Any, ...]]:
    has_come = col(AcceptedRiskRow.until) <= today
    return select(
        func.count().label("accepted_risks"),
        func.count().filter(has_come).label("risks_run_out"),
    ).where(col(AcceptedRiskRow.ended_on).is_(None))
