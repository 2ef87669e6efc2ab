"""What the calendar will bring: when, in whose zone, and what, in a few words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import slot
from domain.people import Person

#: When an owner hears of what is due, at their own clock (rule 11).
MORNING = time(9, 30)
#: The monthly review: the first Tuesday, at ten (rules 18 to 20).
REVIEW_WEEKDAY, REVIEW_TIME = 1, time(10)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """Something that somebody has promised for a day; `what` says what ends or is due then."""

    on: date
    who: Person
    what: str
    channel: str | None

    @property
    def at(self) -> datetime:
        """The morning of that day, where they are."""
        return slot(self.on, MORNING, self.who.tzinfo)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """One thing that the calendar brings; `channel` is where it can be seen."""

    at: datetime
    zone: ZoneInfo
    what: str
    is_review: bool = False
    channel: str | None = None


@dataclass(frozen=True, kw_only=True)
class OpenItems:
    """How many items are open, and how many of them need a decision at a review (rule 18)."""

    open: int
    overdue: int
    expired: int

    def in_words(self) -> str:
        """Say so: `14 open items, 5 overdue, 3 expired`."""
        items = f"{self.open} open item{'' if self.open == 1 else 's'}"
        return f"{items}, {self.overdue} overdue, {self.expired} expired"


def review_day(month: date) -> date:
    """Return the first Tuesday of the month that `month` lies in."""
    first = month.replace(day=1)
    return first + timedelta(days=(REVIEW_WEEKDAY - first.weekday()) % 7)


def reviews(after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Every monthly review after the one instant and until the other, which is included."""
    month = after.astimezone(zone).date().replace(day=1)
    while (at := slot(review_day(month), REVIEW_TIME, zone)) <= until:
        if at > after:
            yield at
        month = (month + timedelta(days=31)).replace(day=1)


def kept(promises: Sequence[Promise], after: datetime, until: datetime) -> list[Coming]:
    """The promises whose morning lies after the one instant and until the other."""
    return [
        Coming(at=each.at, zone=each.who.tzinfo, what=each.what, channel=each.channel)
        for each in promises
        if after < each.at <= until
    ]
