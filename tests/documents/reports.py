"""A report with something of everything, for what writes one down."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.decisions import Decision
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
from domain.open_rows import OpenRow
from domain.programme import Priority
from domain.report import OfQuarter, Report, quarters_until
from domain.windows import EVERYTHING, before, last_months

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
WINDOW = last_months(6, NOW, ZONE)
REPEATED = Repeats(repeats=12, tagged=41, untagged=3)
KEPT = Completion(due=9, by_date=5, later=1, cancelled=1, accepted=0, promoted=0, waits=2)
DETECT = Durations(known=6, unknown=2, total=5400, median=600.0)
RECOVER = Durations(known=5, unknown=3, total=36_000, median=3_720.0)


def report(**fields: Any) -> Report:
    """Give the numbers of six months, told with what a test changes."""
    quarters = tuple(
        OfQuarter(quarter=quarter, window=window, repeats=REPEATED, completion=KEPT)
        for quarter, window in quarters_until(WINDOW)
    )
    running = replace(quarters[-1], repeats=Repeats(repeats=2, tagged=4), is_running=True)
    said = {
        "months": 6,
        "scope": EVERYTHING,
        "window": WINDOW,
        "earlier": before(WINDOW, 6),
        "repeats": REPEATED,
        "repeats_before": Repeats(repeats=16, tagged=40),
        "recurrence": Recurrence(recurred=2, tagged=4, untagged=5),
        "completion": KEPT,
        "completion_before": Completion(due=4, by_date=4),
        "times": Times(detect=DETECT, recover=RECOVER),
        "times_before": Times(),
        "severities": (SeverityMix(month=date(2026, 6, 1), p1=1, p2=2, p3=0),),
        "quarters": (*quarters[:-1], running),
        "classes": (ClassTrend(class_id=1, name="=capacity", counts=(1, 0, 2, 3, 1)),),
        "open_items": OpenItems(counts={(0, 0): 3, (3, 2): 1}),
        "decisions": {Decision.RESCHEDULE: 4, Decision.CANCEL: 2},
    }
    return Report(**{**said, **fields})


def row(**fields: Any) -> OpenRow:
    """Give an open item that is late."""
    said = {
        "id": 1,
        "key": "PM-7/1",
        "what": "Drain connections first",
        "service": "checkout",
        "owner": "U2",
        "priority": Priority.P1,
        "due_on": date(2026, 11, 20),
        "overdue": 11,
        "reschedules": 2,
        "age": 40,
        "stands": "overdue",
    }
    return OpenRow(**{**said, **fields})
