"""The report in a channel: in words, with two charts or tables, and within Slack's limits."""

from dataclasses import replace

import pytest

from blocks.limits import check_message
from blocks.open_tables import OpenTable
from blocks.parts import Message
from blocks.report_messages import csv_value, items_message, read_csv, report_message
from domain.measures import ClassTrend, OpenItems, Repeats
from domain.report import Report
from domain.windows import Scope
from sandbox.checks.messages import check_message as slack_takes
from tests.documents.reports import report, row

NOTHING = report(
    repeats=Repeats(), repeats_before=Repeats(), classes=(), open_items=OpenItems(), decisions={}
)
LONG = tuple(ClassTrend(class_id=each, name="&" * 60, counts=(9,) * 5) for each in range(6))
FULL = report(classes=LONG, scope=Scope(service="&" * 60))
TABLE = OpenTable(
    rows=[row(id=each, what="<" * 200, service="&" * 60) for each in range(100)],
    total=999,
    names={"U2": "B" * 80},
)


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message["blocks"]]


def test_the_notification_says_the_two_numbers_that_matter() -> None:
    assert report_message(report())["text"] == (
        "Postmortem report: the last 6 months. 12 of 41 tagged incidents repeated a known class: "
        "29 %, down from 16 of 40 (40 %). 5 of 9 action items due in the last 6 months were "
        "implemented by the original date: 56 %; before: 4 of 4."
    )


def test_who_posted_it_is_named_and_not_called() -> None:
    said = report_message(report(), by="Ana <@U1>")["blocks"][-1]["elements"][0]["text"]
    assert " Posted by Ana &lt;@U1&gt;. " in said
    assert "Posted by" not in str(report_message(report()))


def test_the_recurrence_stands_right_after_the_repeat_rate() -> None:
    blocks = report_message(report())["blocks"]
    rate, recurrence = [block["text"]["text"] for block in blocks if block["type"] == "section"][:2]
    assert "repeated a known class: 29 %" in rate
    assert "come again within six months" in recurrence


def test_there_are_two_charts_and_without_them_two_tables() -> None:
    assert kinds(report_message(report())).count("data_visualization") == 2
    plain = kinds(report_message(report(), with_charts=False))
    assert (plain.count("data_visualization"), plain.count("table")) == (0, 2)


def test_the_reply_has_the_completion_and_the_items() -> None:
    message = items_message(report(), TABLE)
    assert message["text"] == "4 action items are open, 1 for more than 90 days."
    assert {"data_visualization", "data_table"} <= set(kinds(message))
    assert {"table"} == set(kinds(items_message(report(), TABLE, as_data=False))) & {
        *("table", "data_table", "data_visualization")
    }


@pytest.mark.parametrize("taken", [report(), NOTHING, FULL])
@pytest.mark.parametrize("modern", [True, False])
def test_slack_takes_every_report(taken: Report, *, modern: bool) -> None:
    empty = replace(TABLE, rows=[], total=0)
    for message in (
        report_message(taken, with_charts=modern),
        items_message(taken, TABLE, as_data=modern),
        items_message(taken, empty, as_data=modern),
    ):
        check_message(message)
        slack_takes(message["text"], message["blocks"])


def test_what_the_csv_button_asks_for_is_read_back() -> None:
    asked = read_csv(csv_value(replace(report(), scope=Scope(service="a:b"))))
    assert (asked.months, asked.service) == (6, "a:b")
