"""What is said to whoever may not decide so: word for word, as they read it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.action_items import ActionItem, ItemKind, ItemState
from domain.decisions import Decision
from domain.errors import RuleBroken
from domain.programme import Priority
from domain.roles import Role, check_may

ITEM = ActionItem(
    what="Drain connections first",
    done_when="A failover loses no request",
    owner="UANA",
    priority=Priority.P2,
    due_on=date(2026, 12, 1),
    kind=ItemKind.GUARDRAIL,
)
EXPIRED = replace(ITEM, reviews_seen=2)
IMPLEMENTED = replace(ITEM, state=ItemState.IMPLEMENTED)
CANCELLED = replace(ITEM, state=ItemState.CANCELLED)
INEFFECTIVE = replace(ITEM, state=ItemState.INEFFECTIVE)
ENDINGS = "promote it to a planned project, accept the risk, or cancel it."


def refused(
    item: ActionItem, decision: Decision, *held: Role, owner: str = "Ana", lead: str = "Lena"
) -> str:
    with pytest.raises(RuleBroken) as broken:
        check_may(item, held, decision, owner, lead)
    return str(broken.value)


def test_a_stranger_is_told_whom_to_ask() -> None:
    assert refused(ITEM, Decision.RESCHEDULE) == (
        "Ana, who owns this item, or Lena, who leads the programme, decides about it. "
        "Ask one of them."
    )


def test_a_facilitator_is_told_who_alone_cancels() -> None:
    assert refused(ITEM, Decision.CANCEL, Role.FACILITATOR) == (
        "Only Ana, who owns this item, or Lena, who leads the programme, can cancel it. "
        "Ask one of them."
    )


def test_where_the_owner_has_left_it_is_handed_over_first() -> None:
    assert refused(ITEM, Decision.IMPLEMENT, Role.STAND_IN) == (
        "Ana owned this item and has left. Hand it over first: who takes it on decides about it."
    )


def test_whoever_is_not_asked_any_more_is_told_whom_to_ask_instead() -> None:
    assert refused(ITEM, Decision.TAKE) == (
        "You are not asked to take this item on any more. If you want it, ask Ana, who owns this "
        "item, or Lena, who leads the programme."
    )


@pytest.mark.parametrize(
    ("decision", "chair", "sentence"),
    [
        (Decision.BLOCK, "Priya", ", or Priya, who chairs the review, decides about it."),
        (Decision.BLOCK, "Lena", "Lena, who leads the programme, decides about it."),
        (Decision.CANCEL, "Priya", "Lena, who leads the programme, can cancel it."),
    ],
)
def test_whoever_chairs_the_review_is_named_where_they_may_decide(
    decision: Decision, chair: str, sentence: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_may(ITEM, [], decision, "Ana", "Lena", chair)
    assert f"{sentence} Ask one of them." in str(broken.value)


@pytest.mark.parametrize(
    ("owner", "lead", "sentence"),
    [
        ("Ana", "", "Ana, who owns this item, decides about it. Ask Ana."),
        ("Ana", "Ana", "Ana, who owns this item, decides about it. Ask Ana."),
        ("", "Lena", "Lena, who leads the programme, decides about it. Ask Lena."),
    ],
)
def test_only_those_who_are_here_are_named(owner: str, lead: str, sentence: str) -> None:
    assert refused(ITEM, Decision.BLOCK, owner=owner, lead=lead) == sentence


@pytest.mark.parametrize(
    ("decision", "item", "stands", "instead"),
    [
        (
            Decision.VERIFY,
            ITEM,
            "is open, so it cannot be verified.",
            "Say first that it is implemented: what was shipped, and where.",
        ),
        (
            Decision.REOPEN,
            ITEM,
            "is open, so it cannot be reopened.",
            "If it needs longer, move its date.",
        ),
        (
            Decision.RESCHEDULE,
            EXPIRED,
            "was still open at 2 monthly reviews and has expired, so it cannot be rescheduled.",
            f"Say that it is implemented, {ENDINGS}",
        ),
        (
            Decision.START,
            IMPLEMENTED,
            "is implemented, so it cannot be marked as in progress.",
            "Say whether it works, or reopen it.",
        ),
        (
            Decision.IMPLEMENT,
            IMPLEMENTED,
            "is implemented, so it cannot be implemented again.",
            "Say whether it works, or reopen it.",
        ),
        (
            Decision.REASSIGN,
            CANCELLED,
            "is cancelled, so it cannot be handed over.",
            "If it is needed again, reopen it.",
        ),
        (
            Decision.BLOCK,
            INEFFECTIVE,
            "proved ineffective, so it cannot be marked as blocked.",
            f"Reopen it, {ENDINGS}",
        ),
    ],
)
def test_where_it_cannot_be_decided_now_what_can_be_is_said(
    decision: Decision, item: ActionItem, stands: str, instead: str
) -> None:
    assert refused(item, decision, Role.OWNER) == f"This item {stands} {instead}"
