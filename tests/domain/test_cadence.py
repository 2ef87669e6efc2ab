"""Which day of a month a review is held on."""

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cadence import Cadence, choices, day_in, occasions, parse, words, written
from domain.errors import RuleBroken
from domain.programme import REVIEW_DAY

CADENCES = st.sampled_from(sorted(choices())).map(parse)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))
SELECT_MAX = 100  # options of a select menu (docs.slack.dev/reference/block-kit/block-elements)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("first tuesday", ["2026-11-03", "2026-12-01", "2027-01-05"]),
        ("  Third   MONDAY ", ["2026-11-16", "2026-12-21", "2027-01-18"]),
        ("last friday", ["2026-11-27", "2026-12-25", "2027-01-29"]),
        ("fourth sunday", ["2026-11-22", "2026-12-27", "2027-01-24"]),
        ("28", ["2026-11-28", "2026-12-28", "2027-01-28"]),
        ("last", ["2026-11-30", "2026-12-31", "2027-01-31"]),
    ],
)
def test_one_day_of_each_month_is_meant(text: str, days: list[str]) -> None:
    coming = islice(occasions(parse(text), date(2026, 10, 31)), 3)
    assert [each.isoformat() for each in coming] == days


def test_the_last_day_of_february_is_the_last_there_is() -> None:
    assert [day_in(parse("last"), year, 2).day for year in (2026, 2028)] == [28, 29]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("first tuesday", "on the first Tuesday of each month"),
        ("last friday", "on the last Friday of each month"),
        ("1", "on the 1st of each month"),
        ("11", "on the 11th of each month"),
        ("22", "on the 22nd of each month"),
        ("last", "on the last day of each month"),
    ],
)
def test_it_is_said_in_words(text: str, said: str) -> None:
    assert words(parse(text)) == said


@pytest.mark.parametrize(
    "text", ["", "0", "29", "fifth monday", "tuesday", "first", "first tues", "-1", "1.5", "²"]
)
def test_anything_else_is_refused_where_it_is_chosen(text: str) -> None:
    with pytest.raises(RuleBroken, match="like first Tuesday") as refused:
        parse(text)
    assert refused.value.field == "review_day"


def test_everything_that_can_be_chosen_fits_a_select_and_is_read_again() -> None:
    assert len(choices()) == 5 * 7 + 29 <= SELECT_MAX
    assert {written(parse(each)) for each in choices()} == choices().keys()
    assert choices()[REVIEW_DAY] == "First Tuesday"
    assert (choices()["3"], choices()["last"]) == ("3rd", "Last day")


@given(CADENCES, DAYS)
def test_occasions_come_once_a_month_and_after_the_day_asked_for(
    cadence: Cadence, after: date
) -> None:
    coming = list(islice(occasions(cadence, after), 14))
    months = [each.year * 12 + each.month for each in coming]
    assert months == list(range(months[0], months[0] + 14))
    assert after < coming[0] <= after + timedelta(days=62)


@given(CADENCES, DAYS)
def test_two_occasions_are_four_or_five_weeks_apart_or_a_month(
    cadence: Cadence, after: date
) -> None:
    first, second = islice(occasions(cadence, after), 2)
    assert timedelta(days=28) <= second - first <= timedelta(days=35)
