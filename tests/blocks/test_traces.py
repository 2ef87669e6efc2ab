"""The way behind a number: what is asked comes back from a button or a list as it went in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.limits import check_message
from blocks.part_traces import further_part_traces, narrowed, part_traces
from blocks.report_traces import (
    completion_traces,
    decision_traces,
    further_item_traces,
    further_repeats_traces,
    further_times_traces,
    headline_traces,
    open_traces,
    recurrence_traces,
    times_traces,
)
from blocks.traces import Trace, read_choice, read_trace, trace_buttons, trace_list, trace_value
from domain.behind import Asked, Which
from domain.decisions import Decision
from domain.measures import Durations, Part, Repeats, Times
from domain.postmortems import Tier
from domain.windows import Dimension, Scope, Window
from sandbox.checks.messages import check_message as check_as_slack
from tests.reporting import NONE, WINDOW, full

ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/Argentina/ComodRivadavia"])
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- Hypothesis takes its bounds without a zone
SCOPES = st.builds(
    Scope,
    service=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
    class_id=st.none() | st.integers(1, 2**31),
    tier=st.none() | st.sampled_from(Tier),
    channel=st.sampled_from(["", "C0123456789"]),
)


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    """Anything that can be asked."""
    since = draw(INSTANTS)
    until = since + timedelta(microseconds=draw(st.integers(0, 10**14)))
    return Asked(
        which=draw(st.sampled_from(Which)),
        window=Window(since=since, until=until, zone=ZoneInfo(draw(ZONES))),
        scope=draw(SCOPES),
        age=draw(st.none() | st.integers(0, 3)),
        moves=draw(st.none() | st.integers(0, 3)),
        event=draw(st.sampled_from(["", *(each.value for each in Decision)])),
    )


@given(asked=questions())
def test_what_is_asked_comes_back_from_a_button(asked: Asked) -> None:
    (row,) = trace_buttons([Trace(words="12 repeats", asked=asked)])
    check_as_slack("Report", [row])
    check_message({"text": "Report", "blocks": [row]})
    assert read_trace(row["elements"][0]["value"]) == asked


@given(asked=questions())
def test_it_comes_back_from_a_list_that_begins_with_another_number(asked: Asked) -> None:
    first = Trace(words="all", asked=Asked(which=Which.TAGGED, window=WINDOW))
    found = trace_list("further", "Choose", [first, Trace(words="these", asked=asked)])
    check_as_slack("Report", found)
    check_message({"text": "Report", "blocks": found})
    options = found[0]["elements"][0]["options"]
    read = [read_choice(found[0]["block_id"], each["value"]) for each in options]
    assert read == [first.asked, asked][: len(options)]
    assert len(options) == 2


@pytest.mark.parametrize(
    "value",
    ["", "repeats", "no,1,2,UTC,,,,,,,", "due,1,2,No/Where,,,,,,,", "due,1,2,Europe,,,,,,,"],
)
def test_a_value_that_asks_nothing_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_trace(value)


def test_a_value_of_a_list_that_asks_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="repeats"):
        read_choice(f"further,{trace_value(Asked(which=Which.DUE, window=WINDOW))}", "repeats")


def test_every_number_of_a_report_can_be_chosen() -> None:
    found = full("x" * 59, service="&" * 60)
    for each in (
        *(headline_traces(found), recurrence_traces(found), completion_traces(found)),
        *(times_traces(found), decision_traces(found), open_traces(found)),
    ):
        assert each
        check_as_slack("Report", trace_buttons(each))
    for each in (
        *(further_repeats_traces(found), further_item_traces(found)),
        further_times_traces(found),
    ):
        (row,) = trace_list("further", "Choose", each)
        assert len(row["elements"][0]["options"]) == len(each)


def test_a_number_that_is_nought_is_not_offered() -> None:
    for traces in (headline_traces, recurrence_traces, further_repeats_traces, open_traces):
        assert traces(NONE) == []
    assert trace_buttons([]) == []
    assert trace_list("further", "Choose", []) == []


def test_open_items_are_asked_for_by_age_and_moves() -> None:
    everything, old, moved, *cells = open_traces(full())
    assert everything.words == "All 64 open"
    assert (old.words, old.asked.age, old.asked.moves) == ("More than 90 days: 22", 3, None)
    assert (moved.words, moved.asked.age) == ("Moved 3 times or more: 22", None)
    assert cells[0].words == "Up to 30 days, never moved: 1"
    assert (cells[-1].asked.age, cells[-1].asked.moves) == (3, 3)


def test_a_choice_that_names_nothing_asks_for_nothing_of_another() -> None:
    asked = [Asked(which=Which.OPEN, window=WINDOW, age=3, moves=2, scope=Scope(class_id=7))]
    asked.append(Asked(which=Which.OPEN, window=WINDOW))
    (row,) = trace_list("open", "Choose", [Trace(words="a", asked=each) for each in asked])
    (choices,) = row["elements"]
    read = [read_choice(row["block_id"], each["value"]) for each in choices["options"]]
    assert read == asked


def test_one_incident_took_one_time() -> None:
    once = replace(full(), times=Times(detect=Durations(known=1), recover=Durations(known=2)))
    words = [each.words for each in times_traces(once)]
    assert words == ["1 time to detect", "2 times to recover"]


def test_those_that_do_not_say_are_asked_for_too() -> None:
    found = full()
    asked = {each.words: each.asked for each in (*times_traces(found), *recurrence_traces(found))}
    for words, which in (
        ("3 without a time to detect", Which.NOT_DETECTED),
        ("3 without a time to recover", Which.NOT_RECOVERED),
        ("1 untagged of that age", Which.OLD_UNTAGGED),
    ):
        assert asked[words] == Asked(which=which, window=found.window)
    _, _, *before = [each.words for each in further_times_traces(found)[:4]]
    named = "The 6 months before: 3 without a time to"
    assert before == [f"{named} detect", f"{named} recover"]


def test_the_sums_of_classes_and_severities_are_asked_for_too() -> None:
    found = full()
    by_words = {
        each.words: each.asked
        for each in (*further_repeats_traces(found), *further_times_traces(found))
    }
    all_of = by_words["expired credential6, all 5 quarters: 15"]
    assert all_of.scope == Scope(class_id=6)
    assert all_of.window.since == found.quarters[0].window.since
    assert all_of.window.until == found.window.until
    assert by_words["14 P2"] == Asked(which=Which.P2, window=found.window)


def test_a_class_of_a_quarter_asks_for_its_incidents_of_then() -> None:
    found = full()
    last = further_repeats_traces(found)[-1]
    assert last.words == "expired credential6, 2026 Q4 so far: 5"
    assert last.asked == Asked(
        which=Which.TAGGED, window=found.quarters[-1].window, scope=Scope(class_id=6)
    )


@pytest.mark.parametrize(
    ("by", "key", "scope"),
    [
        (Dimension.SERVICE, "checkout", Scope(service="checkout")),
        (Dimension.CLASS, "3", Scope(class_id=3)),
        (Dimension.TIER, "1", Scope(tier=Tier.FULL)),
        (Dimension.CHANNEL, "C1", Scope(channel="C1")),
    ],
)
def test_a_part_asks_for_what_it_goes_by(by: Dimension, key: str, scope: Scope) -> None:
    part = Part(key=key, name="a part", repeats=Repeats(repeats=1, tagged=2))
    found = part_traces([part, replace(part, key="", name="not named")], full(), by)
    assert [each.words for each in found] == ["a part: 1 repeat", "a part: 2 tagged"]
    assert found[0].asked.scope == narrowed(full().scope, key, by) == scope


def test_the_times_and_items_of_a_part_are_asked_for_too() -> None:
    part = Part(
        key="1", name="tier 1", repeats=Repeats(), times=full().times, completion=full().completion
    )
    found = further_part_traces([part], full(), Dimension.TIER)
    assert [each.words.removeprefix("tier 1: ") for each in found] == [
        *("20 times to detect", "20 times to recover", "21 items due", "12 by the date")
    ]
