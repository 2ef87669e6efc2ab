"""Which incidents repeat an earlier one, and which came again within six months (rules 22, 23).

Both are told by the few that did not. Of a class only the very first incident repeats none, and
only one that no other followed within six months did not recur: so a report over any number of
incidents compares with a handful, and what is counted and what is listed are the same.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import col

from domain.windows import Scope
from storage.instants import month_of, six_months_later
from storage.meta_reviews import IS_INCIDENT
from storage.tables import CausalClassRow, PostmortemRow, TaggingRow

#: Untyped, for what is compared with them is of the query too.
_ID: Any = col(PostmortemRow.id)
_BEGAN: Any = col(PostmortemRow.started_at)
_CLASS: Any = col(TaggingRow.class_id)
_TAGGED: Any = col(TaggingRow.postmortem_id) == _ID
#: Whether an incident has any class.
HAS_CLASS = select(col(TaggingRow.postmortem_id)).where(_TAGGED).correlate(PostmortemRow).exists()


def is_repeat(workspace_id: str, since: datetime, scope: Scope) -> ColumnElement[bool]:
    """Whether an incident that began since then shares a class with any earlier one (rule 22)."""
    return and_(HAS_CLASS, _ID.not_in(not_repeats(workspace_id, since, scope)))


def not_repeats(workspace_id: str, since: datetime, scope: Scope) -> Select[Any]:
    """The ids of the tagged incidents since then that share no class with any earlier one."""
    return _in_all_its_classes(firsts(workspace_id, since, scope), scope)


def not_recurred(workspace_id: str, at: datetime, scope: Scope) -> Select[Any]:
    """The ids of the incidents none of whose classes came again within six months until then."""
    return _in_all_its_classes(_lasts(workspace_id, at, scope), scope)


def first_of(workspace_id: str, class_id: Any, since: datetime | None = None) -> Select[Any]:
    """The first incident of a class; it may be left out where there is none before `since`."""
    began = [] if since is None else [since <= _BEGAN]
    return (
        select(_ID)
        .join(TaggingRow, _TAGGED)
        .where(
            col(PostmortemRow.workspace_id) == workspace_id,
            col(TaggingRow.workspace_id) == workspace_id,
            class_id == _CLASS,
            *began,
            IS_INCIDENT,
        )
        .order_by(_BEGAN, _ID)
        .limit(1)
    )


def _in_all_its_classes(found: Select[Any], scope: Scope) -> Select[Any]:
    """Those incidents that were found by each of their classes that counts."""
    few = found.cte().prefix_with("MATERIALIZED")
    number = select(func.count()).where(col(TaggingRow.postmortem_id) == few.c.id)
    if scope.class_id is not None:
        number = number.where(scope.class_id == _CLASS)
    return (
        select(few.c.id)
        .where(few.c.id.is_not(None))  # else nothing is known to be outside
        .group_by(few.c.id)
        .having(func.count() == number.correlate(few).scalar_subquery())
    )


def firsts(workspace_id: str, since: datetime, scope: Scope) -> Select[Any]:
    """The first incident of each class that had none before: its `class_id` and its `id`."""
    known = col(CausalClassRow.id)
    older = first_of(workspace_id, known).order_by(None).limit(None).where(since > _BEGAN)
    first = first_of(workspace_id, known, since).correlate(CausalClassRow).scalar_subquery()
    query = select(known.label("class_id"), first.label("id")).where(
        col(CausalClassRow.workspace_id) == workspace_id,
        ~older.correlate(CausalClassRow).exists(),
    )
    return query if scope.class_id is None else query.where(known == scope.class_id)


def _lasts(workspace_id: str, at: datetime, scope: Scope) -> Select[Any]:
    """The incidents that none of the same class followed within six months, with each such class.

    Within a month all but the last are followed in time; so the ends of months are compared.
    """
    months = _months(workspace_id, at, scope).subquery("months")
    next_began = func.lead(months.c.first_began).over(
        partition_by=months.c.class_id, order_by=months.c.first_began
    )
    ends = select(months.c.class_id, months.c.last_began, next_began.label("next")).subquery("ends")
    which = (
        select(func.max(_ID))
        .join(TaggingRow, _TAGGED)
        .where(
            col(PostmortemRow.workspace_id) == workspace_id,
            ends.c.last_began == _BEGAN,
            ends.c.class_id == _CLASS,
            IS_INCIDENT,
        )
    )
    return select(which.correlate(ends).scalar_subquery().label("id")).where(
        or_(ends.c.next.is_(None), ends.c.next > six_months_later(ends.c.last_began))
    )


def _months(workspace_id: str, at: datetime, scope: Scope) -> Select[Any]:
    """When the first and the last incident of each class and month began, until then.

    Taggings are not looked up by their workspace: SQLite would begin with them, and find the
    incidents one by one.
    """
    month = month_of(_BEGAN)
    query = (
        select(
            _CLASS,
            func.min(_BEGAN, type_=_BEGAN.type).label("first_began"),
            func.max(_BEGAN, type_=_BEGAN.type).label("last_began"),
        )
        .select_from(PostmortemRow)
        .join(TaggingRow, _TAGGED)
        .where(col(PostmortemRow.workspace_id) == workspace_id, at >= _BEGAN, IS_INCIDENT)
        .group_by(_CLASS, month)
    )
    return query if scope.class_id is None else query.where(scope.class_id == _CLASS)
