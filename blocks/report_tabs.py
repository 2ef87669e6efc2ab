"""The parts of the report's window: what each tab says, and the table of what is told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from blocks import report_traces as traces
from blocks.charts import channel_cell, table
from blocks.open_tables import NARROW, OpenTable, open_table
from blocks.part_traces import further_part_traces, part_traces
from blocks.parts import Block, context, section
from blocks.report_charts import classes_chart, completion_chart, repeats_chart, severity_chart
from blocks.text import one_line, shorten
from blocks.traces import Trace, trace_buttons, trace_list
from domain import headlines
from domain.lengths import length
from domain.measures import Durations, Part
from domain.report import Report
from domain.windows import Dimension

#: A table in a window may be heavier than one in a message: all of a view may be 250 kB.
_TABLE_ROOM = 20_000
_NAME_MAX = 60
#: A row holds so many buttons; whatever more there is stands in the list below.
_BUTTONS_MAX = 10
#: So many parts are asked for.
PARTS_MAX = 20
#: What the part is called of which nothing is named.
_NONE = {
    Dimension.SERVICE: "no service",
    Dimension.CLASS: "no class yet",
    Dimension.TIER: "no tier",
    Dimension.CHANNEL: "no team channel",
}


class Tab(StrEnum):
    """What of a report is shown."""

    REPEATS = "Repeats"
    ITEMS = "Action items"
    TIMES = "Times"


@dataclass(frozen=True, kw_only=True)
class Apart:
    """The numbers told apart by something, in the order in which they are shown."""

    by: Dimension
    parts: Sequence[Part]


def tab_blocks(report: Report, tab: Tab, items: OpenTable, *, with_charts: bool) -> list[Block]:
    """What a tab shows; without charts tables say the same."""
    match tab:
        case Tab.REPEATS:
            return _repeats(report, with_charts=with_charts)
        case Tab.ITEMS:
            return _items(report, items, with_charts=with_charts)
        case Tab.TIMES:
            return _times(report, with_charts=with_charts)


def _repeats(report: Report, *, with_charts: bool) -> list[Block]:
    quarters = report.quarters
    return [
        section(headlines.recurrence(report)),
        *trace_buttons(traces.recurrence_traces(report)),
        *repeats_chart(quarters, with_charts=with_charts),
        *classes_chart(quarters, report.classes, with_charts=with_charts),
        *_list(traces.further_repeats_traces(report)),
    ]


def _items(report: Report, items: OpenTable, *, with_charts: bool) -> list[Block]:
    decided = traces.decision_traces(report)
    over = headlines.period(report.months)
    none = f"Nothing was decided about an action item in {over}."
    return [
        section(_joined(headlines.completion(report), headlines.not_by_date(report.completion))),
        *trace_buttons(traces.completion_traces(report)),
        *completion_chart(report.quarters, with_charts=with_charts),
        section(headlines.open_items(report)),
        *trace_buttons(traces.open_traces(report)[:_BUTTONS_MAX]),
        *open_table(items, NARROW, with_data_table=with_charts, room=_TABLE_ROOM),
        section(f"Decided in {over}:" if decided else none),
        *trace_buttons(decided),
        *_list([*traces.further_item_traces(report), *traces.open_traces(report)[_BUTTONS_MAX:]]),
    ]


def _times(report: Report, *, with_charts: bool) -> list[Block]:
    now, before = report.times, report.times_before
    lines = [
        headlines.took("Time to detect", now.detect, before.detect),
        headlines.took("Time to recover", now.recover, before.recover),
    ]
    return [
        section("\n".join(lines)),
        *trace_buttons(traces.times_traces(report)),
        *severity_chart(report.severities, with_charts=with_charts),
        *_list(traces.further_times_traces(report)),
    ]


def _joined(*sentences: str) -> str:
    return " ".join(each for each in sentences if each)


def _list(found: Sequence[Trace]) -> list[Block]:
    return trace_list("further", "Show what is behind …", found)


def apart_blocks(report: Report, apart: Apart) -> list[Block]:
    """The table of the parts, and a list of their numbers to see behind."""
    if not apart.parts:
        return [section(f"No incident of {headlines.period(report.months)} to tell apart.")]
    heads = (
        *(apart.by.capitalize(), "Incidents", "Repeats of tagged"),
        *("Done by the date", "Median to detect", "Median to recover"),
    )
    return [
        table(heads, [_row(each, apart.by) for each in apart.parts]),
        *_most(apart.parts),
        *trace_list(
            "apart",
            "Show incidents of …",
            part_traces(apart.parts, report, apart.by),
        ),
        *trace_list(
            "apart_further",
            "Show times and items …",
            further_part_traces(apart.parts, report, apart.by),
        ),
    ]


def _row(part: Part, by: Dimension) -> list[str | int | Block]:
    found, done = part.repeats, part.completion
    return [
        _called(part, by),
        found.incidents,
        _share(found.repeats, found.tagged, found.rate),
        _share(done.by_date, done.due, done.rate),
        *(_median(part.times.detect), _median(part.times.recover)),
    ]


def _called(part: Part, by: Dimension) -> str | Block:
    if part.key and by is Dimension.CHANNEL:
        return channel_cell(part.key)
    return shorten(one_line(part.name), _NAME_MAX) or _NONE[by]


def _share(part: int, whole: int, rate: int | None) -> str:
    return headlines.share(part, whole, rate) if whole else "none"


def _median(found: Durations) -> str:
    return "" if found.median is None else length(found.median)


def _most(parts: Sequence[Part]) -> list[Block]:
    """How many parts are shown, where there may be more than these."""
    return [context(f"The {PARTS_MAX} with the most incidents.")] if len(parts) >= PARTS_MAX else []
