"""The charts of a report: what they show, the words beside them, the tables in their place."""

from dataclasses import replace
from datetime import date
from typing import Any

from blocks.limits import check_message
from blocks.report_charts import classes_chart, completion_chart, repeats_chart, severity_chart
from domain.measures import ClassTrend, Completion, Repeats, SeverityMix
from domain.report import OfQuarter
from sandbox.checks.messages import check_message as check_as_slack
from tests.reporting import full, quarter_by_quarter

LONG = "x & <y> " * 8


def checked(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks, after Slack has looked at them."""
    check_as_slack("Report", blocks)
    check_message({"text": "Report", "blocks": blocks})
    return blocks


def quarters(*repeats: Repeats) -> list[OfQuarter]:
    """The last quarters, with these repeats."""
    all_five = quarter_by_quarter(Repeats(), Completion())
    return [
        replace(quarter, repeats=each)
        for quarter, each in zip(all_five[-len(repeats) :], repeats, strict=True)
    ]


def cells(block: dict[str, Any]) -> list[list[str]]:
    """What a table says."""
    return [[cell["text"] for cell in row] for row in block["rows"]]


FEW, SOME, MANY = (
    *(Repeats(repeats=1, tagged=3, untagged=2), Repeats(repeats=1, tagged=5)),
    Repeats(repeats=12, tagged=41),
)


def test_the_repeat_rate_is_drawn_as_bars_of_percent() -> None:
    chart, words = checked(repeats_chart(quarters(SOME, MANY)))
    assert chart["chart"]["type"] == "bar"
    assert chart["chart"]["series"][0]["data"] == [
        {"label": "2026 Q3", "value": 20},
        {"label": "Q4 so far", "value": 29},
    ]
    assert words["elements"][0]["text"] == (
        "Repeats of tagged incidents: 2026 Q3 1 of 5 (20 %), 2026 Q4 so far 12 of 41 (29 %)."
    )


def test_a_quarter_of_few_has_no_bar_and_its_counts_stand_in_the_words() -> None:
    chart, words = checked(repeats_chart(quarters(SOME, FEW, MANY)))
    assert chart["chart"]["axis_config"]["categories"] == ["2026 Q2", "Q4 so far"]
    said = words["elements"][0]["text"]
    assert "2026 Q3 1 of 3," in said
    assert "A quarter with fewer than 5 tagged incidents has no bar." in said


def test_untagged_incidents_stand_beside_the_bars() -> None:
    _, words = checked(repeats_chart(quarters(SOME, FEW, MANY)))
    assert words["elements"][0]["text"].endswith("Untagged, and not counted: 2026 Q3 2.")


def test_where_one_bar_would_be_left_a_table_says_it() -> None:
    (table,) = checked(repeats_chart(quarters(FEW, MANY)))
    assert cells(table) == [
        ["Quarter", "Repeats", "Tagged", "Untagged", "Repeat rate"],
        ["2026 Q3", "1", "3", "2", "too few"],
        ["Q4 so far", "12", "41", "0", "29 %"],
    ]


def test_without_charts_every_chart_is_a_table() -> None:
    found = full()
    blocks = [
        *repeats_chart(found.quarters, with_charts=False),
        *completion_chart(found.quarters, with_charts=False),
        *classes_chart(found.quarters, found.classes, with_charts=False),
        *severity_chart(found.severities, with_charts=False),
    ]
    assert [each["type"] for each in checked(blocks)] == ["table"] * 4


def test_completion_is_drawn_the_same_way() -> None:
    chart, words = checked(completion_chart(full().quarters))
    assert {each["value"] for each in chart["chart"]["series"][0]["data"]} == {57}
    assert "2026 Q3 12 of 21 (57 %)" in words["elements"][0]["text"]


def test_classes_are_bars_and_their_whole_names_stand_beside() -> None:
    found = full("config change without validation")
    chart, words = checked(classes_chart(found.quarters, found.classes))
    assert chart["chart"]["type"] == "bar"
    assert len({each["name"] for each in chart["chart"]["series"]}) == len(found.classes)
    said = words["elements"][0]["text"]
    assert 'config change without validation1 15 (in the chart "config … validation1")' in said


def test_more_classes_than_slack_draws_end_in_the_others() -> None:
    found = full()
    classes = [ClassTrend(class_id=each, name=f"c{each}", counts=(1,) * 5) for each in range(9)]
    chart, words = checked(classes_chart(found.quarters, classes))
    assert chart["chart"]["series"][-1]["data"][0]["value"] == 4
    assert "other classes 20" in words["elements"][0]["text"]


def test_nothing_to_draw_draws_nothing() -> None:
    none = quarter_by_quarter(Repeats(), Completion())
    assert repeats_chart(none) == completion_chart(none) == []
    assert classes_chart(full().quarters, ()) == []
    assert severity_chart([SeverityMix(month=date(2026, 1, 1))]) == []


def test_severities_are_bars_by_month() -> None:
    chart, words = checked(severity_chart(full().severities))
    assert chart["chart"]["axis_config"]["categories"][0] == "May 26"
    assert words["elements"][0]["text"] == "Incidents in these months: P1 7, P2 14, P3 21."


def test_a_whole_year_has_thirteen_months_that_differ() -> None:
    months = [date(2025, 11, 1), date(2025, 12, 1), *(date(2026, at, 1) for at in range(1, 12))]
    (chart, _) = checked(severity_chart([SeverityMix(month=each, p2=1) for each in months]))
    names = chart["chart"]["axis_config"]["categories"]
    assert (names[0], names[-1], len(set(names))) == ("Nov 25", "Nov 26", 13)


def test_the_longest_and_most_hostile_names_fit() -> None:
    found = full(LONG)
    checked([*repeats_chart(found.quarters), *classes_chart(found.quarters, found.classes)])
    thirteen = [SeverityMix(month=date(2026, 1 + at % 12, 1), p1=1) for at in range(13)]
    checked(severity_chart(thirteen))
