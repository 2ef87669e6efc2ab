"""When an old incident started: what it states may deny its first line, and what is doubtful."""

from datetime import UTC, datetime

import pytest

from documents.importing import Imported, read
from domain.postmortems import Facts
from domain.timeline import Milestone
from tests.documents.samples import NAME

TIMES = "- TTD: 5 min\n- TTR: 20 min\n"
LINES = "- 09:00 talk\n- 14:00 down\n- 14:05 seen\n- 14:20 up\n"
AT_TWO = datetime(2024, 5, 1, 14, tzinfo=UTC)


def told(lines: str, *, above: str = TIMES, top: str = "") -> Imported:
    return read(f"{top}# A\n\n{above}\n## Timeline\n\n{lines}", NAME)


def facts(found: Imported) -> Facts:
    assert found.document is not None
    return found.document.facts


def warned(found: Imported, words: str) -> str:
    """The one warning with these words; empty where there is none."""
    (warning,) = [each for each in found.warnings if words in each] or [""]
    return warning


def test_a_first_line_that_the_stated_times_deny_is_not_the_start() -> None:
    found = told(LINES)
    assert facts(found).started_at == AT_TWO
    assert warned(found, "that was taken") == (
        "Its timeline begins at 2024-05-01 09:00 UTC; the times it states to detect and to recover "
        "fit only a start at 2024-05-01 14:00 UTC, 5 h later: that was taken."
    )


def test_entries_at_the_stated_times_are_marked_from_the_start_that_was_taken() -> None:
    document = told(LINES).document
    assert document is not None
    assert [each.milestone for each in document.entries] == [
        *(None, None, Milestone.DETECTED, Milestone.RECOVERED)
    ]
    assert document.facts.recovered_at == datetime(2024, 5, 1, 14, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "above",
    [
        f"- Started: 2024-05-01 09:00\n{TIMES}",
        f"- Date: 2024-05-01 09:00\n{TIMES}",
    ],
)
def test_a_start_that_is_said_is_kept_and_the_one_that_fits_is_pointed_out(above: str) -> None:
    found = told(LINES, above=above)
    assert facts(found).started_at == datetime(2024, 5, 1, 9, tzinfo=UTC)
    assert warned(found, "better than the one taken") == (
        "The times it states to detect and to recover fit a start at 2024-05-01 14:00 UTC "
        "better than the one taken, 2024-05-01 09:00 UTC: it is 5 h later."
    )


@pytest.mark.parametrize("label", ["Started", "Date"])
def test_a_day_that_is_said_is_kept_where_another_one_fits(label: str) -> None:
    lines = LINES.replace("09:00", "2024-04-30 09:00").replace("14:00", "2024-05-01 14:00")
    found = told(lines, above=f"- {label}: 2024-04-30\n{TIMES}")
    assert facts(found).started_at == datetime(2024, 4, 30, 9, tzinfo=UTC)
    assert warned(found, "1 d 5 h later")


def test_a_start_that_is_marked_is_kept() -> None:
    found = told(LINES.replace("talk", "Started: talk"))
    assert facts(found).started_at == datetime(2024, 5, 1, 9, tzinfo=UTC)


def test_where_two_starts_fit_neither_is_taken() -> None:
    found = told(f"{LINES}- 16:00 again\n- 16:05 seen\n- 16:20 up\n")
    assert facts(found).started_at == datetime(2024, 5, 1, 9, tzinfo=UTC)
    assert "14:00 UTC better than" in warned(found, "better than")


@pytest.mark.parametrize("times", ["- TTD: 5 min\n", "- TTD: 5 min\n- TTR: 5 min\n", ""])
def test_one_time_that_fits_is_no_sign(times: str) -> None:
    found = told(LINES, above=times)
    assert facts(found).started_at == datetime(2024, 5, 1, 9, tzinfo=UTC)
    assert warned(found, "fit") == ""


def test_a_first_line_whose_times_fit_is_the_start() -> None:
    found = told("- 14:00 down\n- 14:05 seen\n- 14:20 up\n- 14:25 again\n- 14:40 up\n")
    assert facts(found).started_at == AT_TWO
    assert warned(found, "fit") == ""


@pytest.mark.parametrize("first", ["2023-12-01 set up", "2023-12-01 10:00 set up"])
def test_a_line_long_before_all_others_is_asked_about_with_its_distance(first: str) -> None:
    found = told(f"- {first}\n- 2024-05-01 14:00 down\n", above="")
    assert "the next one is 152 d" in warned(found, "stands alone")
    assert "`started: 2024-05-01 14:00 UTC` at its top" in warned(found, "stands alone")
    said = told(
        f"- {first}\n- 2024-05-01 14:00 down\n", top="---\nstarted: 2024-05-01 14:00\n---\n"
    )
    assert facts(said).started_at == AT_TWO
    assert warned(said, "stands alone") == ""


def test_a_line_of_the_days_before_is_not_asked_about() -> None:
    found = told("- 2024-04-26 14:00 set up\n- 2024-05-01 14:00 down\n", above="")
    assert warned(found, "stands alone") == ""
