"""Local days and wall times as instants: what the clock of a place says, whatever it does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_A_SECOND = timedelta(seconds=1)


def slot(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which clocks in `zone` show `at` on `day`, one for every day.

    A time shown twice means its first showing; one that is skipped, the moment of the skip. This
    is what the clock's duties count by: one message per kind, subject and local day, whatever the
    clocks do. None of them has a local time yet; the first reminder will.
    """
    wall = datetime.combine(day, at.replace(fold=0, tzinfo=None), zone)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    return _end_of_gap(wall.replace(fold=1).astimezone(UTC), instant, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant after `before` at which the zone's offset is the one of `after`."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > _A_SECOND:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
