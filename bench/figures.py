"""What is measured, what is expected of it, and the table that says whether it holds."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

#: What one app showed in one round, by the figure's name.
Reading = Mapping[str, float]


@dataclass(frozen=True)
class Round:
    """Both apps, one after the other."""

    bare: Reading
    ours: Reading


@dataclass(frozen=True)
class Figure:
    """A row of the table; `ratio` bounds ours beside bare, `most` bounds ours by itself.

    `most` holds in every round, or in the median one when the figure is `typical`.
    """

    name: str
    unit: str
    ratio: float | None = None
    most: float | None = None
    typical: bool = False

    @property
    def expected(self) -> str:
        """The expectation in words."""
        if self.ratio is not None:
            return f"<= {self.ratio:g} x"
        return "" if self.most is None else f"<= {self.most:g} {self.unit}".rstrip()


STEADY = (
    Figure("acknowledged, p50", "ms", ratio=0.25),
    Figure("acknowledged, p99", "ms"),
    Figure("form opened, p50", "ms", ratio=1.3),
    Figure("form opened, p99", "ms"),
    Figure("... to start a postmortem, p50", "ms"),
    Figure("... in a channel not read yet, p50", "ms"),
    Figure("... of a stored one, p50", "ms"),
    Figure("CPU a command", "ms", ratio=0.9),
    Figure("... to start a postmortem", "ms"),
    Figure("... in a channel not read yet", "ms"),
    Figure("... of a stored one", "ms"),
)
BURST = (
    Figure("burst: acknowledged, p99", "ms", ratio=0.6),
    Figure("burst: acknowledged, last", "ms", most=3000),
    Figure("burst: form opened, p99", "ms"),
    Figure("burst: form opened, last", "ms", most=3000),
)
PROCESS = (
    Figure("resident memory", "MiB", most=95),
    Figure("ready after", "s"),
    Figure("commands lost", "", most=0),
)
FIGURES = (*STEADY, *BURST, *PROCESS)


@dataclass(frozen=True)
class Result:
    """A figure over all rounds: medians, and the range of the ratio."""

    figure: Figure
    bare: float
    ours: float
    ratios: tuple[float, ...]
    worst: float

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios."""
        return median(self.ratios)

    @property
    def missed(self) -> bool:
        """Whether the expectation does not hold."""
        if self.figure.ratio is not None:
            return self.ratio > self.figure.ratio
        counts = self.ours if self.figure.typical else self.worst
        return self.figure.most is not None and counts > self.figure.most


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed; NaN of none."""
    ordered = sorted(values)
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else math.nan


def results(rounds: Sequence[Round], figures: Sequence[Figure] = FIGURES) -> list[Result]:
    """Every figure over all rounds."""
    return [_result(figure, rounds) for figure in figures]


def _result(figure: Figure, rounds: Sequence[Round]) -> Result:
    bare = [each.bare[figure.name] for each in rounds]
    ours = [each.ours[figure.name] for each in rounds]
    ratios = tuple(b / a if a else math.nan for a, b in zip(bare, ours, strict=True))
    return Result(figure, median(bare), median(ours), ratios, max(ours))


def table(found: Sequence[Result], columns: tuple[str, str] = ("bare", "ours")) -> str:
    """The results as people read them."""
    head = ("", *columns, "", "ratio", "min - max", "expected", "")
    rows = [head, *(_row(each) for each in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join(_line(row, widths) for row in rows)


def _row(each: Result) -> tuple[str, ...]:
    ratio = spread = ""
    if not math.isnan(each.ratio):
        ratio = f"{each.ratio:.2f}"
        spread = f"{min(each.ratios):.2f} - {max(each.ratios):.2f}"
    verdict = ""
    if each.figure.expected:
        verdict = "MISSED" if each.missed else "ok"
    figure = each.figure
    values = (_number(each.bare), _number(each.ours))
    return (figure.name, *values, figure.unit, ratio, spread, figure.expected, verdict)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == 0 else f"{value:.2f}"  # noqa: PLR2004


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    numbers = (1, 2, 4)
    cells = [
        cell.rjust(width) if column in numbers else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
