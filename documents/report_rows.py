"""The numbers of a report as rows of one shape, for spreadsheets and for the command line.

Each says what was measured, of what, over which days, and what it was counted from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from domain.headlines import age, decisions, moves
from domain.measures import Completion, Durations, Repeats, Times
from domain.report import Report, last_day, last_whole_day
from domain.windows import Window


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number: `part` of a `whole`, or a `part` alone; a rate of too few has no `percent`.

    `of` is a class, a severity or whatever the measure is told apart by. The days are those of the
    window's zone, from the first to the last; what is counted as things stand has only the latter.
    Times are in seconds, and their `whole` is of how many incidents.
    """

    measure: str
    of: str = ""
    since: date | None = None
    until: date | None = None
    part: int | float | None = None
    whole: int | None = None
    percent: int | None = None


def numbers(report: Report) -> list[Number]:
    """Every number of a report: of its window, of the one before, by quarter and by month."""
    return [
        *_within(report.window, _repeats(report.repeats)),
        *_within(report.earlier, _repeats(report.repeats_before)),
        *_recurrence(report),
        *_due_within(report.window, _completion(report.completion)),
        *_due_within(report.earlier, _completion(report.completion_before)),
        *_within(report.window, _times(report.times)),
        *_within(report.earlier, _times(report.times_before)),
        *_by_quarter(report),
        *_classes(report),
        *_severities(report),
        *_open_items(report),
        *_within(report.window, _decisions(report)),
    ]


def _within(window: Window, found: Iterable[Number]) -> Iterator[Number]:
    for each in found:
        yield replace(each, since=window.first_day, until=last_day(window))


def _due_within(window: Window, found: Iterable[Number]) -> Iterator[Number]:
    """Of what was due: today is not over, so it is no part."""
    for each in found:
        yield replace(each, since=window.first_day, until=last_whole_day(window))


def _repeats(found: Repeats, measure: str = "repeat rate", of: str = "") -> Iterator[Number]:
    yield Number(measure=measure, of=of, part=found.repeats, whole=found.tagged, percent=found.rate)
    yield Number(measure="untagged incidents", of=of, part=found.untagged, whole=found.incidents)


def _recurrence(report: Report) -> Iterator[Number]:
    found = report.recurrence
    yield Number(
        measure="recurrence within six months",
        until=last_day(report.window),
        part=found.recurred,
        whole=found.tagged,
        percent=found.rate,
    )
    yield Number(
        measure="untagged incidents",
        of="older than six months",
        until=last_day(report.window),
        part=found.untagged,
        whole=found.tagged + found.untagged,
    )


def _completion(found: Completion) -> Iterator[Number]:
    ends = (
        ("by the original date", found.by_date, found.rate),
        ("by now", found.by_date + found.later, found.rate_in_the_end),
    )
    for of, number, rate in ends:
        yield Number(measure="completion", of=of, part=number, whole=found.due, percent=rate)
    ways = (
        ("implemented later", found.later),
        ("still open", found.waits),
        ("cancelled", found.cancelled),
        ("accepted as a risk", found.accepted),
        ("promoted to a project", found.promoted),
    )
    for way, number in ways:
        yield Number(measure="items due", of=way, part=number, whole=found.due)


def _times(found: Times) -> Iterator[Number]:
    yield from _took("time to detect", found.detect)
    yield from _took("time to recover", found.recover)


def _took(measure: str, found: Durations) -> Iterator[Number]:
    for of, seconds in (("median", found.median), ("mean", found.mean)):
        told = None if seconds is None else round(seconds)
        yield Number(measure=measure, of=of, part=told, whole=found.known)
    yield Number(
        measure="incidents that do not say",
        of=measure,
        part=found.unknown,
        whole=found.known + found.unknown,
    )


def _by_quarter(report: Report) -> Iterator[Number]:
    for each in report.quarters:
        done = each.completion
        completed = Number(
            measure="completion by quarter",
            of=each.name,
            part=done.by_date,
            whole=done.due,
            percent=done.rate,
        )
        repeated = _repeats(each.repeats, "repeat rate by quarter", each.name)
        yield from _within(each.window, repeated)
        yield from _due_within(each.window, [completed])


def _classes(report: Report) -> Iterator[Number]:
    for trend in report.classes:
        for each, number in zip(report.quarters, trend.counts, strict=True):
            of = f"{trend.name}, {each.name}"
            told = Number(measure="incidents by class", of=of, part=number)
            yield from _within(each.window, [told])


def _severities(report: Report) -> Iterator[Number]:
    for each in report.severities:
        whole = each.p1 + each.p2 + each.p3
        for severity, number in (("P1", each.p1), ("P2", each.p2), ("P3", each.p3)):
            of = f"{severity} in {each.month:%Y-%m}"
            since = max(each.month, report.window.first_day)
            yield Number(measure="severity mix", of=of, since=since, part=number, whole=whole)


def _open_items(report: Report) -> Iterator[Number]:
    found, until = report.open_items, last_day(report.window)
    for (place, times), number in sorted(found.counts.items()):
        of = f"{age(place)}, {moves(times)}"
        yield Number(measure="open items", of=of, until=until, part=number, whole=found.total)


def _decisions(report: Report) -> Iterator[Number]:
    for decision, number in decisions(report):
        yield Number(measure="decisions", of=decision, part=number)
