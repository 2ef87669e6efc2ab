"""A line that somebody logs while it happens, or soon after: `14:03 failover started`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.postmortems import Facts
from domain.timeline import CLOCKS_DIFFER, Source, TimelineEntry, entry_in, read_timeline
from domain.times import HALF_A_DAY, Bearings, read_moment
from domain.unclear import Unclear, why_not

A_DAY, HOUR, A_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
#: A time that came on more days than this is not looked for on every one of them.
DAYS_TRIED = 3
#: What is said of a line that begins with a word: it means now.
_NO_TIME = why_not("")
#: What people write before a time when they tell it: `at 14:03 failover started`.
_AT = re.compile(r"\A(?:at\s+|@\s*)(?=[0-9])", re.IGNORECASE)
_AGO = re.compile(
    r"(?P<number>[0-9]{1,3})\s*(?:(?P<hours>h|hrs?|hours?)|m|mins?|minutes?)\s+ago\b[\s,:-]*(?P<text>.+)",
    re.IGNORECASE | re.DOTALL,
)


def read_logged(
    text: str, zone: ZoneInfo, now: datetime, facts: Facts | None = None
) -> list[TimelineEntry]:
    """Read what was logged: one line with a time, or without one (now), or a line for each entry.

    A time without a day is the one within the incident of these `facts`; where it came more than
    once, or does not read as a time, Unclear says what to write. Without facts it is today's, or
    that of the night before. `10 minutes ago` is counted back. Several lines are read
    like the timeline's form (RuleBroken).
    """
    lines = [line for line in text.splitlines() if line.strip()]
    today = now.astimezone(zone).date()
    if len(lines) > 1:
        begin = facts.started_at if facts else _midnight(today, zone)
        entries = read_timeline(text, zone, begin, today, "text")
    else:
        entries = [_read_line(text.strip(), zone, now, facts)]
    return [replace(entry, source=Source.LOGGED) for entry in entries]


def _read_line(line: str, zone: ZoneInfo, now: datetime, facts: Facts | None) -> TimelineEntry:
    if ago := _AGO.fullmatch(line):
        passed = int(ago["number"]) * (HOUR if ago["hours"] else A_MINUTE)
        return entry_in(now - passed, ago["text"])
    try:
        at, text = _Clock(zone, now, facts).read(_AT.sub("", line))
    except Unclear as unclear:
        if str(unclear) != _NO_TIME:
            raise
        at, text = now, line
    return entry_in(at, text)


class _Clock:
    """Finds the day of a time that was written without one."""

    def __init__(self, zone: ZoneInfo, now: datetime, facts: Facts | None) -> None:
        self._zone = zone
        self._today = now.astimezone(zone).date()
        self._latest = now + CLOCKS_DIFFER
        self._lead = HALF_A_DAY if facts else timedelta()
        self._first = facts.started_at if facts else now - HALF_A_DAY
        if facts and facts.recovered_at:
            self._latest = min(self._latest, facts.recovered_at + HALF_A_DAY)

    def read(self, line: str) -> tuple[datetime, str]:
        readings = self._readings(line)
        text = next(iter(readings.values()))
        inside = [at for at in readings if self._first <= at <= self._latest]
        if len(readings) > 1 and len(inside) > 1:
            raise Unclear(
                "this time came on more than one day of the incident. Write the day before it, "
                f"like today, yesterday or {self._today}."
            )
        before = [at for at in readings if self._first - self._lead <= at < self._first]
        today = [at for at in readings if at.astimezone(self._zone).date() == self._today]
        return next(iter([*inside, *before, *today, *readings])), text

    def _readings(self, line: str) -> dict[datetime, str]:
        """What the line says on each day it may be about; one that names its day says one thing."""
        readings = {}
        days = [*self._days()]
        # Where a line names another zone, its day begins or ends beside ours.
        for day in (*days, days[0] - A_DAY, days[-1] + A_DAY):
            before = _midnight(day, self._zone)
            bearings = Bearings(zone=self._zone, before=before, today=self._today)
            try:
                at, text = read_moment(line, bearings)
            except Unclear:
                if day in days:
                    raise
            else:
                readings[at] = text
        return dict(sorted(readings.items()))

    def _days(self) -> Iterator[date]:
        day = (self._first - self._lead).astimezone(self._zone).date()
        last = self._latest.astimezone(self._zone).date()
        tried = 0
        while day < last and tried < DAYS_TRIED:
            yield day
            day, tried = day + A_DAY, tried + 1
        yield last


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
