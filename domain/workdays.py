"""Working days: Monday to Friday where somebody is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import slot
from domain.coming import MORNING

#: Nobody hears of the same thing twice within this time.
REST = timedelta(hours=12)

_A_DAY = timedelta(days=1)
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether people are asked for anything on this day."""
    return day.weekday() < _SATURDAY


def mornings(after: datetime, zone: ZoneInfo, number: int) -> list[datetime]:
    """The mornings of the next so many working days after the day of `after`, at 09:30 there.

    A morning before whoever is meant had their REST does not count.
    """
    found: list[datetime] = []
    day = after.astimezone(zone).date()
    while len(found) < number:
        day += _A_DAY
        morning = slot(day, MORNING, zone)
        if is_working_day(day) and morning >= after + REST:
            found.append(morning)
    return found
