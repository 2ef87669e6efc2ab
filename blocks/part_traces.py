"""What is behind the numbers of each part of a breakdown, as far as it has a name."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from blocks.trace_rows import Row, of_window, repeats_rows, short_name, times_rows
from blocks.traces import Trace
from domain.behind import Which
from domain.headlines import amount
from domain.measures import Part
from domain.postmortems import Tier
from domain.report import Report
from domain.windows import Dimension, Scope


def part_traces(parts: Iterable[Part], report: Report, by: Dimension) -> list[Trace]:
    """The incidents behind the numbers of each part of a breakdown that has a name."""
    return _of_parts(parts, report, by, lambda part: repeats_rows(part.repeats))


def further_part_traces(parts: Iterable[Part], report: Report, by: Dimension) -> list[Trace]:
    """What is behind the times and the completion of each of them."""
    return _of_parts(parts, report, by, _further)


def _further(part: Part) -> list[Row]:
    done = part.completion
    return [
        *times_rows(part.times),
        (done.due, f"{amount(done.due, 'item')} due", Which.DUE),
        (done.by_date, f"{done.by_date} by the date", Which.BY_DATE),
    ]


def _of_parts(
    parts: Iterable[Part], report: Report, by: Dimension, rows: Callable[[Part], list[Row]]
) -> list[Trace]:
    return [
        replace(trace, words=f"{short_name(each.name)}: {trace.words}")
        for each in parts
        if each.key
        for trace in of_window(rows(each), report.window, narrowed(report.scope, each.key, by))
    ]


def narrowed(scope: Scope, key: str, by: Dimension) -> Scope:
    """The same, only of the part that goes by this key."""
    match by:
        case Dimension.SERVICE:
            return replace(scope, service=key)
        case Dimension.CLASS:
            return replace(scope, class_id=int(key))
        case Dimension.TIER:
            return replace(scope, tier=Tier(int(key)))
        case Dimension.CHANNEL:
            return replace(scope, channel=key)
