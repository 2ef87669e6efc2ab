"""The timeline as people type it: what is read, in which order, and what keeps its identity."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.timeline import (
    ENTRIES_MAX,
    ENTRY_MAX,
    Milestone,
    TimelineEntry,
    check_timeline,
    edited,
    read_timeline,
)

NEW_YORK = ZoneInfo("America/New_York")
STARTED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # 10:00 in New York
TODAY = date(2026, 11, 21)
SOONER = STARTED - timedelta(minutes=5)


def read(text: str) -> list[tuple[str, str]]:
    entries = read_timeline(text, NEW_YORK, STARTED, TODAY)
    return [(f"{entry.at:%d %H:%M}", entry.text) for entry in entries]


def refused(text: str) -> str:
    with pytest.raises(RuleBroken) as broken:
        read_timeline(text, NEW_YORK, STARTED, TODAY)
    assert broken.value.field == "entries"
    return str(broken.value)


def entry(minute: int, text: str, **known: object) -> TimelineEntry:
    at = STARTED + timedelta(minutes=minute)
    return replace(TimelineEntry(at=at, text=text), **known)  # type: ignore[arg-type]  # a table


def test_one_line_is_one_entry_and_blank_lines_are_dropped() -> None:
    assert read("10:03 alert\n\n  \n10:10 failover") == [
        ("20 15:03", "alert"),
        ("20 15:10", "failover"),
    ]


def test_a_pasted_table_is_read_without_its_rule() -> None:
    table = "|:-----|-------|\n| 10:03 | alert |\n| 10:10 | failover | done |"
    assert read(table) == [("20 15:03", "alert"), ("20 15:10", "failover | done")]


def test_a_bare_time_takes_the_day_of_the_entry_before_it() -> None:
    assert read("yesterday 10:00 a\n11:00 b\ntoday 09:00 c\n09:30 d")[-3:] == [
        ("20 16:00", "b"),
        ("21 14:00", "c"),
        ("21 14:30", "d"),
    ]


def test_a_bare_time_after_midnight_is_the_next_day() -> None:
    assert read("23:50 alert\n00:10 failover") == [("21 04:50", "alert"), ("21 05:10", "failover")]


def test_twelve_hours_back_is_still_the_same_day() -> None:
    assert read("22:00 a\n10:00 b") == [("20 15:00", "b"), ("21 03:00", "a")]


def test_a_line_without_a_date_takes_the_day_of_the_line_above_it() -> None:
    assert read("14:03 a\n23:50 b\n09:00 c\n2026-11-20 09:00 d") == [
        ("20 14:00", "d"),
        ("20 19:03", "a"),
        ("21 04:50", "b"),
        ("21 14:00", "c"),
    ]


def test_entries_are_sorted_by_instant_and_stay_in_order_within_one() -> None:
    assert [text for _, text in read("10:10 c\n10:03 a\n10:10 d\n10:04 b")] == list("abcd")


def test_every_bad_line_is_named_and_good_ones_count() -> None:
    said = refused("25:10 failover\n10:00 fine\nno time at all")
    assert said.splitlines() == [
        "Line 1, “25:10 failover”: 25:10 is not a time of day. Write 14:03 or 2:05pm UTC.",
        (
            "Line 3, “no time at all”: this does not begin with a time. "
            "Write 14:03 or 2026-11-21 14:03, then what happened."
        ),
    ]


def test_many_bad_lines_fit_below_a_field_of_a_form() -> None:
    said = refused("\n".join("word " * 1000 for _ in range(ENTRIES_MAX)))
    assert said.endswith("\nAnd 497 more like this.")
    assert len(said) < 1000


def test_the_longest_entry_is_kept_and_one_longer_is_refused() -> None:
    assert read(f"10:00 {'x' * ENTRY_MAX}") == [("20 15:00", "x" * ENTRY_MAX)]
    assert "1,001 characters are too many" in refused(f"10:00 {'x' * (ENTRY_MAX + 1)}")


PIECES = "14:03 9:05 2pm 25:10 2026-11-01 1:30 2:30 today -05:00 UTC CET Z | - : ~ ?? failover é \n"


@given(st.lists(st.sampled_from([*PIECES.split(" "), " "]), max_size=40).map("".join))
def test_whatever_is_typed_is_read_or_refused_in_a_form(text: str) -> None:
    said = ""
    try:
        entries = read_timeline(text, NEW_YORK, STARTED, TODAY)
    except RuleBroken as broken:
        entries, said = [], str(broken)
    assert entries == sorted(entries, key=lambda entry: entry.at)
    assert not said or said.startswith("Line ")
    assert len(said) < 2000


def outcome(line: str) -> str:
    """What became of a line: its text, or why it was refused."""
    try:
        return read(line)[0][1]
    except RuleBroken as broken:
        return str(broken)


@pytest.mark.timeout(5)  # a form must be answered in three seconds
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{}x", "Line 1, .* does not begin with a time.*"),
        ("- {}| ~ x", "Line 1, .* does not begin with a time.*"),
        ("14:03{}x", "x|-+x|Line 1, .* (too many|is not a time of day).*"),
        ("14:03 UTC{}x", "x|UTC1+x|[-~?]+x|Line 1, .* too many.*"),
        ("14:03 UTC+1{}x", r"x|UTC\+1.*x|[-~?]+x|Line 1, .* (too many|no offset).*"),
        ("14:03 ({}UTC x", r"\(.*UTC x|Line 1, .* too many.*"),
        ("14:03 -{}x", "[-1~?]*x|Line 1, .* too many.*"),
        ("2026-11-01{}x", "Line 1, .* (no time after|leaves the day open|not begin).*"),
    ],
)
@pytest.mark.parametrize("fill", [" ", "\u00a0", " |", "-", "1", "~", "?"])
def test_a_line_made_to_be_slow_is_read_at_once(line: str, expected: str, fill: str) -> None:
    for size in (900, 100_000):
        found = outcome(line.format(fill * size))
        assert re.fullmatch(expected, found)
        assert len(found) < ENTRY_MAX


def test_the_field_refused_is_the_one_asked_for() -> None:
    with pytest.raises(RuleBroken) as broken:
        read_timeline("soon", NEW_YORK, STARTED, TODAY, field="text")
    assert broken.value.field == "text"


def test_more_entries_than_anyone_reads_are_refused() -> None:
    most = [entry(at, "x") for at in range(ENTRIES_MAX)]
    later = most[-1].at
    assert check_timeline(most, later) == most
    with pytest.raises(RuleBroken, match="501 entries are too many: keep the 500"):
        check_timeline([*most, entry(0, "x")], later)


def test_what_has_not_happened_yet_is_no_entry() -> None:
    with pytest.raises(RuleBroken) as broken:
        check_timeline([entry(0, "a"), entry(6, "b " * 50)], STARTED, "text")
    assert broken.value.field == "text"
    assert str(broken.value) == (
        "“b b b b b b b b b b b b b b b b b b b b…” is in the future: 2026-11-20 15:06 UTC. "
        "Write when it happened, with its date, or take it out."
    )


def test_a_clock_may_run_five_minutes_fast() -> None:
    assert check_timeline([entry(5, "a")], STARTED) == [entry(5, "a")]


def test_every_entry_in_the_future_is_named() -> None:
    with pytest.raises(RuleBroken, match=r"“b”.*\n“c”.*\n“d”.*\nAnd 1 more like"):
        check_timeline([entry(minute, "abcde"[minute]) for minute in range(5)], SOONER)


OLD = [
    entry(0, "alert", milestone=Milestone.DETECTED, id=1),
    entry(5, "rerun", source="message", permalink="https://x.slack.com/p1", id=2),
    entry(9, "rerun", id=3),
]


@pytest.mark.parametrize(
    ("new", "ids"),
    [
        pytest.param([(0, "alert"), (5, "rerun"), (9, "rerun")], [1, 2, 3], id="nothing changed"),
        pytest.param([(0, "first alert"), (5, "rerun"), (9, "rerun")], [1, 2, 3], id="reworded"),
        pytest.param([(5, "rerun"), (7, "alert"), (9, "rerun")], [2, 1, 3], id="moved in time"),
        pytest.param([(0, "alert"), (9, "rerun")], [1, 3], id="one dropped of two alike"),
        pytest.param([(-5, "deploy"), (0, "alert")], [None, 1], id="one added"),
        pytest.param([(1, "page"), (5, "rerun"), (9, "rerun")], [1, 2, 3], id="in its place"),
        pytest.param([(1, "a"), (2, "b"), (5, "rerun"), (9, "rerun")], [None, None, 2, 3], id="no"),
    ],
)
def test_an_edited_entry_keeps_its_identity(new: list[tuple[int, str]], ids: list[int]) -> None:
    kept = edited(OLD, [entry(*line) for line in new])
    assert [line.id for line in kept] == ids
    assert [(line.at, line.text) for line in kept] == [
        (STARTED + timedelta(minutes=minute), text) for minute, text in new
    ]


def test_an_edited_entry_keeps_milestone_source_and_link() -> None:
    kept = edited(OLD, [entry(0, "alert!"), entry(6, "rerun"), entry(9, "rerun")])
    assert kept[0].milestone is Milestone.DETECTED
    assert (kept[1].source, kept[1].permalink) == ("message", "https://x.slack.com/p1")
