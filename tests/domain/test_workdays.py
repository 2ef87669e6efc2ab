"""Working mornings: Monday to Friday, at the clock of whoever is meant."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.workdays import mornings

NEW_YORK, TOKYO = ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")


def shown(after: datetime, zone: ZoneInfo, number: int = 3) -> list[str]:
    return [f"{at.astimezone(zone):%a %d %H:%M}" for at in mornings(after, zone, number)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (24, ["Wed 25 09:30", "Thu 26 09:30", "Fri 27 09:30"]),
        (26, ["Fri 27 09:30", "Mon 30 09:30", "Tue 01 09:30"]),
        (27, ["Mon 30 09:30", "Tue 01 09:30", "Wed 02 09:30"]),
        (28, ["Mon 30 09:30", "Tue 01 09:30", "Wed 02 09:30"]),
    ],
)
def test_the_next_mornings_leave_out_the_weekend(day: int, expected: list[str]) -> None:
    assert shown(datetime(2026, 11, day, 7, tzinfo=UTC), ZoneInfo("UTC")) == expected


def test_the_day_is_the_one_where_the_person_is() -> None:
    late_monday = datetime(2026, 11, 23, 23, tzinfo=UTC)
    assert shown(late_monday, NEW_YORK, 1) == ["Tue 24 09:30"]
    assert shown(late_monday, TOKYO, 1) == ["Wed 25 09:30"]


def test_a_morning_after_less_than_a_night_of_rest_does_not_count() -> None:
    assert shown(datetime(2026, 11, 23, 21, 30, tzinfo=UTC), ZoneInfo("UTC"), 1) == ["Tue 24 09:30"]
    assert shown(datetime(2026, 11, 23, 21, 31, tzinfo=UTC), ZoneInfo("UTC"), 1) == ["Wed 25 09:30"]


def test_half_past_nine_is_what_the_clock_shows_whatever_it_did_at_night() -> None:
    friday_before_the_change = datetime(2026, 3, 6, 12, tzinfo=UTC)
    assert shown(friday_before_the_change, NEW_YORK, 1) == ["Mon 09 09:30"]
    assert mornings(friday_before_the_change, NEW_YORK, 1)[0].hour == 13
