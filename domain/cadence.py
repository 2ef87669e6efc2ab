"""When a monthly review is held: on a weekday of the month, or on a day of it (rule 18)."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from domain.errors import RuleBroken

#: Every month has these; the days behind them only some have.
DAYS_MAX = 28
#: The last weekday, or day, of a month.
LAST = -1

_ORDINALS = ("first", "second", "third", "fourth", "last")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK = 7
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}


@dataclass(frozen=True)
class OnWeekday:
    """The first to fourth of a weekday in the month, or its LAST; 1 is Monday, 7 Sunday."""

    nth: int
    weekday: int


@dataclass(frozen=True)
class OnDay:
    """A day of the month from 1 to DAYS_MAX, or its LAST."""

    day: int


Cadence = OnWeekday | OnDay


def parse(text: str) -> Cadence:
    """Read `first tuesday`, `last friday`, `15` or `last`; RuleBroken on `review_day` otherwise."""
    said = " ".join(text.lower().split())
    if said == "last":
        return OnDay(LAST)
    if re.fullmatch(r"[0-9]{1,2}", said) and 1 <= int(said) <= DAYS_MAX:
        return OnDay(int(said))
    nth, _, weekday = said.partition(" ")
    if nth in _ORDINALS and weekday in _WEEKDAYS:
        place = _ORDINALS.index(nth) + 1
        return OnWeekday(LAST if nth == "last" else place, _WEEKDAYS.index(weekday) + 1)
    raise RuleBroken(
        "review_day",
        f"Choose a weekday of the month, like first Tuesday, or a day of it from 1 to {DAYS_MAX}, "
        "or its last.",
    )


def written(cadence: Cadence) -> str:
    """The text that `parse` reads as this."""
    if isinstance(cadence, OnWeekday):
        return f"{_ordinal(cadence)} {_WEEKDAYS[cadence.weekday - 1]}"
    return "last" if cadence.day == LAST else str(cadence.day)


def _ordinal(cadence: OnWeekday) -> str:
    return "last" if cadence.nth == LAST else _ORDINALS[cadence.nth - 1]


def _everything() -> Iterator[Cadence]:
    nths = (1, 2, 3, 4, LAST)
    yield from (OnWeekday(nth, day) for nth in nths for day in range(1, _WEEK + 1))
    yield from (OnDay(day) for day in (*range(1, DAYS_MAX + 1), LAST))


def choices() -> Mapping[str, str]:
    """Everything there is to choose: the text that is kept → what is shown, `First Tuesday`."""
    return _CHOICES


def words(cadence: Cadence) -> str:
    """When that is, within a sentence: `on the first Tuesday of each month`."""
    return f"on the {_named(cadence)} of each month"


def _named(cadence: Cadence) -> str:
    if isinstance(cadence, OnWeekday):
        return f"{_ordinal(cadence)} {_WEEKDAYS[cadence.weekday - 1].title()}"
    if cadence.day == LAST:
        return "last day"
    return f"{cadence.day}{_ENDINGS.get(cadence.day, 'th')}"


def _shown(cadence: Cadence) -> str:
    named = _named(cadence)
    return f"{named[0].upper()}{named[1:]}"


_CHOICES: Mapping[str, str] = MappingProxyType(
    {written(each): _shown(each) for each in _everything()}
)


def day_in(cadence: Cadence, year: int, month: int) -> date:
    """The day that is meant in a month, whoever works on it."""
    first, length = date(year, month, 1), monthrange(year, month)[1]
    if isinstance(cadence, OnDay):
        return first.replace(day=length if cadence.day == LAST else cadence.day)
    if cadence.nth == LAST:
        last = first.replace(day=length)
        return last - timedelta(days=(last.isoweekday() - cadence.weekday) % _WEEK)
    ahead = (cadence.weekday - first.isoweekday()) % _WEEK
    return first + timedelta(days=ahead + _WEEK * (cadence.nth - 1))


def occasions(cadence: Cadence, after: date) -> Iterator[date]:
    """One day a month, from the first that comes after this day on."""
    month = after.replace(day=1)
    while True:
        found = day_in(cadence, month.year, month.month)
        if found > after:
            yield found
        month = (month + timedelta(days=31)).replace(day=1)
