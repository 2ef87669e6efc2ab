"""What the chair and the channel are told of a monthly review, and the form that passes it on."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from blocks.limits import check_message, check_view
from blocks.parts import Message
from blocks.review_calls import (
    called_message,
    chair_message,
    pass_review_on_modal,
    read_pass_review_on,
    relieved_message,
    to_come,
)
from domain.postmortems import REASON_MAX
from domain.reviews import Review, Why
from tests.blocks.samples import submitted

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
REVIEW = Review(
    workspace="T1",
    facilitator="U1",
    called_by="",
    called_at=NOW,
    due_at=NOW,
    due_on=date(2026, 12, 1),
    channel="C1",
    id=5,
)
BEGUN = replace(REVIEW, started_at=NOW)
CLOSED = replace(BEGUN, closed_at=NOW)
COUNTS = {Why.EXPIRED: 2, Why.OPEN: 3}


def words(message: Message) -> str:
    """What a message says in all of its blocks."""
    return str(check_message(message)["blocks"])


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "nothing"),
        ({Why.OPEN: 1}, "1 item (1 open)"),
        (COUNTS, "5 items (2 expired, 3 open)"),
        ({Why.RISK: 1}, "1 accepted risk whose date has come"),
        ({Why.OPEN: 1, Why.LINE: 2}, "1 item (1 open) · 2 lines of old documents"),
    ],
)
def test_what_is_to_come_is_counted_in_words(counts: dict[Why, int], said: str) -> None:
    assert to_come(counts) == said


@pytest.mark.parametrize(
    ("review", "said"),
    [
        (REVIEW, "it begins by itself"),
        (BEGUN, "It began <!date^1796115600^"),
        (CLOSED, "It is closed. Thank you."),
    ],
)
def test_the_chair_reads_how_far_it_is(review: Review, said: str) -> None:
    message = chair_message(review, COUNTS)
    assert said in words(message)
    assert ("pass it on" in words(message)) is False
    assert ("Voice no solution" in words(message)) is (review is not CLOSED)


def test_a_reason_that_was_typed_mentions_nobody() -> None:
    passed = replace(REVIEW, passed_on=1, passed_because="<!channel> " + "&" * REASON_MAX)
    said = words(chair_message(passed, COUNTS, "U2"))
    assert "<@U2> passed it on to you." in said
    assert "<!channel>" not in said


def test_whoever_passed_it_on_may_be_unknown() -> None:
    assert "Somebody passed it on" in words(chair_message(replace(REVIEW, passed_on=1), COUNTS))


@pytest.mark.parametrize(
    ("review", "said"),
    [
        (REVIEW, "*Monthly review of 1 Dec 2026*"),
        (BEGUN, "and is chaired by <@U1>."),
        (CLOSED, "<@U1> chaired it."),
    ],
)
def test_the_channel_reads_how_far_it_is(review: Review, said: str) -> None:
    message = called_message(review, COUNTS)
    assert said in words(message)
    has_buttons = any(block["type"] == "actions" for block in message["blocks"])
    assert has_buttons is (review is REVIEW)


def test_whoever_is_relieved_is_thanked() -> None:
    assert "<@U1> chairs the monthly review of 1 Dec 2026 instead." in words(
        relieved_message(REVIEW)
    )


@pytest.mark.parametrize("suggested", ["U2", ""])
def test_the_form_is_read_back(suggested: str) -> None:
    form = check_view(pass_review_on_modal(REVIEW, suggested))
    read = read_pass_review_on(submitted(form, {"reason": " On leave "}))
    assert (read.review_id, read.chair) == (5, "U1")
    assert (read.facilitator, read.reason) == (suggested, "On leave")


def test_an_announcement_is_told_as_one_once_the_review_has_begun() -> None:
    said = called_message(BEGUN, COUNTS)["text"]
    assert said.startswith("The monthly review of 1 Dec 2026 was announced here. It began <!date^")
    assert "was closed <!date^" in called_message(CLOSED, COUNTS)["text"]


@pytest.mark.parametrize(
    ("expiring", "said"),
    [
        (1, "open). 1 of them expires if it is still open after it."),
        (2, "open). 2 of them expire if they are still open after it."),
    ],
)
def test_the_channel_reads_for_how_many_it_is_the_last_review(expiring: int, said: str) -> None:
    assert said in words(called_message(REVIEW, COUNTS, expiring))
    assert "after it" not in words(called_message(REVIEW, COUNTS))
