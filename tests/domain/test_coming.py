"""What the calendar brings: reviews on first Tuesdays, and what people hear of."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.coming import OpenItems, heard, review_day, reviews
from domain.hearing import Need

BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (date(2026, 12, 24), date(2026, 12, 1)),
        (date(2027, 1, 1), date(2027, 1, 5)),
        (date(2027, 2, 28), date(2027, 2, 2)),
        (date(2027, 9, 30), date(2027, 9, 7)),
    ],
)
def test_the_review_is_on_the_first_tuesday(month: date, day: date) -> None:
    assert review_day(month) == day


def test_a_year_has_a_review_each_month_at_ten_whatever_the_clocks_do() -> None:
    new_year = datetime(2026, 1, 1, tzinfo=UTC)

    held = list(reviews(new_year, new_year + timedelta(days=365), BERLIN))

    assert len(held) == 12
    assert {at.astimezone(BERLIN).strftime("%a %H:%M") for at in held} == {"Tue 10:00"}


def test_a_review_at_the_very_end_is_still_in_and_one_at_the_start_is_over() -> None:
    at = datetime(2026, 12, 1, 9, tzinfo=UTC)

    assert list(reviews(at - MOMENT, at, BERLIN)) == [at]
    assert list(reviews(at, at + MOMENT, BERLIN)) == []


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_reviews_are_four_or_five_weeks_apart(after: datetime) -> None:
    held = list(reviews(after, after + timedelta(days=400), BERLIN))

    weeks = {round((later - at) / timedelta(weeks=1), 1) for at, later in pairwise(held)}
    assert weeks <= {4.0, 5.0}


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ({Need.OVERDUE: 1}, "1 item"),
        ({Need.OVERDUE: 1, Need.DUE_SOON: 2}, "3 items"),
        ({Need.RAN_OUT: 2}, "2 accepted risks"),
        ({Need.EXPIRED: 2, Need.RAN_OUT: 1}, "2 items and 1 accepted risk"),
    ],
)
def test_what_somebody_hears_of_is_counted_in_words(needs: dict[Need, int], said: str) -> None:
    assert heard(needs) == said


def test_open_items_are_counted_in_words() -> None:
    assert OpenItems(open=1, overdue=0, expired=0).in_words() == "1 open item, 0 overdue, 0 expired"
    assert (
        OpenItems(open=9, overdue=5, expired=3).in_words() == "9 open items, 5 overdue, 3 expired"
    )
