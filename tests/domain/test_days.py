"""Days written with a month's name, in a line and by themselves."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.days import read_named_day
from domain.times import Bearings, read_moment

BEARINGS = Bearings(
    zone=ZoneInfo("America/New_York"),
    before=datetime(2026, 11, 20, 15, tzinfo=UTC),
    today=date(2026, 11, 21),
)


@pytest.mark.parametrize(
    ("line", "instant"),
    [
        ("Nov 18 14:03 failover", "2026-11-18 19:03:00"),
        ("18 Nov 14:03 failover", "2026-11-18 19:03:00"),
        ("18 november, 2:03pm failover", "2026-11-18 19:03:00"),
        ("Nov. 18th, 2025 14:03 failover", "2025-11-18 19:03:00"),
        ("[18 Nov 2025 14:03 UTC] failover", "2025-11-18 14:03:00"),
        ("| Nov 18 | 14:03 | failover", "2026-11-18 19:03:00"),
        ("Jan 2 14:03 failover", "2027-01-02 19:03:00"),
        ("Nov 18 2014 UTC failover", "2026-11-18 20:14:00"),
    ],
)
def test_a_moment_may_name_its_month(line: str, instant: str) -> None:
    at, text = read_moment(line, BEARINGS)
    assert (f"{at:%Y-%m-%d %H:%M:%S}", text) == (instant, "failover")


@pytest.mark.parametrize(
    ("said", "near", "day"),
    [
        ("31 Dec", date(2026, 1, 2), date(2025, 12, 31)),
        ("Jan 1", date(2025, 12, 30), date(2026, 1, 1)),
        ("Sept 5th", date(2026, 9, 9), date(2026, 9, 5)),
        ("29 February", date(2025, 1, 1), date(2024, 2, 29)),
    ],
)
def test_without_a_year_it_is_the_nearest_one(said: str, near: date, day: date) -> None:
    assert read_named_day(said, near) == day


@pytest.mark.parametrize("said", ["31 June", "Feb 30", "Feb 29 2025", "0 May"])
def test_a_day_that_the_calendar_has_not_is_none(said: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_named_day(said, date(2025, 6, 1))
