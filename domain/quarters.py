"""Quarters of a year: how they are called, and where each begins and ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import slot

#: So many quarters are compared, with the one that is looked at as the last.
COMPARED = 4

_KEY = re.compile(r"(?P<year>\d{4})-Q(?P<number>[1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year; `number` is 1 to 4."""

    year: int
    number: int

    @property
    def key(self) -> str:
        """How it is stored: `2026-Q3`."""
        return f"{self.year:04d}-Q{self.number}"

    @property
    def name(self) -> str:
        """What people call it: `2026 Q3`."""
        return f"{self.year} Q{self.number}"

    @property
    def begins(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def before(self) -> "Quarter":
        """The quarter before."""
        return quarter_of(self.begins - timedelta(days=1))

    @property
    def next(self) -> "Quarter":
        """The quarter after."""
        return quarter_of(self.begins + timedelta(days=100))


def quarter_of(day: date) -> Quarter:
    """The quarter in which this day is."""
    return Quarter(day.year, (day.month + 2) // 3)


def read_quarter(key: str) -> Quarter:
    """The quarter that is stored so; ValueError for anything else."""
    found = _KEY.fullmatch(key)
    if found is None:
        raise ValueError(key)
    return Quarter(int(found["year"]), int(found["number"]))


def compared(quarter: Quarter) -> list[Quarter]:
    """The quarters that are compared, the one that is looked at last."""
    found = [quarter]
    while len(found) < COMPARED:
        found.append(found[-1].before)
    return found[::-1]


def bounds(quarters: Sequence[Quarter], zone: ZoneInfo) -> list[datetime]:
    """The instants at which these quarters in a row begin in a zone, and the one of their end."""
    days = [*(each.begins for each in quarters), quarters[-1].next.begins]
    return [slot(day, time(0), zone) for day in days]
