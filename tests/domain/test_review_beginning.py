"""Who begins a monthly review by hand, and when there is one to begin."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import RuleBroken
from domain.review_beginning import (
    check_anything_to_walk,
    check_can_be_called,
    check_may_begin,
    check_not_begun,
)
from domain.reviews import Review, Why

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
TODAY = date(2026, 12, 1)
CALLED = Review(
    workspace="T1",
    facilitator="U1",
    called_by="",
    called_at=NOW,
    due_at=NOW,
    due_on=TODAY,
    channel="C1",
)
BEGUN = replace(CALLED, started_at=NOW)
CLOSED = replace(BEGUN, closed_at=NOW)
NAMES = {"U1": "Freya", "U2": "Lena", "U3": "Mei"}


@pytest.mark.parametrize("person", ["U1", "U2", "UCHAIR", "ULEAD"])
def test_facilitators_the_chair_and_the_lead_begin_one(person: str) -> None:
    check_may_begin(person, ["U1", "U2"], {"UCHAIR", "ULEAD"}, NAMES)


def test_where_nobody_takes_turns_anybody_does() -> None:
    check_may_begin("U9", [], {"ULEAD"}, {})


@pytest.mark.parametrize(
    ("facilitators", "words"),
    [
        (["U1"], "Ask Freya, or the programme lead."),
        (["U1", "U2"], "Ask Freya or Lena, or"),
        (["U1", "U2", "U3", "U4"], "Ask Freya, Lena or Mei, or"),
        (["U7"], "Ask U7, or"),
    ],
)
def test_anybody_else_is_told_whom_to_ask(facilitators: list[str], words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        check_may_begin("U9", facilitators, set(), NAMES)


@pytest.mark.parametrize(
    ("review", "words"), [(BEGUN, "begun already, and Freya chairs"), (CLOSED, "is closed")]
)
def test_what_has_begun_is_not_begun_again(review: Review, words: str) -> None:
    check_not_begun(CALLED, "Freya")
    with pytest.raises(RuleBroken, match=words):
        check_not_begun(review, "Freya")


@pytest.mark.parametrize(
    ("current", "last", "words"),
    [
        (CALLED, CALLED, "is called already, and Freya chairs it"),
        (BEGUN, BEGUN, "is under way already"),
        (None, CLOSED, "of 1 Dec 2026 is closed already.* in a review from 2 Dec on"),
        (None, replace(CLOSED, due_on=date(2026, 12, 4)), "in a review from 5 Dec on"),
    ],
)
def test_there_is_one_at_a_time_and_one_a_day(
    current: Review | None, last: Review, words: str
) -> None:
    with pytest.raises(RuleBroken, match=words):
        check_can_be_called(current, last, "Freya", TODAY)


@pytest.mark.parametrize("last", [None, replace(CLOSED, due_on=TODAY - timedelta(days=1))])
def test_on_another_day_there_is_another(last: Review | None) -> None:
    check_can_be_called(None, last, "", TODAY)


def test_nothing_to_walk_is_no_review() -> None:
    check_anything_to_walk({Why.LINE: 1})
    with pytest.raises(RuleBroken, match="nothing to walk"):
        check_anything_to_walk({})
