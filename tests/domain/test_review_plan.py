"""When monthly reviews are called, begun and reminded of, and when somebody is alarmed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cadence import choices
from domain.programme import Programme
from domain.review_plan import LOOK_EVERY, Situation, Step, next_look, next_occasion, steps
from tests.domain.standing import HELD, NEW_YORK, at, standing, under_way


def planned(situation: Situation, now: str) -> list[str]:
    """What is to be done next, as lines."""
    found = steps(situation, at(now))
    return [f"{each.step} {each.at:%m-%d %H:%M}" for each in found if each.step is not Step.ALERT]


def test_it_is_called_three_working_days_ahead_when_work_begins() -> None:
    assert planned(standing(), "2026-11-20") == ["call 11-26 09:30"]
    assert next_occasion(standing(), at("2026-11-20")).due_at == at("2026-12-01 10:00")


def test_a_holiday_before_it_has_it_called_a_day_earlier() -> None:
    off = [date(2026, 11, 27)]
    assert planned(standing(off=off), "2026-11-20") == ["call 11-25 09:30"]


@pytest.mark.parametrize(
    ("day", "off", "now", "held_on"),
    [
        ("first tuesday", [date(2026, 12, 1)], "2026-11-20", date(2026, 12, 2)),
        ("first saturday", [], "2026-11-20", date(2026, 12, 7)),
        ("25", [date(2026, 12, 25)], "2026-12-20", date(2026, 12, 28)),
        ("last", [date(2026, 12, 31), date(2027, 1, 1)], "2026-12-20", date(2027, 1, 4)),
    ],
)
def test_a_day_on_which_nobody_works_is_put_off_to_the_next(
    day: str, off: list[date], now: str, held_on: date
) -> None:
    known = standing(replace(HELD, review_day=day), off=off)
    assert next_occasion(known, at(now)).due_on == held_on


def test_its_hour_is_what_the_clock_there_shows_before_and_after_a_change() -> None:
    known = standing(zone=NEW_YORK, last_closed_at=at("2026-10-07"), last_due_on=None)
    hours = [next_occasion(known, at(day)).due_at.hour for day in ("2026-10-25", "2026-11-20")]
    assert hours == [15, 15]
    earlier = replace(known, last_closed_at=at("2026-09-02"))
    assert next_occasion(earlier, at("2026-09-20")).due_at == at("2026-10-06 14:00")


def test_an_hour_that_is_skipped_is_the_one_at_which_the_clock_goes_on() -> None:
    night = replace(HELD, review_day="last sunday", review_time=time(1, 30), working_days="1234567")
    known = standing(night, last_closed_at=at("2026-03-01"), last_due_on=None)
    assert next_occasion(known, at("2026-03-20")).due_at == at("2026-03-29 01:00")


def test_where_no_channel_is_named_none_is_called() -> None:
    assert planned(standing(Programme()), "2026-12-02") == []


def test_where_nothing_is_open_it_is_left_out_and_nobody_is_alarmed() -> None:
    known = standing(is_anything_open=False)
    assert planned(known, "2026-11-20") == ["leave out 11-26 09:30"]
    assert [each.step for each in steps(known, at("2027-11-20"))] == [Step.LEAVE_OUT]
    left_out = replace(known, left_out_on=date(2026, 12, 1), is_anything_open=True)
    assert planned(left_out, "2026-11-30") == ["call 12-31 09:30"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-12-04", "call 11-26 09:30"),  # the app was down over both
        ("2026-12-08 10:00", "call 11-26 09:30"),
        ("2026-12-08 10:01", "call 12-31 09:30"),
    ],
)
def test_what_was_missed_is_caught_up_with_for_a_week(now: str, expected: str) -> None:
    assert planned(standing(), now) == [expected]


def test_one_that_is_called_begins_by_itself_however_late() -> None:
    called = under_way(at("2026-12-01 10:00"), started_at=None)
    assert planned(standing(current=called), "2026-11-27") == ["begin 12-01 10:00"]
    assert planned(standing(current=called), "2027-01-27") == ["begin 12-01 10:00"]


def test_while_one_is_open_no_other_is_called_but_it_is_reminded_of() -> None:
    known = standing(current=under_way(at("2026-12-01 10:00")))
    assert planned(known, "2026-12-01 10:00") == ["remind 12-03 09:30", "escalate 12-08 09:30"]
    reminded = under_way(at("2026-12-01 10:00"), reminded_at=at("2026-12-03 09:30"))
    assert planned(standing(current=reminded), "2027-01-20") == ["escalate 12-08 09:30"]
    told = replace(reminded, escalated_at=at("2026-12-08 09:30"))
    assert planned(standing(current=told), "2027-01-20") == []


def test_reminders_count_working_days_where_it_is_held() -> None:
    friday = under_way(at("2026-11-27 23:30"))
    assert planned(standing(current=friday), "2026-11-28")[0] == "remind 12-01 09:30"
    east = standing(zone=ZoneInfo("Asia/Tokyo"), current=friday)  # where it is Saturday
    assert planned(east, "2026-11-28")[0] == "remind 12-01 00:30"


def test_one_that_was_closed_late_is_not_followed_by_the_one_it_held_up() -> None:
    late = standing(last_closed_at=at("2026-12-03"), last_due_on=date(2026, 11, 3))
    assert planned(late, "2026-12-03") == ["call 12-31 09:30"]


def test_one_held_by_hand_on_the_day_is_the_one_of_that_day() -> None:
    by_hand = standing(last_closed_at=at("2026-12-01 09:00"), last_due_on=date(2026, 12, 1))
    assert planned(by_hand, "2026-12-01 09:00") == ["call 12-31 09:30"]


@pytest.mark.parametrize("closed", ["2026-11-26 09:30", "2026-11-30 11:00"])
def test_one_that_is_closed_within_its_notice_is_held_instead(closed: str) -> None:
    by_hand = standing(last_closed_at=at(closed), last_due_on=at(closed).date())
    assert planned(by_hand, closed) == ["call 12-31 09:30"]


def test_one_closed_before_its_notice_is_another() -> None:
    by_hand = standing(last_closed_at=at("2026-11-25"), last_due_on=date(2026, 11, 25))
    assert planned(by_hand, "2026-11-25") == ["call 11-26 09:30"]


def test_a_notice_longer_than_a_month_takes_no_review_away() -> None:
    known = standing(replace(HELD, told_days=31), last_closed_at=at("2026-11-04"))
    assert next_occasion(known, at("2026-11-05")).due_on == date(2026, 12, 1)


def test_settings_changed_two_days_before_take_the_one_without_its_notice_away() -> None:
    changed = standing(reviews_since=at("2026-11-29"))
    assert planned(changed, "2026-11-29") == ["call 12-31 09:30"]
    assert planned(standing(reviews_since=at("2026-11-26 09:30")), "2026-11-29") == [
        "call 11-26 09:30"
    ]


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2026-11-20", "2026-11-21"), ("2026-11-26 09:00", "2026-11-26 09:30")],
)
def test_it_looks_at_the_next_step_and_once_a_day(now: str, expected: str) -> None:
    found = steps(standing(), at(now))
    assert next_look(found, at(now)) == at(expected)


@given(
    st.sampled_from(sorted(choices())),
    st.sampled_from(["12345", "71234", "3", "1234567"]),
    st.integers(1, 20),
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 - it has its zone below
)
def test_whatever_is_set_it_is_called_before_it_is_held_and_looked_at_in_time(
    day: str, week: str, told: int, now: datetime
) -> None:
    programme = replace(HELD, review_day=day, working_days=week, told_days=told)
    known = standing(programme, last_closed_at=None, last_due_on=None)
    now = now.replace(tzinfo=UTC)
    held = next_occasion(known, now)
    assert held.call_at < held.due_at
    assert now - timedelta(days=7) <= held.due_at
    assert str(held.due_on.isoweekday()) in week
    assert now < next_look(steps(known, now), now) <= now + LOOK_EVERY
