"""Stretches of time that are measured, and what of the programme is: all of it, or a part."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from domain.calendar import slot
from domain.postmortems import Tier
from domain.quarters import Quarter, bounds

#: For how many months a report can be asked, and which one is given where nobody says.
MONTHS = (3, 6, 12)
USUAL_MONTHS = 6


@dataclass(frozen=True, kw_only=True)
class Window:
    """From an instant to before another; its days are those of `zone`."""

    since: datetime
    until: datetime
    zone: ZoneInfo

    def __contains__(self, at: datetime) -> bool:
        """Whether an instant lies in it."""
        return self.since <= at < self.until

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return self.since.astimezone(self.zone).date()

    @property
    def end_day(self) -> date:
        """The day before which its last whole day is: what is due today is not late yet."""
        return self.until.astimezone(self.zone).date()

    def has_day(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first_day <= day < self.end_day


def last_months(months: int, now: datetime, zone: ZoneInfo) -> Window:
    """The last so many months, from midnight of the day that many months ago until now."""
    today = now.astimezone(zone).date()
    return Window(since=slot(_earlier(today, months), time(0), zone), until=now, zone=zone)


def before(window: Window, months: int) -> Window:
    """As many months right before a window."""
    since = slot(_earlier(window.first_day, months), time(0), window.zone)
    return Window(since=since, until=window.since, zone=window.zone)


def _earlier(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def of_quarters(quarters: Sequence[Quarter], zone: ZoneInfo) -> list[Window]:
    """The windows of these quarters in a row."""
    edges = pairwise(bounds(quarters, zone))
    return [Window(since=start, until=end, zone=zone) for start, end in edges]


def months_of(window: Window) -> list[Window]:
    """The window month by month of the calendar; the first and the last may be parts of theirs."""
    day = window.first_day.replace(day=1)
    begins = []
    while (next_month := _earlier(day, -1)) < window.end_day:
        begins.append(slot(next_month, time(0), window.zone))
        day = next_month
    edges = pairwise([window.since, *begins, window.until])
    return [Window(since=start, until=end, zone=window.zone) for start, end in edges if start < end]


class Dimension(StrEnum):
    """By what the numbers can be told apart."""

    SERVICE = "service"
    CLASS = "causal class"
    TIER = "tier"
    #: The channel of the team that answers for a service.
    CHANNEL = "team channel"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What is measured: everything, or only what all that is named here holds of.

    `service` is its name, however cased; `channel` the id of a team's channel.
    """

    service: str = ""
    class_id: int | None = None
    tier: Tier | None = None
    channel: str = ""


EVERYTHING = Scope()
