"""Quarters: called by year and number, with their days and their neighbours."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.quarters import Quarter, bounds, compared, quarter_of, read_quarter

Q3 = Quarter(2026, 3)


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2026, 1, 1), 1), (date(2026, 3, 31), 1), (date(2026, 4, 1), 2), (date(2026, 12, 31), 4)],
)
def test_a_day_is_in_one_quarter(day: date, number: int) -> None:
    assert quarter_of(day) == Quarter(2026, number)


def test_a_quarter_is_stored_by_its_key() -> None:
    assert read_quarter(Q3.key) == Q3
    assert Q3.name == "2026 Q3"


@pytest.mark.parametrize("key", ["", "2026", "2026-Q5", "2026 Q3", "2026-Q3 "])
def test_anything_else_is_no_key(key: str) -> None:
    with pytest.raises(ValueError, match=f"^{key}$"):
        read_quarter(key)


def test_the_year_turns_between_the_fourth_and_the_first() -> None:
    assert Quarter(2026, 4).next == Quarter(2027, 1)
    assert Quarter(2027, 1).before == Quarter(2026, 4)
    assert Q3.before.next == Q3


def test_four_quarters_are_compared_the_last_of_them_is_looked_at() -> None:
    assert [each.name for each in compared(Q3)] == ["2025 Q4", "2026 Q1", "2026 Q2", "2026 Q3"]


def test_a_quarter_begins_at_midnight_where_it_is_looked_at() -> None:
    assert bounds([Q3.before, Q3], ZoneInfo("Europe/Berlin")) == [
        datetime(2026, 3, 31, 22, tzinfo=UTC),
        datetime(2026, 6, 30, 22, tzinfo=UTC),
        datetime(2026, 9, 30, 22, tzinfo=UTC),
    ]
