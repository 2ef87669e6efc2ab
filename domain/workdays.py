"""Working days: Monday to Friday where somebody is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import slot
from domain.coming import MORNING

_A_DAY = timedelta(days=1)
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether people are asked for anything on this day."""
    return day.weekday() < _SATURDAY


def mornings(after: datetime, zone: ZoneInfo, number: int) -> list[datetime]:
    """The mornings of the next so many working days after the day of `after`, at 09:30 there."""
    found: list[datetime] = []
    day = after.astimezone(zone).date()
    while len(found) < number:
        day += _A_DAY
        if is_working_day(day):
            found.append(slot(day, MORNING, zone))
    return found
