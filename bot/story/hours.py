"""When people do what the story says of a day: at work, each where they live."""

from datetime import date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from domain.calendar import slot
from domain.workdays import WorkingTime

MORNING, MINUTES_AT_WORK = time(9, 20), 440
SATURDAY = 5


def at_work(day: datetime, zone: str, what: str) -> datetime:
    """A time of that day at which somebody of this zone works; the same for the same `what`.

    On a weekend it is the Monday after.
    """
    local = day.astimezone(ZoneInfo(zone)).date()
    local += timedelta(days=max(0, 7 - local.weekday()) if local.weekday() >= SATURDAY else 0)
    minutes = crc32(what.encode()) % MINUTES_AT_WORK
    return slot(local, MORNING, ZoneInfo(zone)) + timedelta(minutes=minutes)


def of_late(hours: WorkingTime, minutes: int, now: datetime) -> datetime:
    """So many minutes into the last working day on which that has passed by now."""
    day = hours.today(now)
    while not hours.is_working_day(day) or _into(hours, day, minutes) > now:
        day -= timedelta(days=1)
    return _into(hours, day, minutes)


def _into(hours: WorkingTime, day: date, minutes: int) -> datetime:
    return hours.morning(day) + timedelta(minutes=minutes)
