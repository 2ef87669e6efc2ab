"""By whose clock old documents are read: what they name, else the zone that was asked for."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from documents.importing import Imported, read
from tests.documents.samples import NAME, notes

BERLIN = ZoneInfo("Europe/Berlin")


def told(heading: str, line: str = "14:03 one", above: str = "") -> Imported:
    return read(f"# A\n\n{above}\n## Timeline {heading}\n\n- {line}\n", NAME, BERLIN)


def started(found: Imported) -> str:
    assert found.document is not None
    return f"{found.document.facts.started_at:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("heading", ["", "(CET)", "(CEST)"])
def test_what_names_no_zone_or_an_unclear_one_is_in_the_zone_asked_for(heading: str) -> None:
    assert started(told(heading)) == "2024-05-01 12:03"
    assert started(told(heading, "2024-01-08 14:03 one")) == "2024-01-08 13:03"


@pytest.mark.parametrize(("heading", "hour"), [("(UTC)", 14), ("(UTC-3)", 17), ("(Asia/Tokyo)", 5)])
def test_a_zone_that_is_named_stands_above_the_one_asked_for(heading: str, hour: int) -> None:
    assert started(told(heading)) == f"2024-05-01 {hour:02}:03"


def test_an_unclear_zone_of_one_line_is_not_that_of_the_others() -> None:
    assert started(told("(UTC)", "14:03 CET one")) == "2024-05-01 12:03"
    assert started(told("", "14:03 UTC one")) == "2024-05-01 14:03"


def test_labels_and_days_are_read_by_the_same_clock() -> None:
    found = told("", "15:00 one", above="- Started: 14:03\n- Detected: 2024-05-01 14:10 CET\n")
    assert started(found) == "2024-05-01 12:03"
    assert found.document is not None
    assert found.document.facts.detected_at == datetime(2024, 5, 1, 12, 10, tzinfo=UTC)
    only_a_day = read("# A\n", NAME, BERLIN)
    assert started(only_a_day) == "2024-04-30 22:00"
    assert any("start was taken as 2024-04-30 22:00 UTC" in each for each in only_a_day.warnings)


def test_how_an_unclear_zone_was_read_is_said_and_kept() -> None:
    found = told("(CET)")
    assert any(
        "CET, which is not one" in each and "Europe/Berlin" in each for each in found.warnings
    )
    assert found.document is not None
    assert notes(found.document) == "Times of the document: CET, read as Europe/Berlin."
