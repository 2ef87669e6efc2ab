"""The charts of a report, the words beside each, and the table that says the same without one.

A quarter with too few to speak of percent has no bar: its counts stand in the words. So bars show
rates, for a line would be drawn across such a gap as if something were known of it; and classes,
for of lines that meet only one is seen.
"""

from collections.abc import Sequence

from blocks.charts import SERIES_MAX, Series, bar_chart, labels, table
from blocks.parts import Block, context
from blocks.text import escape, one_line, shown
from domain.causal_classes import NAME_MAX
from domain.headlines import share
from domain.measures import FEW, ClassTrend, SeverityMix
from domain.report import OfQuarter

OTHERS = "other classes"
#: One bar compares nothing: then a table says it.
_BARS_LEAST = 2
#: What a cell says in place of a percentage of few.
_TOO_FEW = "too few"


def repeats_chart(quarters: Sequence[OfQuarter], *, with_charts: bool = True) -> list[Block]:
    """The repeat rate by quarter, with its counts in words; or a table of both.

    Nothing where no incident was in any of them.
    """
    if not any(each.repeats.incidents for each in quarters):
        return []
    rates = [(each.label, each.repeats.rate) for each in quarters]
    heads = ("Quarter", "Repeats", "Tagged", "Untagged", "Repeat rate")
    rows = [
        (
            *(each.label, each.repeats.repeats, each.repeats.tagged, each.repeats.untagged),
            _percent(each.repeats.rate),
        )
        for each in quarters
    ]
    words = [
        f"{each.name} {share(each.repeats.repeats, each.repeats.tagged, each.repeats.rate)}"
        for each in quarters
    ]
    chart = _rates("Repeat rate by quarter", rates) if with_charts else None
    if chart is None:
        return [table(heads, rows)]
    said = f"Repeats of tagged incidents: {', '.join(words)}.{_few(rates, 'tagged incidents')}"
    return [chart, context(f"{said}{_untagged(quarters)}")]


def _untagged(quarters: Sequence[OfQuarter]) -> str:
    """Those that stand beside the rate; nothing where there are none."""
    found = [f"{each.name} {each.repeats.untagged}" for each in quarters if each.repeats.untagged]
    return f" Untagged, and not counted: {', '.join(found)}." if found else ""


def completion_chart(quarters: Sequence[OfQuarter], *, with_charts: bool = True) -> list[Block]:
    """How many of the items due in each quarter were implemented by then; or a table of that.

    Nothing where none was due in any of them.
    """
    if not any(each.completion.due for each in quarters):
        return []
    rates = [(each.label, each.completion.rate) for each in quarters]
    heads = ("Quarter", "Due", "By the date", "Later", "Completion")
    rows = [
        (
            *(each.label, each.completion.due, each.completion.by_date, each.completion.later),
            _percent(each.completion.rate),
        )
        for each in quarters
    ]
    words = [
        f"{each.name} {share(each.completion.by_date, each.completion.due, each.completion.rate)}"
        for each in quarters
    ]
    chart = _rates("Completion by quarter", rates) if with_charts else None
    if chart is None:
        return [table(heads, rows)]
    few = _few(rates, "items due")
    return [chart, context(f"Implemented by the original date: {', '.join(words)}.{few}")]


def _percent(rate: int | None) -> str:
    return _TOO_FEW if rate is None else f"{rate} %"


def _rates(title: str, rates: Sequence[tuple[str, int | None]]) -> Block | None:
    """Bars of the quarters that have a rate; None where there are too few of those."""
    told = [(name, rate) for name, rate in rates if rate is not None]
    if len(told) < _BARS_LEAST:
        return None
    series = Series(name="Percent", numbers=[rate for _, rate in told])
    return bar_chart(title, [name for name, _ in told], [series], x="Quarter", y="Percent")


def _few(rates: Sequence[tuple[str, int | None]], what: str) -> str:
    """Why some have no bar; nothing where all have one."""
    if all(rate is not None for _, rate in rates):
        return ""
    return f" A quarter with fewer than {FEW} {what} has no bar."


def classes_chart(
    quarters: Sequence[OfQuarter], classes: Sequence[ClassTrend], *, with_charts: bool = True
) -> list[Block]:
    """How many incidents each class had by quarter, the most frequent ones; or a table of that."""
    if not classes:
        return []
    series = _series(classes)
    names = [each.label for each in quarters]
    if not with_charts:
        rows: list[list[str | int]] = [[each.name, *each.numbers] for each in series]
        return [table(("Causal class", *names), rows)]
    chart = bar_chart("Incidents by causal class", names, series, x="Quarter", y="Incidents")
    return [chart, context(_said(series, len(quarters)))]


def _series(classes: Sequence[ClassTrend]) -> list[Series]:
    """The most frequent first, and all others as one where there are more than Slack draws."""
    own = len(classes) if len(classes) <= SERIES_MAX else SERIES_MAX - 1
    found = [Series(name=each.name, numbers=each.counts) for each in classes[:own]]
    rest = [each.counts for each in classes[own:]]
    if rest:
        found.append(Series(name=OTHERS, numbers=[sum(each) for each in zip(*rest, strict=True)]))
    return found


def _said(series: Sequence[Series], quarters: int) -> str:
    """What the lines come to, by whole name, with that in the chart where it was cut."""
    said = []
    for label, each in zip(labels([one.name for one in series]), series, strict=True):
        name = shown(one_line(each.name), NAME_MAX)
        cut = f' (in the chart "{escape(label)}")' if label != one_line(each.name) else ""
        said.append(f"{name} {sum(each.numbers)}{cut}")
    most = f" of the {len(said)} most frequent classes" if len(said) == SERIES_MAX else ""
    return f"Incidents{most} in these {quarters} quarters: {', '.join(said)}."


def severity_chart(mixes: Sequence[SeverityMix], *, with_charts: bool = True) -> list[Block]:
    """How many incidents of each severity began in each month; or a table of that."""
    if not any(each.p1 or each.p2 or each.p3 for each in mixes):
        return []
    if not with_charts:
        rows = [(f"{each.month:%b %Y}", each.p1, each.p2, each.p3) for each in mixes]
        return [table(("Month", "P1", "P2", "P3"), rows)]
    series = [
        Series(name="P1", numbers=[each.p1 for each in mixes]),
        Series(name="P2", numbers=[each.p2 for each in mixes]),
        Series(name="P3", numbers=[each.p3 for each in mixes]),
    ]
    names = [f"{each.month:%b %y}" for each in mixes]  # thirteen stand beside each other at most
    chart = bar_chart("Severity mix by month", names, series, x="Month", y="Incidents")
    sums = ", ".join(f"{each.name} {sum(each.numbers)}" for each in series)
    return [chart, context(f"Incidents in these months: {sums}.")]
