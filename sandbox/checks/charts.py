"""Limits of charts (docs.slack.dev/reference/block-kit/blocks/data-visualization-block)."""

from typing import Any

from sandbox.checks.problems import Problems
from sandbox.refusals import Json

TITLE, LABEL, AXIS_LABEL = 50, 20, 50
#: The page says 6 series, some readers of the live check say 12; what keeps to 6 passes both.
MOST_SEGMENTS = MOST_SERIES = 6
MOST_POINTS = 20
#: No page says so; found against Slack itself (github.com/vercel/chat, pull request 696).
MOST_CHARTS = 2
WITH_AXES = ("bar", "area", "line")


def check_chart(block: Json, at: str, problems: Problems) -> None:
    """Note everything wrong with a data visualization block."""
    problems.filled(block.get("title"), TITLE, f"{at}/title")
    chart = problems.mapping(block.get("chart"), f"{at}/chart")
    kind = chart.get("type")
    if kind == "pie":
        _pie(chart, f"{at}/chart", problems)
    elif kind in WITH_AXES:
        _axes(chart, f"{at}/chart", problems)
    else:
        problems.add(f"unsupported chart type: {kind}", f"{at}/chart/type")


def _pie(chart: Json, at: str, problems: Problems) -> None:
    for place, segment in problems.objects(chart.get("segments"), MOST_SEGMENTS, f"{at}/segments"):
        problems.filled(segment.get("label"), LABEL, f"{place}/label")
        value = _number(segment.get("value"), f"{place}/value", problems)
        if value is not None and value <= 0:
            problems.add("must be greater than 0", f"{place}/value")


def _axes(chart: Json, at: str, problems: Problems) -> None:
    axes = problems.mapping(chart.get("axis_config"), f"{at}/axis_config")
    place = f"{at}/axis_config/categories"
    categories = problems.counted(axes.get("categories"), MOST_POINTS, place)
    for number, one in enumerate(categories):
        problems.filled(one, LABEL, f"{place}/{number}")
    for key in ("x_label", "y_label"):
        if key in axes:
            problems.longest(axes[key], AXIS_LABEL, f"{at}/axis_config/{key}")
    names = []
    for one_at, series in problems.objects(chart.get("series"), MOST_SERIES, f"{at}/series"):
        _series(series, categories, one_at, problems)
        names.append(str(series.get("name")))
    if len(set(names)) < len(names):
        problems.add("series names must be unique", f"{at}/series")


def _series(series: Json, categories: list[Any], at: str, problems: Problems) -> None:
    """Note when a series has not one point for every category."""
    problems.filled(series.get("name"), LABEL, f"{at}/name")
    points = problems.objects(series.get("data"), MOST_POINTS, f"{at}/data")
    for place, point in points:
        problems.filled(point.get("label"), LABEL, f"{place}/label")
        _number(point.get("value"), f"{place}/value", problems)
    labels = sorted(str(point.get("label")) for _, point in points)
    if labels != sorted(str(one) for one in categories):
        problems.add("labels must match axis_config.categories", f"{at}/data")


def _number(value: object, at: str, problems: Problems) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        problems.add("must be a number", at)
        return None
    return value
