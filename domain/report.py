"""What a report says: the numbers of a window, of the one before, and quarter by quarter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.errors import RuleBroken
from domain.measures import (
    ClassTrend,
    Completion,
    OpenItems,
    Recurrence,
    Repeats,
    SeverityMix,
    Times,
)
from domain.postmortems import SERVICE_MAX
from domain.quarters import Quarter, quarter_of
from domain.windows import EVERYTHING, MONTHS, USUAL_MONTHS, Scope, Window, of_quarters

#: So many quarters stand beside each other, with the running one as the last: so the same quarter
#: of a year ago is among them.
QUARTERS = 5
_AN_INSTANT, _A_DAY = timedelta(microseconds=1), timedelta(days=1)

_MONTHS = re.compile(r"(?P<months>\d+)\s*(?:m|months?)(?:\s+|$)", re.IGNORECASE)
_NO_SUCH_PERIOD = (
    "A report is over 3, 6 or 12 months: write `/postmortem report 3m`, `6m` or `12m`, and a "
    "service after it where you want only that one."
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which report somebody wants: over so many months, of everything or a part."""

    months: int = USUAL_MONTHS
    scope: Scope = EVERYTHING


def read_wanted(words: str) -> Wanted:
    """What `/postmortem report` is followed by: `12m checkout`, or either, or nothing.

    Raises RuleBroken for months that no report is over.
    """
    words = words.strip()
    found = _MONTHS.match(words)
    if found is None:
        return Wanted(scope=Scope(service=_service(words)))
    if int(found["months"]) not in MONTHS:
        raise RuleBroken("", _NO_SUCH_PERIOD)
    service = _service(words[found.end() :])
    return Wanted(months=int(found["months"]), scope=Scope(service=service))


def _service(words: str) -> str:
    return words.strip()[:SERVICE_MAX].rstrip()


@dataclass(frozen=True, kw_only=True)
class OfQuarter:
    """The numbers of one quarter; of the one that is running, those until now."""

    quarter: Quarter
    window: Window
    repeats: Repeats
    completion: Completion
    is_running: bool = False

    @property
    def name(self) -> str:
        """What it is called: `2026 Q3`, or `2026 Q4 so far`."""
        return f"{self.quarter.name} so far" if self.is_running else self.quarter.name

    @property
    def label(self) -> str:
        """The same where there is little room: `2026 Q3`, or `Q4 so far`."""
        return f"Q{self.quarter.number} so far" if self.is_running else self.quarter.name


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that a report says.

    The window ends when it was taken; `earlier` is as many months right before it, and what is
    named `_before` was counted there. The `classes` are counted by the `quarters`, `decisions` by
    the decision, in its own word.
    """

    months: int
    scope: Scope
    window: Window
    earlier: Window
    repeats: Repeats
    repeats_before: Repeats
    recurrence: Recurrence
    completion: Completion
    completion_before: Completion
    times: Times
    times_before: Times
    severities: tuple[SeverityMix, ...] = ()
    quarters: tuple[OfQuarter, ...] = ()
    classes: tuple[ClassTrend, ...] = ()
    open_items: OpenItems
    decisions: Mapping[str, int]

    @property
    def taken_at(self) -> datetime:
        """When the numbers were these."""
        return self.window.until


def last_day(window: Window) -> date:
    """The last day of which something lies in the window."""
    return (window.until - _AN_INSTANT).astimezone(window.zone).date()


def last_whole_day(window: Window) -> date:
    """The last day that lies in it to its end: what is due after it is not late yet."""
    return window.end_day - _A_DAY


def quarters_until(window: Window) -> list[tuple[Quarter, Window]]:
    """The quarters that a report over this window compares, the last of them until its end."""
    found = [quarter_of(window.until.astimezone(window.zone).date())]
    while len(found) < QUARTERS:
        found.insert(0, found[0].before)
    windows = of_quarters(found, window.zone)
    windows[-1] = replace(windows[-1], until=window.until)
    return list(zip(found, windows, strict=True))
