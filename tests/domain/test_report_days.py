"""When the monthly report is posted: at the reviews' hour, on the month's first day of work."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.programme import Programme
from domain.report_days import CAUGHT_UP, Monthly, channel_of, latest, next_month, of_month
from domain.workdays import WorkingTime, working_time

BERLIN = ZoneInfo("Europe/Berlin")
PROGRAMME = Programme(review_time=time(10))
A_MINUTE = timedelta(minutes=1)


def hours(*holidays: date) -> WorkingTime:
    return working_time(PROGRAMME, BERLIN, lambda day: day in holidays)


def due(day: date, *holidays: date) -> Monthly:
    return of_month(day, PROGRAMME, hours(*holidays))


def test_it_is_due_on_the_first_if_that_is_a_working_day() -> None:
    assert due(date(2026, 12, 24)).due_at == datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_a_weekend_and_holidays_put_it_off() -> None:
    monthly = due(date(2026, 11, 30), date(2026, 11, 2))
    assert (monthly.month, monthly.due_at.date()) == ("2026-11", date(2026, 11, 3))


def test_it_is_caught_up_for_seven_days() -> None:
    monthly = due(date(2026, 12, 1))
    assert not monthly.is_due(monthly.due_at - A_MINUTE, None)
    assert monthly.is_due(monthly.due_at, None)
    assert monthly.is_due(monthly.due_at + CAUGHT_UP, None)
    assert not monthly.is_due(monthly.due_at + CAUGHT_UP + A_MINUTE, None)


def test_what_lies_before_the_reviews_were_set_up_was_never_promised() -> None:
    monthly = due(date(2026, 12, 1))
    assert monthly.is_due(monthly.due_at, monthly.due_at)
    assert not monthly.is_due(monthly.due_at + A_MINUTE, monthly.due_at + A_MINUTE)


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 12, 31), "2027-01"),
        (date(2027, 1, 31), "2027-02"),
        (date(2026, 4, 1), "2026-05"),
    ],
)
def test_the_next_month_follows_every_day(day: date, following: str) -> None:
    assert f"{next_month(day):%Y-%m}" == following


def test_a_month_has_begun_where_the_day_begins_first() -> None:
    assert latest(datetime(2026, 11, 30, 9, 59, tzinfo=UTC)) == "2026-11"
    assert latest(datetime(2026, 11, 30, 10, tzinfo=UTC)) == "2026-12"


def test_it_goes_where_reviews_are_held_else_to_engineering_else_to_everybody() -> None:
    programme = Programme(review_channel="C1", engineering_channel="C2", organisation_channel="C3")
    assert channel_of(programme) == "C1"
    assert channel_of(replace(programme, review_channel="")) == "C2"
    assert channel_of(replace(programme, review_channel="", engineering_channel="")) == "C3"
    assert channel_of(Programme()) == ""
