"""What is to be done about monthly reviews, and when: called, begun, reminded of (rules 19, 20).

Everything is worked out anew from how things stand: what is due is whatever has come and was not
done yet, also where the clock stood still or the settings were changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count, takewhile

from domain import cadence
from domain.calendar import slot
from domain.programme import Programme
from domain.reviews import Review
from domain.workdays import WorkingTime

#: A review that nobody was there to call is held all the same so long after its day.
CAUGHT_UP_FOR = timedelta(days=7)
#: One that is closed so shortly before another was due is that one, however early it was told.
INSTEAD = timedelta(days=7)
#: Without a closed review for so long the channel is told; for so long, that the programme stopped.
A_MONTH, A_QUARTER = timedelta(days=31), timedelta(days=92)
#: How things stand is looked at so often, whatever is due next.
LOOK_EVERY = timedelta(days=1)
#: Nothing was said yet about reviews that nobody closes.
NOTHING_SAID = -1

_A_DAY = timedelta(days=1)
#: No row of holidays is longer: a day that was put off by them is not further away.
_LONGEST_BREAK = 60


class Step(StrEnum):
    """Something that the clock does about monthly reviews."""

    CALL = "call"
    #: When it was to be called there was nothing to be walked: so none is held this month.
    LEAVE_OUT = "leave out"
    BEGIN = "begin"
    REMIND = "remind"
    ESCALATE = "escalate"
    ALERT = "alert"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """How a workspace's reviews stand, with the hours of where they are held.

    `reviews_since` is when their cadence was last set, `last_due_on` the day of the last one,
    `left_out_on` that of the last one that had nothing to walk when it was to be called,
    `last_closed_at` when one was closed last, `first_written_at` when the first item was written.
    `current` is called or under way. `is_anything_open` says whether there is anything to walk.
    `alerted` is the last alert since the last one was closed: 0 after a month, then one a quarter.
    """

    programme: Programme
    hours: WorkingTime
    reviews_since: datetime | None = None
    last_due_on: date | None = None
    left_out_on: date | None = None
    last_closed_at: datetime | None = None
    first_written_at: datetime | None = None
    current: Review | None = None
    is_anything_open: bool = True
    alerted: int = NOTHING_SAID

    @property
    def since(self) -> datetime | None:
        """Since when no review was closed; None before there was anything to walk."""
        return self.last_closed_at or self.first_written_at


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """When a review is held by the settings, on which day there, and when it is called."""

    due_on: date
    due_at: datetime
    call_at: datetime


@dataclass(frozen=True, kw_only=True)
class Due:
    """A step and its instant; of an alert its number."""

    step: Step
    at: datetime
    number: int = 0


def steps(standing: Situation, now: datetime) -> list[Due]:
    """What is to be done next as things stand, the first first; what has come by now is due."""
    found = [*_of_review(standing, now), *_alerts(standing, now)]
    return sorted(found, key=lambda each: each.at)


def next_look(found: list[Due], now: datetime) -> datetime:
    """When to look again: at the next step, and never later than LOOK_EVERY from now."""
    return min([now + LOOK_EVERY, *(each.at for each in found if each.at > now)])


def next_occasion(standing: Situation, now: datetime) -> Occasion:
    """When the next review is held, or was to be held while nobody was there to call it."""
    from_now_on = now - CAUGHT_UP_FOR
    return next(each for each in occasions(standing, from_now_on) if each.due_at >= from_now_on)


def _of_review(standing: Situation, now: datetime) -> Iterator[Due]:
    if standing.current is not None:
        yield from _of_current(standing, standing.current)
    elif not standing.is_anything_open:
        yield Due(step=Step.LEAVE_OUT, at=next_occasion(standing, now).call_at)
    elif standing.programme.review_channel:
        yield Due(step=Step.CALL, at=next_occasion(standing, now).call_at)


def _of_current(standing: Situation, review: Review) -> Iterator[Due]:
    if review.started_at is None:
        yield Due(step=Step.BEGIN, at=review.due_at)
        return
    hours, programme = standing.hours, standing.programme
    day = hours.today(review.started_at)
    if review.reminded_at is None:
        yield Due(step=Step.REMIND, at=_morning(hours, day, programme.reminded_days))
    if review.escalated_at is None:
        yield Due(step=Step.ESCALATE, at=_morning(hours, day, programme.escalated_days))


def _alerts(standing: Situation, now: datetime) -> Iterator[Due]:
    """The last alert that has come, where it was not given, and the one after it."""
    if standing.since is None or not standing.is_anything_open:
        return
    not_before = _alarms_nobody_before(standing, standing.since)
    day = standing.hours.today(standing.since)

    def at(number: int) -> datetime:
        on = standing.hours.working_day(day + (A_QUARTER * number or A_MONTH))
        return max(standing.hours.morning(on), not_before)

    come = list(takewhile(lambda number: at(number) <= now, count(standing.alerted + 1)))
    following = (come[-1] if come else standing.alerted) + 1
    for number in (*come[-1:], following):
        yield Due(step=Step.ALERT, at=at(number), number=number)


def _alarms_nobody_before(standing: Situation, since: datetime) -> datetime:
    """When the lead hears that the next review is not closed: months can be 35 days apart."""
    review = standing.current
    if review is not None:
        day = standing.hours.today(review.started_at or review.due_at)
    else:
        held = occasions(standing, since)
        day = next(each.due_on for each in held if each.due_at > since)
    return _morning(standing.hours, day, standing.programme.escalated_days)


def occasions(standing: Situation, after: datetime) -> Iterator[Occasion]:
    """Whenever a review is held by the settings, from before that instant on, if it still counts.

    It does with the whole notice that it was set with, and not where it was held by now, or left
    out; nor where another was closed only within its notice, or a week: that one is held instead.
    """
    begin = standing.hours.today(after) - _LONGEST_BREAK * _A_DAY
    for day in cadence.occasions(cadence.parse(standing.programme.review_day), begin):
        found = _occasion(standing, day)
        if _counts(standing, found):
            yield found


def _occasion(standing: Situation, day: date) -> Occasion:
    hours, programme = standing.hours, standing.programme
    held_on = called_on = hours.working_day(day)
    for _ in range(programme.told_days):
        called_on = _working_day_before(hours, called_on)
    due_at = slot(held_on, programme.review_time, hours.zone)
    return Occasion(due_on=held_on, due_at=due_at, call_at=hours.morning(called_on))


def _counts(standing: Situation, found: Occasion) -> bool:
    days, set_at = (standing.last_due_on, standing.left_out_on), standing.reviews_since
    closed_at = standing.last_closed_at
    return (
        (set_at is None or found.call_at >= set_at)
        and (closed_at is None or max(found.call_at, found.due_at - INSTEAD) > closed_at)
        and all(found.due_on > day for day in days if day is not None)
    )


def _working_day_before(hours: WorkingTime, day: date) -> date:
    earlier = (day - ago * _A_DAY for ago in range(1, _LONGEST_BREAK))
    return next((each for each in earlier if hours.is_working_day(each)), day - _A_DAY)


def _morning(hours: WorkingTime, day: date, later: int) -> datetime:
    """The morning of the working day that is so many of them later."""
    for _ in range(later):
        day = hours.working_day(day + _A_DAY)
    return hours.morning(day)
