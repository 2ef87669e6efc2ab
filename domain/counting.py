"""The measures of rules 22 and 23, counted over small records.

The database counts the same over any number of rows (`storage.measures`, `storage.kept_promises`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from domain.action_items import ItemState
from domain.measures import (
    AGES,
    MOVES_MOST,
    SIX_MONTHS,
    Completion,
    Durations,
    OpenItems,
    Recurrence,
    Repeats,
    SeverityMix,
    Times,
)
from domain.postmortems import Severity, Tier
from domain.windows import EVERYTHING, Scope, Window, months_of


@dataclass(frozen=True, kw_only=True)
class Incident:
    """What is counted of an incident; `channel` is that of the team of its service."""

    id: int
    started_at: datetime
    classes: frozenset[int] = frozenset()
    detected_at: datetime | None = None
    recovered_at: datetime | None = None
    severity: Severity = Severity.P3
    service: str = ""
    tier: Tier = Tier.STANDARD
    channel: str = ""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What is counted of an action item, with the incident it was promised after."""

    incident: Incident
    original_due_on: date
    created_on: date
    state: ItemState = ItemState.OPEN
    implemented_on: date | None = None
    reschedules: int = 0


def is_within(incident: Incident, scope: Scope) -> bool:
    """Whether an incident belongs to what is measured."""
    return (
        (not scope.service or incident.service.lower() == scope.service.lower())
        and (scope.class_id is None or scope.class_id in incident.classes)
        and (scope.tier is None or incident.tier == scope.tier)
        and (not scope.channel or incident.channel == scope.channel)
    )


def repeats(incidents: Sequence[Incident], window: Window, scope: Scope = EVERYTHING) -> Repeats:
    """How many incidents of the window share a class with any earlier one (rule 22).

    `incidents` are all there ever were, of any service. Of two that began in the same instant the
    one that was written down first is the earlier. Where one class is measured, only it counts.
    """
    chosen = [one for one in incidents if one.started_at in window and is_within(one, scope)]
    tagged = [one for one in chosen if one.classes]
    first = _first(incidents)
    again = [
        one
        for one in tagged
        if any(first[each] < _order(one) for each in _counted(one.classes, scope))
    ]
    return Repeats(repeats=len(again), tagged=len(tagged), untagged=len(chosen) - len(tagged))


def _order(incident: Incident) -> tuple[datetime, int]:
    return incident.started_at, incident.id


def _first(incidents: Iterable[Incident]) -> dict[int, tuple[datetime, int]]:
    """When each class came up first."""
    found: dict[int, tuple[datetime, int]] = {}
    for one in incidents:
        for each in one.classes:
            found[each] = min(found.get(each, _order(one)), _order(one))
    return found


def _counted(classes: frozenset[int], scope: Scope) -> frozenset[int]:
    return classes if scope.class_id is None else classes & {scope.class_id}


def recurrence(
    incidents: Sequence[Incident], at: datetime, scope: Scope = EVERYTHING
) -> Recurrence:
    """How many of the incidents older than six months had a class that recurred within them.

    `incidents` are all there ever were. A later one that began six months after to the second
    counts. Where one class is measured, only it counts (rule 23).
    """
    old = [one for one in incidents if one.started_at <= at - SIX_MONTHS and is_within(one, scope)]
    tagged = [one for one in old if one.classes]
    came_again = [one for one in tagged if _recurs(one, incidents, scope)]
    return Recurrence(recurred=len(came_again), tagged=len(tagged), untagged=len(old) - len(tagged))


def _recurs(one: Incident, incidents: Sequence[Incident], scope: Scope) -> bool:
    counted = _counted(one.classes, scope)
    return any(
        counted & other.classes
        for other in incidents
        if _order(one) < _order(other) and other.started_at <= one.started_at + SIX_MONTHS
    )


def completion(
    promises: Sequence[Promise], window: Window, scope: Scope = EVERYTHING
) -> Completion:
    """What became of the items whose original due date lies in the window (rule 23)."""
    due = [
        one
        for one in promises
        if window.has_day(one.original_due_on) and is_within(one.incident, scope)
    ]
    ways = Counter(_became(one) for one in due)
    return Completion(due=len(due), **ways)


#: What ended otherwise counts as not completed, and is shown. What was implemented stays so, also
#: where it turned out not to last and something else was decided then: a past window keeps its
#: numbers. Only what was opened again waits again.
_ENDINGS = {
    ItemState.CANCELLED: "cancelled",
    ItemState.ACCEPTED: "accepted",
    ItemState.PROMOTED: "promoted",
}


def _became(one: Promise) -> str:
    if one.implemented_on is None:
        return _ENDINGS.get(one.state, "waits")
    return "by_date" if one.implemented_on <= one.original_due_on else "later"


def times(incidents: Sequence[Incident], window: Window, scope: Scope = EVERYTHING) -> Times:
    """How long incidents of the window took to be detected, and to be recovered from (rule 23)."""
    chosen = [one for one in incidents if one.started_at in window and is_within(one, scope)]
    return Times(
        detect=_durations(chosen, lambda one: one.detected_at),
        recover=_durations(chosen, lambda one: one.recovered_at),
    )


def _durations(
    incidents: Sequence[Incident], end: Callable[[Incident], datetime | None]
) -> Durations:
    """Of whole seconds, each instant cut down to its own; nothing ends before it begins."""
    ends = [(one.started_at, at) for one in incidents if (at := end(one)) is not None]
    seconds = [max(0, _second(at) - _second(start)) for start, at in ends]
    return Durations(
        known=len(seconds),
        unknown=len(incidents) - len(seconds),
        total=sum(seconds),
        median=float(median(seconds)) if seconds else None,
    )


def _second(at: datetime) -> int:
    return int(at.replace(microsecond=0).timestamp())


def severities(
    incidents: Sequence[Incident], window: Window, scope: Scope = EVERYTHING
) -> list[SeverityMix]:
    """How many incidents of each severity began in each month of the window."""
    return [
        SeverityMix(month=month.first_day.replace(day=1), **_mix(incidents, month, scope))
        for month in months_of(window)
    ]


def _mix(incidents: Sequence[Incident], month: Window, scope: Scope) -> dict[str, int]:
    chosen = [one for one in incidents if one.started_at in month and is_within(one, scope)]
    return Counter(one.severity.lower() for one in chosen)


def open_items(promises: Sequence[Promise], today: date, scope: Scope = EVERYTHING) -> OpenItems:
    """The open items by age and by how often each was moved."""
    chosen = [
        one for one in promises if one.state is ItemState.OPEN and is_within(one.incident, scope)
    ]
    return OpenItems(
        counts=Counter(
            (place_of((today - one.created_on).days), min(one.reschedules, MOVES_MOST))
            for one in chosen
        )
    )


def place_of(days: int) -> int:
    """The place of an age in days among AGES: up to the first, up to the second, ..."""
    return sum(days > each for each in AGES)
