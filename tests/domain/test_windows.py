"""Windows: months that end now, the months before them, and quarters, by a zone's own days."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.quarters import Quarter
from domain.windows import before, last_months, months_of, of_quarters

BERLIN = ZoneInfo("Europe/Berlin")


def test_the_last_six_months_begin_at_midnight_there_and_end_now() -> None:
    now = datetime(2026, 11, 21, 16, 5, tzinfo=UTC)
    window = last_months(6, now, BERLIN)
    assert window.since == datetime(2026, 5, 20, 22, tzinfo=UTC)
    assert window.until == now
    assert (window.first_day, window.end_day) == (date(2026, 5, 21), date(2026, 11, 21))


@pytest.mark.parametrize(
    ("today", "months", "begins"),
    [
        (datetime(2026, 8, 31, 12, tzinfo=UTC), 6, date(2026, 2, 28)),
        (datetime(2024, 8, 31, 12, tzinfo=UTC), 6, date(2024, 2, 29)),
        (datetime(2026, 1, 15, 12, tzinfo=UTC), 12, date(2025, 1, 15)),
        (datetime(2026, 2, 15, 12, tzinfo=UTC), 3, date(2025, 11, 15)),
    ],
)
def test_a_month_without_that_day_begins_at_its_last(
    today: datetime, months: int, begins: date
) -> None:
    assert last_months(months, today, BERLIN).first_day == begins


def test_the_window_before_ends_where_this_one_begins() -> None:
    window = last_months(6, datetime(2026, 11, 21, 16, tzinfo=UTC), BERLIN)
    earlier = before(window, 6)
    assert earlier.until == window.since
    assert earlier.first_day == date(2025, 11, 21)


def test_a_window_holds_its_beginning_and_not_its_end() -> None:
    window = last_months(3, datetime(2026, 11, 21, 16, tzinfo=UTC), BERLIN)
    assert window.since in window
    assert window.until not in window
    assert window.has_day(date(2026, 11, 20))
    assert not window.has_day(date(2026, 11, 21))


def test_months_are_those_of_the_calendar_cut_at_both_ends() -> None:
    window = last_months(3, datetime(2026, 11, 21, 16, tzinfo=UTC), BERLIN)
    found = months_of(window)
    assert [each.first_day for each in found] == [
        date(2026, 8, 21),
        date(2026, 9, 1),
        date(2026, 10, 1),
        date(2026, 11, 1),
    ]
    assert (found[0].since, found[-1].until) == (window.since, window.until)


def test_a_window_that_ends_with_a_month_has_no_empty_month_after_it() -> None:
    now = datetime(2026, 11, 30, 23, tzinfo=UTC)  # midnight of 1 December there
    found = months_of(last_months(3, now, BERLIN))
    assert [each.first_day.month for each in found] == [9, 10, 11]


def test_quarters_follow_each_other_through_a_change_of_the_clocks() -> None:
    windows = of_quarters([Quarter(2026, 1), Quarter(2026, 2)], BERLIN)
    assert windows[0].until == windows[1].since == datetime(2026, 3, 31, 22, tzinfo=UTC)
