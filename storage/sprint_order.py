"""Open items in the order of the sprint list: `domain.sprint.risk`, worked out by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Subquery, and_, case, func, literal, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain import sprint
from domain.calendar import slot
from domain.item_search import Asker
from domain.windows import Scope
from storage.became import IS_OPEN
from storage.item_search import visible
from storage.meta_reviews import IS_INCIDENT
from storage.scopes import SERVICE, Rows, within
from storage.statements import run
from storage.tables import (
    ActionItemRow,
    CausalClassRow,
    PostmortemRow,
    ServiceRow,
    TaggingRow,
)

_ITEM, _OF = ActionItemRow, PostmortemRow
#: What the order rests on, beside what is counted.
_WEIGHED = ("id", "due_on", "created_at", "reschedules", "priority")
_TOLD = ("id", "repeats", "burned", "burning", "is_hidden", "total", "private")
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class When:
    """When a list is made; its days are those of `zone`."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The day there."""
        return self.now.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        """The instant at which a day begins there."""
        return slot(day, time(0), self.zone)


@dataclass(frozen=True, kw_only=True)
class Frequent:
    """A causal class, and how many incidents of the last year have it."""

    id: int
    name: str
    incidents: int


async def frequent(session: AsyncSession, workspace_id: str, now: datetime) -> list[Frequent]:
    """The classes of the incidents of the last year, the one that most of them have first.

    They are asked for by themselves: a database would count them anew for every item.
    """
    incidents = func.count().label("incidents")
    query = (
        select(col(CausalClassRow.id), func.max(col(CausalClassRow.name)).label("name"), incidents)
        .select_from(PostmortemRow)
        .join(TaggingRow, col(TaggingRow.postmortem_id) == col(_OF.id))
        .join(CausalClassRow, col(CausalClassRow.id) == col(TaggingRow.class_id))
        .where(col(_OF.workspace_id) == workspace_id, _counts(now))
        .group_by(col(CausalClassRow.id))
        .order_by(incidents.desc(), col(CausalClassRow.id))
    )
    return [Frequent(**row._asdict()) for row in await run(session, query)]


def _counts(now: datetime) -> ColumnElement[bool]:
    """Whether a postmortem is of an incident of the last year."""
    began = col(_OF.started_at)
    return and_(began >= now - sprint.A_YEAR, began <= now, IS_INCIDENT)


def riskiest(
    workspace_id: str,
    scope: Scope,
    asker: Asker,
    when: When,
    classes: Sequence[Frequent],
    most: int,
) -> Subquery:
    """The first so many: `id`, `repeats`, `burned`, `burning`, `total`, `private`, `risk`.

    Those that the asker may not see come last, `is_hidden`: where there are no others, they say how
    many there are.
    """
    item = _all(workspace_id, scope, asker, when, classes)
    risk = _risk(item, when).label("risk")
    in_order = select(*(item.c[name] for name in _TOLD), risk).order_by(
        item.c.is_hidden, risk.desc(), item.c.due_on, item.c.id
    )
    return in_order.limit(most).subquery()


def _all(
    workspace_id: str, scope: Scope, asker: Asker, when: When, classes: Sequence[Frequent]
) -> Subquery:
    """All that is listed, with what its risk is made of."""
    services = _services(workspace_id)
    is_hidden = hidden_from(asker)
    query: Rows = select(
        *(getattr(_ITEM, name) for name in _WEIGHED),
        _repeats(classes, when.now).label("repeats"),
        services.c.burned,
        func.coalesce(services.c.burning, 0).label("burning"),
        is_hidden.label("is_hidden"),
        # They keep SQLite, too, from working out each of these once more wherever it is named.
        func.count().filter(is_hidden == 0).over().label("total"),
        func.count().filter(is_hidden == 1).over().label("private"),
    )
    query = (
        query.select_from(_ITEM)
        .join(PostmortemRow, col(_OF.id) == col(_ITEM.postmortem_id))
        .outerjoin(services, services.c.name == SERVICE)
        .where(
            col(_ITEM.workspace_id) == workspace_id,
            IS_OPEN,
            col(_ITEM.created_at) >= when.midnight(when.today - sprint.LISTED_FOR),
            *within(workspace_id, scope),
        )
    )
    return query.subquery()


def hidden_from(asker: Asker) -> ColumnElement[int]:
    """1 where an item is of a private channel and the asker may not see it, else 0."""
    return case((visible(asker), 0), else_=1)


def _repeats(classes: Sequence[Frequent], now: datetime) -> ColumnElement[int]:
    """Other incidents of the class of the item's incident that came most often."""
    if not classes:
        return literal(0)
    number = case({each.id: each.incidents for each in classes}, value=col(TaggingRow.class_id))
    most = (
        select(func.max(number))
        .where(col(TaggingRow.postmortem_id) == col(_OF.id))
        .correlate(PostmortemRow)
        .scalar_subquery()
    )
    return func.coalesce(most - case((_counts(now), 1), else_=0), 0)


def _services(workspace_id: str) -> Subquery:
    """What is known of each service's error budget, by its name in lower case."""
    name = func.lower(col(ServiceRow.name)).label("name")
    query = select(
        name,
        func.max(col(ServiceRow.burned)).label("burned"),
        func.count(col(ServiceRow.burning_since)).label("burning"),
    ).where(col(ServiceRow.workspace_id) == workspace_id)
    return query.group_by(name).subquery()


def _risk(item: Subquery, when: When) -> ColumnElement[int]:
    return (
        sprint.PER_REPEAT * _at_most(item.c.repeats, sprint.REPEATS_MOST)
        + _months(item, when)
        + sprint.PER_MOVE * _at_most(item.c.reschedules, sprint.MOVES_MOST)
        + case(dict(sprint.BY_PRIORITY), value=item.c.priority)
        + _budget(item)
    )


def _at_most(number: ColumnElement[Any], most: int) -> ColumnElement[int]:
    return case((number < most, number), else_=most)


def _months(item: Subquery, when: When) -> ColumnElement[int]:
    days = list(enumerate(sprint.months_ago(when.today), 1))
    ends = [(when.midnight(day + _A_DAY), number) for number, day in reversed(days)]
    return case(*((item.c.created_at < end, number) for end, number in ends), else_=0)


def _budget(item: Subquery) -> ColumnElement[int]:
    quarters = range(sprint.QUARTERS_MOST, 0, -1)
    return case(
        (item.c.burning > 0, sprint.BURNING),
        *((item.c.burned >= sprint.A_QUARTER * each, each) for each in quarters),
        else_=0,
    )
