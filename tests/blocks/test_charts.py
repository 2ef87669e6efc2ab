"""Charts and tables: within Slack's limits, each series told apart."""

from typing import Any

from blocks.charts import LABEL_MAX, ROWS_MAX, SERIES_MAX, Series, bar_chart, labels, table
from sandbox.checks.messages import check_message

LONG = "config change without validation"


def drawn(*names: str) -> dict[str, Any]:
    """A chart of two quarters with these series, after Slack has checked it."""
    series = [Series(name=name, numbers=(0, 2)) for name in names]
    block = bar_chart("Incidents", ["2026 Q2", "2026 Q3"], series, x="Quarter", y="Incidents")
    check_message("Incidents", [block])
    return block


def test_a_chart_has_a_point_of_each_series_for_each_category() -> None:
    chart = drawn("capacity", "missing alert")["chart"]
    assert chart["axis_config"]["categories"] == ["2026 Q2", "2026 Q3"]
    assert [each["name"] for each in chart["series"]] == ["capacity", "missing alert"]
    assert chart["series"][0]["data"] == [
        {"label": "2026 Q2", "value": 0},
        {"label": "2026 Q3", "value": 2},
    ]


def test_names_that_are_cut_are_told_apart() -> None:
    names = [each["name"] for each in drawn(*[LONG] * SERIES_MAX)["chart"]["series"]]
    assert len(set(names)) == SERIES_MAX
    assert names[:2] == ["config … validation", "config … validatio 2"]
    assert max(map(len, names)) == LABEL_MAX


def test_a_name_too_long_goes_by_its_first_words_and_its_last() -> None:
    assert labels([LONG, "config change without review", "x" * 30, "capacity"]) == [
        *("config … validation", "config … review"),
        *(f"{'x' * 19}…", "capacity"),
    ]


def test_the_table_says_the_same() -> None:
    block = table(("Causal class", "2026 Q2"), [["capacity", 0], ["missing alert", 2]])
    check_message("Incidents", [block])
    assert [[cell["text"] for cell in row] for row in block["rows"]] == [
        ["Causal class", "2026 Q2"],
        ["capacity", "0"],
        ["missing alert", "2"],
    ]


def test_a_table_has_no_more_rows_than_slack_takes() -> None:
    block = table(("Causal class",), [["capacity"]] * 200)
    check_message("Incidents", [block])
    assert len(block["rows"]) == ROWS_MAX
