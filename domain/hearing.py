"""When somebody hears of what they promised: before, on the day, then weekly (rule 11)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import IntEnum
from itertools import chain

from domain.action_items import ActionItem, ItemState
from domain.programme import Programme
from domain.workdays import WorkingTime


class Need(IntEnum):
    """Why somebody has to look at something, the most pressing first."""

    EXPIRED = 1
    OVERDUE = 2
    DUE_TODAY = 3
    #: Implemented, and it has soaked: does it work (rule 13)?
    EVIDENCE = 4
    #: An accepted risk whose date has come (rule 3).
    RAN_OUT = 5
    #: An incident of the same class happened after it was verified (rule 13).
    INEFFECTIVE = 6
    DUE_SOON = 7


def need(item: ActionItem, programme: Programme, today: date) -> Need | None:
    """Why its owner has to look at an item on this day of theirs; None where they need not."""
    if item.state is ItemState.INEFFECTIVE:
        return Need.INEFFECTIVE
    if item.state is ItemState.IMPLEMENTED:
        return Need.EVIDENCE if item.soaks_until and item.soaks_until <= today else None
    if item.has_expired:
        return Need.EXPIRED
    if not item.is_open or item.due_on > today + timedelta(days=programme.remind_before_days):
        return None
    if item.due_on < today:
        return Need.OVERDUE
    return Need.DUE_TODAY if item.due_on == today else Need.DUE_SOON


def next_hearing(
    item: ActionItem, hours: WorkingTime, programme: Programme, after: datetime
) -> datetime | None:
    """When its owner hears of an item next after that instant, if nothing happens to it.

    It is a morning of theirs on a working day: what falls on another day is told on the next. Of
    one that has expired they hear weekly whenever it is due, for it cannot wait for its date.
    """
    if item.has_expired:
        on = _not_after(hours.today(after), item.due_on, programme)
        return _first(on, hours, programme, after)
    if item.state is ItemState.OPEN:
        ahead = timedelta(days=programme.remind_before_days)
        return _first(item.due_on, hours, programme, after, ahead)
    if item.state is ItemState.IMPLEMENTED and item.soaks_until:
        return _first(item.soaks_until, hours, programme, after)
    if item.state is ItemState.INEFFECTIVE:
        return _first(hours.today(item.verified_at or after), hours, programme, after)
    return None


def next_risk_hearing(
    until: date, hours: WorkingTime, programme: Programme, after: datetime
) -> datetime:
    """When the accepter of a risk hears of it next after that instant (rule 3)."""
    return _first(until, hours, programme, after)


def _first(
    on: date,
    hours: WorkingTime,
    programme: Programme,
    after: datetime,
    ahead: timedelta = timedelta(),
) -> datetime:
    today = hours.today(after)
    days = _weekly(on, timedelta(days=programme.remind_every_days), today)
    if on > today:
        days = chain((on - ahead,), days)
    mornings = (hours.morning(hours.working_day(day)) for day in days)
    return next(morning for morning in mornings if morning > after)


def _not_after(today: date, on: date, programme: Programme) -> date:
    """The day itself, or as many whole cadences before it as are needed for it to have come."""
    every = programme.remind_every_days
    return on - timedelta(days=max(0, -((today - on).days // every)) * every)


def _weekly(on: date, every: timedelta, today: date) -> Iterator[date]:
    """The day itself and then every week, from the last of these before today on.

    What fell on an earlier one was told before today, or on the same morning as this one.
    """
    day = on + max(0, (today - on) // every) * every
    while True:
        yield day
        day += every
