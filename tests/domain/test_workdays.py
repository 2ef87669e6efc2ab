"""When somebody works: their clock, their week, their holidays."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.programme import Programme
from domain.workdays import WorkingTime, mornings, working_time

GREENWICH = ZoneInfo("UTC")
NEW_YORK, TOKYO, LONDON = map(ZoneInfo, ("America/New_York", "Asia/Tokyo", "Europe/London"))
JERUSALEM = ZoneInfo("Asia/Jerusalem")
SUNDAY_TO_THURSDAY = Programme(working_days="71234", work_begins=time(8), work_ends=time(16))


def hours(
    zone: ZoneInfo = GREENWICH,
    programme: Programme | None = None,
    holidays: Collection[date] = (),
) -> WorkingTime:
    return working_time(programme or Programme(), zone, frozenset(holidays).__contains__)


def shown(after: datetime, when: WorkingTime, number: int = 3) -> list[str]:
    return [f"{at.astimezone(when.zone):%a %d %H:%M}" for at in mornings(after, when, number)]


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


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
    assert shown(at(day, 7), hours()) == expected


def test_the_next_mornings_leave_out_holidays() -> None:
    off = hours(holidays=[date(2026, 11, 25), date(2026, 11, 30)])
    assert shown(at(24, 7), off) == ["Thu 26 09:30", "Fri 27 09:30", "Tue 01 09:30"]


def test_a_week_from_sunday_to_thursday_leaves_out_friday_and_saturday() -> None:
    when = hours(JERUSALEM, SUNDAY_TO_THURSDAY)
    assert shown(at(25, 7), when) == ["Thu 26 08:00", "Sun 29 08:00", "Mon 30 08:00"]


def test_the_day_is_the_one_where_the_person_is() -> None:
    assert shown(at(23, 23), hours(NEW_YORK), 1) == ["Tue 24 09:30"]
    assert shown(at(23, 23), hours(TOKYO), 1) == ["Wed 25 09:30"]


def test_a_morning_after_less_than_a_night_of_rest_does_not_count() -> None:
    assert shown(at(23, 21, 30), hours(), 1) == ["Tue 24 09:30"]
    assert shown(at(23, 21, 31), hours(), 1) == ["Wed 25 09:30"]


def test_half_past_nine_is_what_the_clock_shows_whatever_it_did_at_night() -> None:
    friday_before_the_change = at(6, 12, month=3)
    assert shown(friday_before_the_change, hours(NEW_YORK), 1) == ["Mon 09 09:30"]
    assert mornings(friday_before_the_change, hours(NEW_YORK), 1)[0].hour == 13


@pytest.mark.parametrize(
    ("now", "is_at_work", "next_at_work"),
    [
        (at(24, 9, 29), False, at(24, 9, 30)),
        (at(24, 9, 30), True, at(24, 9, 30)),
        (at(24, 16, 59), True, at(24, 16, 59)),
        (at(24, 17), False, at(25, 9, 30)),
        (at(25, 0), False, at(25, 9, 30)),
        (at(26, 12), False, at(27, 9, 30)),  # a holiday
        (at(27, 17, 1), False, at(30, 9, 30)),
        (at(28, 12), False, at(30, 9, 30)),
    ],
)
def test_somebody_is_at_work_within_their_hours_of_a_working_day(
    now: datetime,
    is_at_work: bool,  # noqa: FBT001 - a column of the table
    next_at_work: datetime,
) -> None:
    when = hours(holidays=[date(2026, 11, 26)])
    assert (when.is_at_work(now), when.next_at_work(now)) == (is_at_work, next_at_work)


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        (LONDON, date(2026, 3, 27), [9, 8]),  # the clocks go forward on Sunday 29 March
        (LONDON, date(2026, 10, 23), [8, 9]),  # and back on Sunday 25 October
        (NEW_YORK, date(2026, 3, 6), [14, 13]),
        (NEW_YORK, date(2026, 10, 30), [13, 14]),
        (TOKYO, date(2026, 3, 27), [0, 0]),
    ],
)
def test_work_begins_at_the_same_hour_of_the_clock_before_and_after_a_change(
    zone: ZoneInfo, day: date, expected: list[int]
) -> None:
    when = hours(zone)
    monday = when.working_day(day + timedelta(days=1))
    assert [when.morning(each).hour for each in (day, monday)] == expected


def test_work_that_begins_in_an_hour_that_is_skipped_begins_when_the_clock_goes_on() -> None:
    nights = Programme(work_begins=time(1, 30), work_ends=time(9), working_days="1234567")
    when = hours(LONDON, nights)
    assert when.morning(date(2026, 3, 29)) == at(29, 1, month=3)
    assert when.next_at_work(at(29, 0, 59, month=3)) == at(29, 1, month=3)


def test_hours_that_are_skipped_as_a_whole_leave_no_work_on_that_day() -> None:
    nights = Programme(work_begins=time(1), work_ends=time(2), working_days="1234567")
    when = hours(LONDON, nights)
    assert not when.is_at_work(at(29, 1, month=3))
    assert when.next_at_work(at(29, 1, month=3)) == at(30, 0, month=3)


def test_a_calendar_without_a_working_day_still_ends() -> None:
    never = working_time(Programme(), GREENWICH, lambda _day: True)
    assert never.working_day(date(2026, 11, 24)) == date(2026, 11, 24)
