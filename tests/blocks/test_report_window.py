"""The report's window: three tabs, what to look at, and all of it within Slack's limits."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from blocks.definitions import definitions_window
from blocks.limits import check_view
from blocks.open_tables import OpenTable
from blocks.parts import View
from blocks.report_tabs import Apart, Tab
from blocks.report_window import (
    CSV,
    SERVICE,
    TELL_APART,
    TURN_TAB,
    Content,
    Shown,
    posted,
    read_choice,
    report_window,
    shown_in,
)
from domain.measures import Part, Repeats
from domain.open_rows import OpenRow
from domain.programme import Priority
from domain.report import Report
from domain.windows import Dimension
from sandbox.checks.views import check_view as check_as_slack
from tests.reporting import LASTED, NONE, full

HOSTILE = "<!channel> & *_~`"
SERVICES = [f"{HOSTILE} {number:040}" for number in range(150)]
ROW = OpenRow(
    id=7,
    key="PM-12345/3",
    what="<&>" * 100,
    service="<&>" * 20,
    owner="U1ADA",
    priority=Priority.P1,
    due_on=date(2026, 11, 1),
    overdue=23,
    reschedules=99,
    age=999,
    stands="expired, blocked",
    is_private=False,
)
ITEMS = OpenTable(rows=[ROW] * 100, total=12345, names={"U1ADA": "Ada " * 20})
PARTS = [
    Part(
        key=str(which),
        name=f"{HOSTILE} {'x' * 45}{which}",
        repeats=Repeats(repeats=3, tagged=12, untagged=1),
        times=full().times,
        completion=full().completion,
    )
    for which in range(1, 21)
]


def drawn(shown: Shown, report: Report = NONE, **content: Any) -> View:
    """The window, after Slack has looked at it with charts and without."""
    has: dict[str, Any] = {"services": (), "items": OpenTable(rows=(), total=0, names={})}
    said = Content(report=report, **(has | content))
    for with_charts in (False, True):
        view = report_window(shown, said, with_charts=with_charts)
        check_as_slack(view)
        check_view(view)
    return view


def kinds(view: View) -> list[str]:
    """Of which kind its blocks are."""
    return [block["type"] for block in view["blocks"]]


@pytest.mark.parametrize("tab", Tab)
@pytest.mark.parametrize("by", [None, *Dimension])
def test_it_fits_at_its_longest(tab: Tab, by: Dimension | None) -> None:
    shown = Shown(months=12, service=SERVICES[140], tab=tab, by=by or "", channel="C1", said="x")
    report = full(HOSTILE + "x" * 60, service="&" * 60)
    parts = [replace(each, key="1") for each in PARTS] if by is Dimension.TIER else PARTS
    apart = by and Apart(by=by, parts=parts)
    view = drawn(shown, report, services=SERVICES, items=ITEMS, apart=apart)
    assert kinds(view).count("data_visualization") <= 2
    assert "<!channel>" not in str(
        [block["text"] for block in view["blocks"] if block["type"] == "section"]
    )


@pytest.mark.parametrize("tab", Tab)
def test_with_nothing_to_say_every_tab_says_so(tab: Tab) -> None:
    view = drawn(Shown(months=6, tab=tab), apart=Apart(by=Dimension.TIER, parts=()))
    assert "No incident in the last 6 months." in str(view)
    assert "No incident of the last 6 months to tell apart." in str(view)


@pytest.mark.parametrize("tab", Tab)
def test_without_charts_tables_say_the_same(tab: Tab) -> None:
    content = Content(report=full(), services=(), items=ITEMS)
    view = report_window(Shown(months=6, tab=tab), content, with_charts=False)
    assert "table" in kinds(view)
    assert not {"data_visualization", "data_table"} & set(kinds(view))


def test_what_it_shows_is_remembered_but_not_what_was_done() -> None:
    shown = Shown(
        months=3, service="checkout", tab=Tab.TIMES, by=Dimension.TIER, channel="C1", said="Sent."
    )
    view = drawn(shown)
    assert "Sent." in str(view["blocks"])
    assert shown_in(view["private_metadata"]) == replace(shown, said="")


def list_of_services(view: View) -> dict[str, Any]:
    """The list in which a service is chosen."""
    (choice,) = [
        element
        for row in view["blocks"]
        for element in row.get("elements", ())
        if element.get("action_id") == SERVICE
    ]
    return dict(choice)


def test_the_service_that_is_shown_is_offered_however_many_there_are() -> None:
    view = drawn(Shown(months=6, service=SERVICES[140].upper()), services=SERVICES)
    choice = list_of_services(view)
    assert len(choice["options"]) == 100
    assert choice["initial_option"]["value"] == SERVICES[140]


def test_a_service_that_is_spelled_in_two_ways_is_offered_once() -> None:
    view = drawn(Shown(months=6, service="CHECKOUT"), services=["Checkout", "search", "checkout"])
    choice = list_of_services(view)
    assert [each["value"] for each in choice["options"]] == [" ", "Checkout", "search"]
    assert choice["initial_option"]["value"] == "Checkout"


def test_only_where_it_can_be_posted_it_offers_to() -> None:
    assert "Post in this channel" in str(drawn(Shown(months=6, channel="C1")))
    assert "Post in this channel" not in str(drawn(Shown(months=6)))
    assert posted(Shown(months=6, service="a&b", channel="C1")) == (
        "The standard report of the last 6 months, a&amp;b is on its way to <#C1>: the same "
        "whichever tab is open and whatever is told apart."
    )


def test_the_tab_that_is_shown_is_marked_for_the_eye_and_for_the_ear() -> None:
    view = drawn(Shown(months=6, tab=Tab.TIMES))
    (tab,) = [
        each
        for row in view["blocks"]
        for each in row.get("elements", ())
        if each.get("value") == Tab.TIMES
    ]
    assert tab["style"] == "primary"
    assert tab["accessibility_label"] == "Times, shown now"


def test_a_choice_of_none_is_read_as_none() -> None:
    assert read_choice(" ") == ""
    assert read_choice("checkout") == "checkout"


def test_a_part_with_few_has_no_percentage() -> None:
    few = Part(key="", name="", repeats=Repeats(repeats=1, tagged=2), times=NONE.times)
    view = drawn(Shown(months=6), apart=Apart(by=Dimension.CLASS, parts=[few]))
    (table,) = [block for block in view["blocks"] if block["type"] == "table"][:1]
    assert [cell["text"] for cell in table["rows"][1]] == [
        *("no class yet", "2", "1 of 2", "none", "-", "-")
    ]


def test_a_teams_channel_is_drawn_by_slack_and_who_has_none_is_said() -> None:
    team, none = replace(PARTS[0], key="C7", name="#payments"), replace(PARTS[1], key="", name="")
    view = drawn(Shown(months=6), apart=Apart(by=Dimension.CHANNEL, parts=[team, none]))
    (table,) = [block for block in view["blocks"] if block["type"] == "table"]
    cells = [row[0] for row in table["rows"][1:]]
    (section,) = cells[0]["elements"]
    assert section["elements"] == [{"type": "channel", "channel_id": "C7"}]
    assert cells[1]["text"] == "no team channel"
    assert "#payments: 3 repeats" in str(view)


def test_what_is_told_apart_stands_under_the_tabs() -> None:
    apart = Apart(by=Dimension.SERVICE, parts=PARTS)
    view = drawn(Shown(months=6), full(), apart=apart)
    said = [str(block) for block in view["blocks"]]
    places = [
        next(at for at, block in enumerate(said) if words in block)
        for words in (TURN_TAB, TELL_APART, "'type': 'table'", CSV)
    ]
    assert places == sorted(places)


def test_no_table_of_a_window_is_so_wide_that_words_break() -> None:
    apart = Apart(by=Dimension.SERVICE, parts=PARTS)
    for with_charts in (True, False):
        content = Content(report=full(), services=(), items=ITEMS, apart=apart)
        shown = Shown(months=6, tab=Tab.ITEMS)
        view = report_window(shown, content, with_charts=with_charts)
        tables = [block["rows"] for block in view["blocks"] if "rows" in block]
        assert max(len(rows[0]) for rows in tables) <= 6
        heads = [[cell["text"] for cell in rows[0]] for rows in tables]
        assert ["Item", "What", "Owner", "Due", "Moved"] in heads


def test_the_recurrence_stands_before_the_charts() -> None:
    content = Content(report=full(), services=(), items=ITEMS)
    shown = kinds(report_window(Shown(months=6), content))
    assert shown.index("section", 1) < shown.index("data_visualization")


def test_as_many_parts_as_are_asked_for_may_not_be_all() -> None:
    shown = Shown(months=6)
    view = drawn(shown, apart=Apart(by=Dimension.SERVICE, parts=PARTS))
    assert "The 20 with the most incidents." in str(view)
    assert "The 20" not in str(drawn(shown, apart=Apart(by=Dimension.SERVICE, parts=PARTS[:3])))


def test_times_say_median_and_mean() -> None:
    view = drawn(Shown(months=6, tab=Tab.TIMES), replace(NONE, times=full().times))
    assert LASTED.median == 240
    assert "Time to detect: median 4 min, mean 1 h 12 min, of 20 incidents." in str(view)


def test_every_measure_is_defined() -> None:
    view = definitions_window()
    check_as_slack(view)
    check_view(view)
    for name in ("Repeat rate", "Recurrence", "Completion", "Severity mix", "183 days"):
        assert name in str(view)
