"""How the programme goes, on everybody's Home: a sentence, what is behind it, and two charts."""

from collections.abc import Sequence
from enum import Enum

from blocks.definitions import how_counted_button
from blocks.parts import Block, actions, context, header, section
from blocks.report_charts import completion_chart, repeats_chart
from blocks.text import moment
from blocks.traces import trace_button
from domain.behind import Asked, Which
from domain.headlines import beside, completion, headline, open_items
from domain.health import Health
from domain.report import Report

_NOT_YET = "_The numbers are being worked out: they stand here in a moment._"
_FIRST = (
    "_Nothing to count yet._ Run `/postmortem` in an incident's channel: from the first incident "
    "on this says how many repeat, and how many action items are done in time."
)


class Draw(Enum):
    """How numbers are drawn."""

    CHARTS = "charts"
    TABLES = "tables"
    WORDS = "words"


#: Slack may take them in one place and not in another.
_DRAWN = frozenset({"data_visualization", "table"})


def programme_blocks(health: Health | None, draw: Draw) -> list[Block]:
    """The programme's numbers as they were worked out last, and when that was."""
    heading = header("The programme")
    if health is None:
        return [heading, section(_NOT_YET)]
    report = health.report
    if _is_empty(report):
        return [heading, section(_FIRST)]
    said = [f"*{headline(report)}*", beside(report), completion(report), open_items(report)]
    return [
        heading,
        section("\n".join(filter(None, said))),
        actions([*_behind(report), how_counted_button()]),
        *_charts(report, draw),
        context(f"As of {moment(health.taken_at)}."),
    ]


def _is_empty(report: Report) -> bool:
    """Whether there is nothing at all to tell of."""
    counted = (report.repeats, report.repeats_before, *(each.repeats for each in report.quarters))
    due = (report.completion, report.completion_before)
    none_due = not any(each.due for each in due)
    return not any(each.incidents for each in counted) and none_due and not report.open_items.total


def _behind(report: Report) -> list[Block]:
    """A button for each number there is, which lists what it was counted from."""
    repeats, kept = report.repeats, report.completion
    numbers = (
        (repeats.repeats, "repeats", Which.REPEATS),
        (repeats.tagged, "tagged", Which.TAGGED),
        (repeats.untagged, "untagged", Which.UNTAGGED),
        (kept.due, "due", Which.DUE),
        (kept.by_date, "by the date", Which.BY_DATE),
        (report.open_items.total, "open", Which.OPEN),
    )
    return [
        trace_button(f"{number} {name}", Asked(which=which, window=report.window))
        for number, name, which in numbers
        if number
    ]


def _charts(report: Report, draw: Draw) -> Sequence[Block]:
    with_charts = draw is not Draw.TABLES
    found = [
        *repeats_chart(report.quarters, with_charts=with_charts),
        *completion_chart(report.quarters, with_charts=with_charts),
    ]
    if draw is Draw.WORDS:
        return [each for each in found if each["type"] not in _DRAWN]
    return found
