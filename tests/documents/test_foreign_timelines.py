"""Timelines of old postmortems are read in any layout; what has no time is said."""

from datetime import UTC, datetime

import pytest

from documents.importing import read
from tests.documents.samples import NAME, imported, notes, timeline


@pytest.mark.parametrize(
    "lines",
    [
        "| Time | Event |\n|--|--|\n| 14:03 | one |\n| 14:10 | two |",
        "| Event | Time |\n|--|--|\n| one | 14:03 |\n| two | 14:10 |",
        "| Date | Time | Event |\n|--|--|--|\n| 2024-05-01 | 14:03 | one |\n|  | 14:10 | two |",
        "| When | Event |\n|--|--|\n| 2024-05-01T14:03Z | one |\n| 2024-05-01T14:10Z | two |",
        "| 14:03 | one |\n|--|--|\n| 14:10 | two |",
        "| Time (UTC+2) | Event |\n|--|--|\n| 16:03 | one |\n| 16:10 | two |",
        "- 14:03 one\n- 14:10 two",
        "- **14:03 UTC** \u2013 one\n- **14:10 UTC** \u2013 two",
        "* 14:03 one\n* 14:10 two",
        "1. 2:03 PM: one\n2. 2:10 PM: two",
        "- [14:03] one\n- [14:10] two",
        "- 1 May 2024 14:03 - one\n- May 1, 2024, 14:10 - two",
        "- 2024-05-01\n  - 14:03 one\n  - 14:10 two",
        "### Wednesday, 1 May 2024\n\n- 14:03 one\n- 14:10 two",
        "14:03 one\n14:10 two",
        "14:03 one\n\n14:10 two",
        "```\n14:03 one\n14:10 two\n```",
        "**14:03** one  \n**14:10** two",
        "All times in UTC+05:30.\n\n- 19:33 one\n- 19:40 two",
        "2024-05-01 (*all times UTC*)\n\n- 14:03 one\n- 14:10 two",
        "- 14:03Z one\n- 1410Z two",
        "- 14:03 (UTC): one\n- 14:10 (UTC): two",
        "- May 1 14:03 one\n- May 1 14:10 two",
        "- `14:03` - one\n- `14:10 UTC` two",
        "- 14h03 one\n- 14h10 two",
        "- 2024/05/01 14:03 one\n- 01.05.2024 14:10 two",
        "- 10:03-04:00 one\n- 10:10-04:00 two",
        "Times are in Europe/Berlin\n\n- 16:03 one\n- 16:10 two",
    ],
)
def test_a_timeline_is_read_in_any_layout(lines: str) -> None:
    assert timeline(lines) == [("01 14:03", "one"), ("01 14:10", "two")]


def test_headings_that_begin_with_a_time_are_entries() -> None:
    told = timeline("### 14:03 UTC - alert\n\nOrders fail.\n\n### 14:10 - fixed\n")
    assert told == [("01 14:03", "alert Orders fail."), ("01 14:10", "fixed")]


def test_after_midnight_is_the_next_day() -> None:
    told = timeline("- 23:50 one\n- 00:10 two\n- 00:05 two, told late")
    assert [at for at, _ in told] == ["01 23:50", "02 00:05", "02 00:10"]


def test_a_span_and_an_approximate_time_keep_what_they_said() -> None:
    told = timeline("- 14:03-14:20 one\n- ~14:10 two\n- 14:26-14:?? three")
    assert [words for _, words in told] == [
        "(until 14:20) one",
        "(about) two",
        "(until 14:??) three",
    ]


@pytest.mark.parametrize("zone", ["CET", "CEST", "PST", "IST", "ET"])
def test_a_zone_that_may_be_several_is_read_as_utc_and_said(zone: str) -> None:
    text = f"# A\n\n## Timeline\n\n| Time ({zone}) | Event |\n|--|--|\n| 14:03 | one |\n"
    told = read(text, NAME)
    assert any(f"Its times are in {zone}, " in warning for warning in told.warnings)
    assert told.document is not None
    assert told.document.entries[0].at == datetime(2024, 5, 1, 14, 3, tzinfo=UTC)
    assert notes(told.document) == f"Times of the document: {zone}, read as UTC."


@pytest.mark.parametrize("when", ["2024-05-?? ??:??", "HH:mm", "", "later"])
def test_a_row_without_a_day_is_kept_in_the_notes_and_said(when: str) -> None:
    text = f"# A\n\n## Timeline\n\n| Time | Event |\n|--|--|\n| 14:03 | one |\n| {when} | twó |\n"
    told = read(text, NAME)
    assert told.document is not None
    assert len(told.document.entries) == 1
    assert f"| {when} | twó |" in notes(told.document)
    assert any("twó" in warning for warning in told.warnings)


@pytest.mark.parametrize(
    "lines",
    [
        "| Time | Event |\n|--|--|\n| 2024-05-01 14:03 | one |\n| 2024-05-03 --:-- | two |",
        "| Date | Time | Event |\n|--|--|--|\n| 1 May 2024 | 14:03 | one |\n| May 3 | | two |",
        "- 2024-05-01 14:03 one\n- 3 May 2024: two",
        "- 2024-05-01 14:03 one\n- 2024-05-03\n  - two",
        "### 1 May\n\n- 14:03 one\n\n### 3 May\n\n- two",
        "2024-05-01 14:03 one\n2024-05-03 - two",
    ],
)
def test_a_day_without_a_time_is_kept_where_the_day_begins_and_marked(lines: str) -> None:
    told = read(f"# Down\n\n## Timeline\n\n{lines}\n", NAME)
    assert timeline(lines) == [("01 14:03", "one"), ("03 00:00", "(time not known) two")]
    assert any("A day and no time in “two”: kept where" in warning for warning in told.warnings)


def test_the_day_of_a_row_begins_on_the_clock_of_its_timeline() -> None:
    lines = "| Time (UTC-08:00) | Event |\n|--|--|\n| 2024-05-03 HH:mm | Detected: one |\n"
    (entry,) = imported(f"# Down\n\n## Timeline\n\n{lines}").entries
    assert entry.at == datetime(2024, 5, 3, 8, tzinfo=UTC)
    assert entry.milestone is None  # which is an instant


def test_a_log_pasted_beside_a_timeline_is_no_part_of_it() -> None:
    log = "```\n14:03:01 error\n```"
    assert timeline(f"- 14:03 one\n\n{log}") == [("01 14:03", "one")]
    assert timeline(log) == [("01 14:03", "error")]


def test_rows_that_the_template_left_are_dropped() -> None:
    told = read(
        "# A\n\n## Timeline\n\n| Time | Event |\n|--|--|\n| 14:03 | one |\n| HH:mm | |\n", NAME
    )
    assert told.document is not None
    assert notes(told.document) == ""
    assert len(told.document.entries) == 1
