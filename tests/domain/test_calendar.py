"""A local day and time is exactly one instant, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import slot


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        ("UTC", date(2026, 11, 21), time(9, 30), "2026-11-21 09:30"),
        ("Europe/Lisbon", date(2026, 7, 1), time(9, 30), "2026-07-01 08:30"),
        # New York skips 02:00-03:00 on 8 March, at 07:00 UTC.
        ("America/New_York", date(2026, 3, 8), time(1, 59), "2026-03-08 06:59"),
        ("America/New_York", date(2026, 3, 8), time(2, 0), "2026-03-08 07:00"),
        ("America/New_York", date(2026, 3, 8), time(2, 30), "2026-03-08 07:00"),
        ("America/New_York", date(2026, 3, 8), time(3, 0), "2026-03-08 07:00"),
        # ... and shows 01:00-02:00 twice on 1 November: the first showing counts.
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01 05:30"),
        ("America/New_York", date(2026, 11, 1), time(1, 30, fold=1), "2026-11-01 05:30"),
        # Half an hour on Lord Howe; a whole day in Samoa.
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03 15:30"),
        ("Pacific/Apia", date(2011, 12, 30), time(9, 30), "2011-12-30 10:00"),
    ],
)
def test_a_wall_time_is_one_instant(zone: str, day: date, at: time, instant: str) -> None:
    assert f"{slot(day, at, ZoneInfo(zone)):%Y-%m-%d %H:%M}" == instant


@given(
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.times(),
    st.sampled_from(["America/New_York", "Africa/Casablanca", "Australia/Lord_Howe"]),
)
def test_the_clock_shows_the_time_or_has_just_skipped_it(day: date, at: time, name: str) -> None:
    zone = ZoneInfo(name)
    instant = slot(day, at, zone)
    shown = instant.astimezone(zone).replace(tzinfo=None)
    wanted = datetime.combine(day, at.replace(fold=0))
    assert instant.tzinfo is UTC
    just_before = (instant - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert shown == wanted or just_before < wanted < shown
