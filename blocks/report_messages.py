"""The report as a channel reads it: the numbers in words, two charts, and a reply with the items.

A list under each chart leads to what is behind the numbers that have no button of their own.
"""

from dataclasses import dataclass

from blocks.definitions import how_counted_button
from blocks.limits import MESSAGE_WEIGHT, weight_of
from blocks.open_tables import ROOM, SEND_FILES, OpenTable, open_table
from blocks.parts import Block, Message, actions, button, context, header, section
from blocks.report_charts import classes_chart, completion_chart, repeats_chart
from blocks.report_traces import (
    completion_traces,
    decision_traces,
    further_item_traces,
    further_repeats_traces,
    headline_traces,
    open_traces,
    recurrence_traces,
    times_traces,
)
from blocks.text import escape, moment, one_line, shown
from blocks.traces import Trace, trace_buttons, trace_list
from domain import headlines
from domain.report import Report

REPORT_CSV = "report_csv"
#: What a chart may weigh, which `limits.weight_of` does not count.
_UNWEIGHED = 2_000
#: Beside so many buttons in a row nobody finds theirs; the rest are in a list.
_BUTTONS_MAX = 7
_NAME_MAX = 80
_SEPARATOR = ":"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which numbers a button asks for as a file."""

    months: int
    service: str


def report_message(report: Report, *, by: str = "", with_charts: bool = True) -> Message:
    """The numbers in words, each with what is behind it, and two charts; or tables in their place.

    `by` is the name of who had it posted, if somebody did. The text says the two numbers that
    matter most.
    """
    title = title_of(report)
    posted = f" Posted by {shown(one_line(by), _NAME_MAX)}." if by else ""
    beside = headlines.beside(report)
    blocks = [
        header(title),
        section(f"*{escape(headlines.headline(report))}*"),
        *([context(escape(beside))] if beside else []),
        *trace_buttons(headline_traces(report)),
        *_line(headlines.recurrence(report), recurrence_traces(report)),
        *_line(_completion(report), completion_traces(report)),
        *_line(_times(report), times_traces(report)),
        *_charts(report, with_charts=with_charts),
        actions([how_counted_button()]),
        context(
            f"As of {moment(report.taken_at)}.{posted} The open action items are in the thread."
        ),
    ]
    return {"text": _text(report, title), "blocks": blocks}


def title_of(report: Report) -> str:
    """What a report is called: `Postmortem report: the last 6 months, checkout`."""
    of = report.scope.service
    return f"Postmortem report: {headlines.period(report.months)}{f', {of}' if of else ''}"


def _text(report: Report, title: str) -> str:
    said = f"{title}. {headlines.headline(report)} {headlines.completion(report)}"
    return escape(said)


def _completion(report: Report) -> str:
    others = headlines.not_by_date(report.completion)
    return f"{headlines.completion(report)} {others}".rstrip()


def _times(report: Report) -> str:
    now, before = report.times, report.times_before
    return "\n".join(
        [
            headlines.took("Time to detect", now.detect, before.detect),
            headlines.took("Time to recover", now.recover, before.recover),
        ]
    )


def _line(said: str, traces: list[Trace]) -> list[Block]:
    return [section(escape(said)), *trace_buttons(traces[:_BUTTONS_MAX])]


def _charts(report: Report, *, with_charts: bool) -> list[Block]:
    return [
        *repeats_chart(report.quarters, with_charts=with_charts),
        *classes_chart(report.quarters, report.classes, with_charts=with_charts),
        *trace_list("charts", "Show what is behind …", further_repeats_traces(report)),
    ]


def items_message(report: Report, table: OpenTable, *, as_data: bool = True) -> Message:
    """The reply: completion as a chart, the open items as a table, and both as files.

    Without `as_data` there are plain tables in place of the chart and of the table with pages.
    """
    said = headlines.open_items(report)
    asked = button(SEND_FILES, REPORT_CSV, csv_value(report))
    top = [
        *completion_chart(report.quarters, with_charts=as_data),
        *trace_list("done", "Show what is behind …", further_item_traces(report)),
        section(escape(said)),
        *trace_list("open", "Show items by age and moves …", open_traces(report)),
        *_decided(report),
    ]
    end = [actions([asked])]
    room = MESSAGE_WEIGHT - _UNWEIGHED - weight_of([*top, *end])
    rows = open_table(table, with_data_table=as_data, room=max(0, min(ROOM, room)))
    return {"text": escape(said), "blocks": [*top, *rows, *end]}


def _decided(report: Report) -> list[Block]:
    found = headlines.decisions(report)
    if not found:
        return []
    said = ", ".join(f"{number} {name}" for name, number in found)
    words = f"Decided in {headlines.period(report.months)}: {said}."
    return _line(words, decision_traces(report))


def csv_value(report: Report) -> str:
    """What the button for the files carries."""
    return f"{report.months}{_SEPARATOR}{report.scope.service}"


def read_csv(value: str) -> Asked:
    """Which numbers a button for the files asks for."""
    months, _, service = value.partition(_SEPARATOR)
    return Asked(months=int(months), service=service)
