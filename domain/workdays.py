"""When somebody works: their zone, their hours, their week, their public holidays (rule 11)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import slot
from domain.programme import Programme

#: Whether nobody works on a day.
Holidays = Callable[[date], bool]
#: The code of no country, which has no holidays.
NO_COUNTRY = ""
#: Nobody hears of the same thing twice within this time.
REST = timedelta(hours=12)

_A_DAY = timedelta(days=1)
#: Longer than any row of holidays: beyond it a calendar without a working day would never end.
_LONGEST_BREAK = 60


@dataclass(frozen=True, kw_only=True)
class WorkingTime:
    """When somebody can be asked for something; `weekdays` are ISO numbers, Monday is 1."""

    zone: ZoneInfo
    begins: time
    ends: time
    weekdays: frozenset[int]
    is_holiday: Holidays

    def is_working_day(self, day: date) -> bool:
        """Whether they work on this day."""
        return day.isoweekday() in self.weekdays and not self.is_holiday(day)

    def working_day(self, day: date) -> date:
        """This day if they work on it, else the next on which they do."""
        for ahead in range(_LONGEST_BREAK):
            if self.is_working_day(day + ahead * _A_DAY):
                return day + ahead * _A_DAY
        return day

    def morning(self, day: date) -> datetime:
        """The instant at which their work begins on a day."""
        return slot(day, self.begins, self.zone)

    def today(self, now: datetime) -> date:
        """The date where they are."""
        return now.astimezone(self.zone).date()

    def is_at_work(self, now: datetime) -> bool:
        """Whether this is within their hours of a working day."""
        day = self.today(now)
        return self.is_working_day(day) and self.morning(day) <= now < self._evening(day)

    def next_at_work(self, now: datetime) -> datetime:
        """Now if they are at work, else the next instant at which they will be."""
        if self.is_at_work(now):
            return now
        day = self.today(now)
        is_over = now >= self.morning(day)
        return self.morning(self.working_day(day + _A_DAY if is_over else day))

    def _evening(self, day: date) -> datetime:
        return slot(day, self.ends, self.zone)


def working_time(programme: Programme, zone: ZoneInfo, is_holiday: Holidays) -> WorkingTime:
    """When somebody in this zone works, as their workspace has set it."""
    return WorkingTime(
        zone=zone,
        begins=programme.work_begins,
        ends=programme.work_ends,
        weekdays=frozenset(map(int, programme.working_days)),
        is_holiday=is_holiday,
    )


def mornings(after: datetime, hours: WorkingTime, number: int) -> list[datetime]:
    """The mornings of the next so many working days after the day of `after`.

    A morning before whoever is meant had their REST does not count.
    """
    found: list[datetime] = []
    day = hours.today(after)
    while len(found) < number:
        day = hours.working_day(day + _A_DAY)
        if (morning := hours.morning(day)) >= after + REST:
            found.append(morning)
    return found
