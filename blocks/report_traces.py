"""Every number of a report, in the words it is chosen by, with what is asked to see behind it.

A number that is nought has nothing behind it and is not offered.
"""

from dataclasses import replace

from blocks.trace_rows import (
    completion_rows,
    of_window,
    repeats_rows,
    severity_rows,
    severity_sums,
    short_name,
    times_rows,
    untimed_rows,
)
from blocks.traces import Trace
from domain.behind import Asked, Which
from domain.decisions import Decision
from domain.headlines import age, moves
from domain.measures import AGES, MOVES_MOST, OpenItems
from domain.report import Report
from domain.windows import months_of


def headline_traces(report: Report) -> list[Trace]:
    """What the headline counts: repeats, tagged and untagged incidents."""
    return of_window(repeats_rows(report.repeats), report.window, report.scope)


def recurrence_traces(report: Report) -> list[Trace]:
    """What the recurrence counts."""
    found = report.recurrence
    rows = (
        (found.recurred, f"{found.recurred} came again", Which.RECURRED),
        (found.tagged, f"{found.tagged} older than six months", Which.OLD),
        (found.untagged, f"{found.untagged} untagged of that age", Which.OLD_UNTAGGED),
    )
    return of_window(rows, report.window, report.scope)


def further_repeats_traces(report: Report) -> list[Trace]:
    """What the comparison and the two charts count: the time before, quarters, classes."""
    before = of_window(repeats_rows(report.repeats_before), report.earlier, report.scope)
    quarters = [
        replace(each, words=f"{quarter.name}: {each.words}")
        for quarter in report.quarters
        for each in of_window(repeats_rows(quarter.repeats), quarter.window, report.scope)
    ]
    named = f"The {report.months} months before"
    return [
        *(replace(each, words=f"{named}: {each.words}") for each in before),
        *quarters,
        *_class_sums(report),
        *_classes(report),
    ]


def _classes(report: Report) -> list[Trace]:
    return [
        Trace(
            words=f"{short_name(each.name)}, {quarter.name}: {count}",
            asked=Asked(
                which=Which.TAGGED,
                window=quarter.window,
                scope=replace(report.scope, class_id=each.class_id),
            ),
        )
        for each in report.classes
        for quarter, count in zip(report.quarters, each.counts, strict=True)
        if count
    ]


def _class_sums(report: Report) -> list[Trace]:
    if not report.quarters:
        return []
    first, last = report.quarters[0].window, report.quarters[-1].window
    return [
        Trace(
            words=f"{short_name(each.name)}, all {len(report.quarters)} quarters: {each.total}",
            asked=Asked(
                which=Which.TAGGED,
                window=replace(first, until=last.until),
                scope=replace(report.scope, class_id=each.class_id),
            ),
        )
        for each in report.classes
        if each.total
    ]


def completion_traces(report: Report) -> list[Trace]:
    """What became of the items that were due."""
    return of_window(completion_rows(report.completion), report.window, report.scope)


def further_item_traces(report: Report) -> list[Trace]:
    """What the comparison and the chart count: items due in the time before and by quarter."""
    before = of_window(completion_rows(report.completion_before), report.earlier, report.scope)
    quarters = [
        replace(each, words=f"{quarter.name}: {each.words}")
        for quarter in report.quarters
        for each in of_window(completion_rows(quarter.completion), quarter.window, report.scope)
    ]
    named = f"The {report.months} months before"
    return [*(replace(each, words=f"{named}: {each.words}") for each in before), *quarters]


def open_traces(report: Report) -> list[Trace]:
    """The open items: all, the old ones, those moved often; and by age and moves."""
    found = report.open_items
    if not found.total:
        return []
    everything = Asked(which=Which.OPEN, window=report.window, scope=report.scope)
    old, moved = found.of_age(len(AGES)), found.moved(MOVES_MOST)
    sums = [
        (found.total, f"All {found.total} open", everything),
        (old, f"{_first_up(age(len(AGES)))}: {old}", replace(everything, age=len(AGES))),
        (moved, f"{_first_up(moves(MOVES_MOST))}: {moved}", replace(everything, moves=MOVES_MOST)),
    ]
    told = [Trace(words=words, asked=asked) for number, words, asked in sums if number]
    return [*told, *_cells(found, everything)]


def _cells(found: OpenItems, everything: Asked) -> list[Trace]:
    return [
        Trace(
            words=f"{_first_up(age(place))}, {moves(times)}: {found.counts[place, times]}",
            asked=replace(everything, age=place, moves=times),
        )
        for place in range(len(AGES) + 1)
        for times in range(MOVES_MOST + 1)
        if found.counts.get((place, times))
    ]


def _first_up(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def decision_traces(report: Report) -> list[Trace]:
    """What was decided, by the decision."""
    asked = Asked(which=Which.DECIDED, window=report.window, scope=report.scope)
    return [
        Trace(words=f"{number} {each}", asked=replace(asked, event=each.value))
        for each in Decision
        if (number := report.decisions.get(each, 0))
    ]


def times_traces(report: Report) -> list[Trace]:
    """The incidents that say how long they took, and those that do not."""
    rows = [*times_rows(report.times), *untimed_rows(report.times)]
    return of_window(rows, report.window, report.scope)


def further_times_traces(report: Report) -> list[Trace]:
    """The same in the time before, and the incidents of each severity, in all and by month."""
    named = f"The {report.months} months before"
    earlier = [*times_rows(report.times_before), *untimed_rows(report.times_before)]
    before = of_window(earlier, report.earlier, report.scope)
    months = {each.first_day.replace(day=1): each for each in months_of(report.window)}
    mixes = [
        trace
        for mix in report.severities
        if mix.month in months
        for trace in of_window(severity_rows(mix), months[mix.month], report.scope)
    ]
    sums = of_window(severity_sums(report.severities), report.window, report.scope)
    return [*(replace(each, words=f"{named}: {each.words}") for each in before), *sums, *mixes]
