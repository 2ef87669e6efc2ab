"""Reports to say things about."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.measures import (
    ClassTrend,
    Completion,
    Durations,
    OpenItems,
    Recurrence,
    Repeats,
    SeverityMix,
    Times,
)
from domain.report import OfQuarter, Report, quarters_until
from domain.windows import EVERYTHING, before, last_months

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 9, 32, tzinfo=UTC)
WINDOW = last_months(6, NOW, ZONE)
NONE = Report(
    months=6,
    scope=EVERYTHING,
    window=WINDOW,
    earlier=before(WINDOW, 6),
    repeats=Repeats(),
    repeats_before=Repeats(),
    recurrence=Recurrence(),
    completion=Completion(),
    completion_before=Completion(),
    times=Times(),
    times_before=Times(),
    open_items=OpenItems(),
    decisions={},
)
LASTED = Durations(known=20, unknown=3, total=20 * 4320, median=240.0)


def report(**said: Any) -> Report:
    """The report of six months in which nothing happened but what is said here."""
    return replace(NONE, **said)


def quarter_by_quarter(repeats: Repeats, completion: Completion) -> tuple[OfQuarter, ...]:
    """The quarters of a report, each with the same numbers."""
    found = quarters_until(WINDOW)
    return tuple(
        OfQuarter(
            quarter=quarter,
            window=window,
            repeats=repeats,
            completion=completion,
            is_running=(quarter, window) == found[-1],
        )
        for quarter, window in found
    )


def full(name: str = "expired credential", service: str = "") -> Report:
    """A report in which every number is some, of six classes that begin with this name."""
    everything = (21, 12, 3, 2, 2, 1, 1)
    names = ("due", "by_date", "later", "cancelled", "accepted", "promoted", "waits")
    done = Completion(**dict(zip(names, everything, strict=True)))
    return report(
        scope=replace(EVERYTHING, service=service),
        repeats=Repeats(repeats=12, tagged=41, untagged=7),
        repeats_before=Repeats(repeats=16, tagged=40, untagged=2),
        recurrence=Recurrence(recurred=5, tagged=20, untagged=1),
        completion=done,
        completion_before=done,
        times=Times(detect=LASTED, recover=LASTED),
        times_before=Times(detect=LASTED, recover=LASTED),
        severities=tuple(
            SeverityMix(month=date(2026, month, 1), p1=1, p2=2, p3=3) for month in range(5, 12)
        ),
        quarters=quarter_by_quarter(Repeats(repeats=3, tagged=12, untagged=1), done),
        classes=tuple(
            ClassTrend(class_id=which, name=f"{name[:59]}{which}", counts=(1, 2, 3, 4, 5))
            for which in range(1, 7)
        ),
        open_items=OpenItems(
            counts={(age, moves): 1 + age + moves for age in range(4) for moves in range(4)}
        ),
        decisions={"implemented": 12, "rescheduled": 3, "cancelled": 2},
    )
