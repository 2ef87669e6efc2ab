"""When the lines of a timeline happened: which day each is on, and at which instant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from documents.foreign.clocks import Clocks
from documents.foreign.days import Day
from documents.foreign.instants import instant
from documents.foreign.timeline_lines import Line

HALF_A_DAY = timedelta(hours=12)
#: A day without a year that lies so far back is in the year after.
MOST_OF_A_YEAR = timedelta(days=300)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A line and its instant; None where nothing says its day, or it says neither day nor time.

    One that says its day and no time stands where that day begins: it is not timed.
    """

    line: Line
    at: datetime | None

    @property
    def is_timed(self) -> bool:
        """Whether it says itself at which time of its day it happened."""
        return self.at is not None and self.line.moment.clock is not None


def placed(lines: Sequence[Line], anchor: date | None, clocks: Clocks) -> Iterator[Placed]:
    """Say when each line happened.

    A time without a day is on the day of the line before it, or on the next one when that lies
    more than twelve hours back; the first is on the `anchor`, the day the document is about. Words
    alone are on the day of the heading they stand below.
    """
    day, before, headed = anchor, None, None
    for line in lines:
        moment = line.moment
        own = _date(moment.day, day or anchor)
        if own is not None:
            day, before = own, None
            headed = own if line.is_day else None
        if day is None or (moment.day and own is None):
            yield Placed(line=line, at=None)
            continue
        if moment.clock is None:
            yield Placed(line=line, at=_begins(own or headed, clocks.zone) if line.text else None)
            continue
        zone = clocks.of(moment)
        before = _at(moment.clock, day, zone, before)
        day = before.astimezone(zone).date()
        headed = headed if headed == day else None
        yield Placed(line=line, at=before)


def _begins(day: date | None, zone: tzinfo) -> datetime | None:
    return None if day is None else instant(day, time(), zone)


def _date(day: Day | None, near: date | None) -> date | None:
    """The date; one without a year is in the year of what it is `near`, or the one after."""
    if day is None or (day.year is None and near is None):
        return None
    year = near.year if near else 0
    found = day.on(year)
    if found and near and day.year is None and near - found > MOST_OF_A_YEAR:
        return day.on(year + 1)
    return found


def _at(clock: time, day: date, zone: tzinfo, before: datetime | None) -> datetime:
    at = instant(day, clock, zone)
    if before is not None and at < before - HALF_A_DAY:
        return instant(day + timedelta(days=1), clock, zone)
    return at
