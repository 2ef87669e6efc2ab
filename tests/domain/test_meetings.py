"""Who chairs a review, who may pass it on, and when it may start (rules 5, 7, 8)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import RuleBroken
from domain.meetings import (
    Meeting,
    Stage,
    check_chair,
    check_facilitator,
    check_has_meeting,
    check_may_pass_on,
    check_may_start,
    check_without,
    has_meeting,
    rotation,
)
from domain.people import Person
from domain.postmortems import Tier

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
CALLED = Meeting(facilitator="FREYA", called_by="ANA", called_at=NOW)
BEGUN = replace(CALLED, started_at=NOW)
CLOSED = replace(BEGUN, signed_off_at=NOW)


def refused(check: Callable[[], object]) -> str:
    with pytest.raises(RuleBroken) as broken:
        check()
    return str(broken.value)


def test_a_review_is_called_then_started_then_signed_off() -> None:
    assert [each.stage for each in (CALLED, BEGUN, CLOSED)] == list(Stage)


def test_a_paragraph_has_no_review() -> None:
    assert [has_meeting(tier) for tier in Tier] == [True, True, False]
    check_has_meeting(Tier.STANDARD)
    assert "A tier 3 postmortem has no review" in refused(lambda: check_has_meeting(Tier.PARAGRAPH))


def test_whoever_never_chaired_comes_first_then_longest_since() -> None:
    last = {"A": NOW, "B": NOW - timedelta(days=9)}
    assert rotation(["A", "B", "C", "A"], ["D"], last) == ["C", "B", "A"]


def test_a_responder_is_not_in_the_rotation() -> None:
    assert rotation(["A", "B"], ["B"], {}) == ["A"]


def test_a_responder_cannot_chair() -> None:
    bob = Person(id="BOB", name="Bob")
    assert check_facilitator(bob, ["ANA"]) is bob
    assert "Bob responded to this incident" in refused(lambda: check_facilitator(bob, ["BOB"]))


def test_the_chair_cannot_be_made_a_responder() -> None:
    check_chair(["ANA"], CALLED, "Freya")
    check_chair(["FREYA"], None, "")
    assert refused(lambda: check_chair(["FREYA"], CALLED, "Freya")) == (
        "Freya chairs the review of this incident. Pass the chair on first."
    )
    assert "Freya chaired the review" in refused(lambda: check_chair(["FREYA"], CLOSED, "Freya"))


@pytest.mark.parametrize("person", ["FREYA", "ANA", "LENA"])
def test_chair_caller_and_lead_may_pass_the_chair_on(person: str) -> None:
    check_may_pass_on(person, CALLED, "LENA", [], "Freya")


def test_nobody_else_may_while_one_of_them_is_here() -> None:
    sentence = refused(lambda: check_may_pass_on("BOB", CALLED, "", ["FREYA"], "Freya"))
    assert "Freya chairs this review. Only the chair, whoever called" in sentence


def test_when_all_of_them_have_left_anybody_may() -> None:
    check_may_pass_on("BOB", CALLED, "LENA", ["FREYA", "ANA", "LENA"], "Freya")


def test_the_chair_of_a_signed_off_review_stays() -> None:
    sentence = refused(lambda: check_may_pass_on("ANA", CLOSED, "", [], "Freya"))
    assert "signed off" in sentence


def test_only_the_chair_starts_and_only_once() -> None:
    check_may_start("FREYA", CALLED, "Freya")
    assert "Freya chairs this review" in refused(lambda: check_may_start("ANA", CALLED, "Freya"))
    assert "has begun already" in refused(lambda: check_may_start("FREYA", BEGUN, "Freya"))


def test_going_on_without_somebody_needs_a_reason() -> None:
    assert check_without("On leave") == "On leave"
    assert "Say why the review cannot wait" in refused(lambda: check_without("  "))
    assert "too many" in refused(lambda: check_without("a" * 501))
