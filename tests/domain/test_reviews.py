"""The monthly review: how far it is, who goes on, and what stands in the way of its end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import RuleBroken
from domain.reviews import (
    LEARNT_MAX,
    Entry,
    Review,
    Stage,
    Why,
    check_can_close,
    check_chairs,
    check_is_next,
    check_learnt,
    check_may_pass_on,
    check_under_way,
)

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)
CALLED = Review(
    workspace="T1",
    facilitator="UFREYA",
    called_by="UANA",
    called_at=NOW - timedelta(days=3),
    due_at=NOW,
    due_on=NOW.date(),
    channel="C1",
)
BEGUN = replace(CALLED, started_at=NOW, shown=3)
CLOSED = replace(BEGUN, closed_at=NOW)


def test_a_review_is_called_then_under_way_then_closed() -> None:
    stages = [each.stage for each in (CALLED, BEGUN, CLOSED)]
    assert stages == [Stage.CALLED, Stage.UNDER_WAY, Stage.CLOSED]
    assert CALLED.name == "Monthly review of 1 Dec 2026"


@pytest.mark.parametrize(
    ("review", "sentence"),
    [(CALLED, "has not begun yet: it begins by itself"), (CLOSED, "is closed: nothing is walked")],
)
def test_nothing_is_walked_before_or_after(review: Review, sentence: str) -> None:
    check_under_way(BEGUN)
    with pytest.raises(RuleBroken, match=sentence):
        check_under_way(review)


def test_who_presses_next_a_second_time_is_told_where_it_is() -> None:
    check_is_next(BEGUN, 3)
    with pytest.raises(RuleBroken, match="has gone on already: the newest card is at the end"):
        check_is_next(BEGUN, 2)


def test_the_chair_and_the_lead_go_on_and_everybody_else_reads_whom_to_ask() -> None:
    for person in ("UFREYA", "ULENA"):
        check_chairs(BEGUN, person, "ULENA", [], "Freya")
    with pytest.raises(RuleBroken, match=r"Freya chairs this review\. Ask Freya"):
        check_chairs(BEGUN, "UBOB", "ULENA", ["UANA"], "Freya")


@pytest.mark.parametrize(
    ("person", "gone", "sentence"),
    [
        ("UBOB", ["UFREYA"], "has left. Whoever leads the programme decides, or passes the"),
        ("UBOB", ["UFREYA", "ULENA"], "has left. Whoever called it can pass the chair on"),
        ("UANA", ["UFREYA", "ULENA"], "has left. Pass the chair on first"),
        ("UBOB", ["UFREYA", "ULENA", "UANA"], "has left. Pass the chair on first"),
    ],
)
def test_where_the_chair_has_left_it_is_said_who_goes_on(
    person: str, gone: list[str], sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence) as broken:
        check_chairs(BEGUN, person, "ULENA", gone, "Freya")
    assert "Ask Freya" not in str(broken.value)
    check_chairs(BEGUN, "ULENA", "ULENA", gone, "Freya")


def test_the_chair_whoever_called_it_and_the_lead_pass_it_on() -> None:
    for person in ("UFREYA", "UANA", "ULENA"):
        check_may_pass_on(BEGUN, person, "ULENA", [], "Freya")
    with pytest.raises(RuleBroken, match="ask one of them"):
        check_may_pass_on(BEGUN, "UBOB", "ULENA", [], "Freya")
    check_may_pass_on(BEGUN, "UBOB", "ULENA", ["UFREYA", "UANA", "ULENA"], "Freya")
    with pytest.raises(RuleBroken, match="nobody has to chair it"):
        check_may_pass_on(CLOSED, "UFREYA", "", [], "Freya")


def test_only_what_is_expired_or_overdue_must_be_decided() -> None:
    entry = Entry(review_id=1, position=1, why=Why.OPEN, owner="U1")
    must = [why for why in Why if replace(entry, why=why).must_be_decided]
    assert must == [Why.EXPIRED, Why.OVERDUE]
    assert not replace(entry, why=Why.OVERDUE, settled_at=NOW).must_be_decided


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["PM-1/1"], "PM-1/1 is expired or overdue"),
        ([f"PM-{n}/1" for n in range(12)], "PM-9/1 and 2 more are expired or overdue"),
    ],
)
def test_a_review_is_not_closed_while_something_is_owed(keys: list[str], said: str) -> None:
    check_can_close([])
    with pytest.raises(RuleBroken, match=said) as broken:
        check_can_close(keys)
    assert "the programme lead is asked, and must then decide before" in str(broken.value)


def test_what_was_learnt_is_taken_trimmed_and_not_too_long() -> None:
    assert check_learnt(" Dates slip in December. ") == "Dates slip in December."
    with pytest.raises(RuleBroken):
        check_learnt("x" * (LEARNT_MAX + 1))
