"""What of somebody's a monthly review will walk, and in which order they read of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemKind, ItemState
from domain.digests import Kept, KeptItem, KeptRisk, Place
from domain.programme import Priority
from domain.review_notices import Notice, coming, why_walked
from domain.reviews import Review, Why

ON = date(2026, 12, 1)
DAY = timedelta(days=1)
ITEM = ActionItem(
    what="Drain connections first",
    done_when="A failover loses no request",
    owner="U1",
    priority=Priority.P2,
    due_on=ON,
    kind=ItemKind.GUARDRAIL,
    position=1,
    id=7,
)
RISK = AcceptedRisk(risk="A node may fail", accepter="U1", reason="rare", until=ON, id=3)
SOAKS: dict[str, Any] = {"state": ItemState.IMPLEMENTED, "soaks_until": ON}


def kept(number: int = 1, **changed: Any) -> KeptItem:
    place = Place(number=number, channel="C1", is_private=False)
    return KeptItem(item=replace(ITEM, **changed), place=place)


def risk(**changed: Any) -> KeptRisk:
    place = Place(number=9, channel="C1", is_private=False)
    return KeptRisk(risk=replace(RISK, **changed), place=place)


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (kept(due_on=ON + 40 * DAY), Why.OPEN),
        (kept(), Why.OPEN),
        (kept(due_on=ON - DAY), Why.OVERDUE),
        (kept(due_on=ON - DAY, reviews_seen=2), Why.EXPIRED),
        (kept(due_on=ON + DAY, reviews_seen=2), Why.EXPIRED),
        (kept(state=ItemState.INEFFECTIVE), Why.INEFFECTIVE),
        (kept(**SOAKS), Why.EVIDENCE),
        (kept(**SOAKS | {"soaks_until": ON + DAY}), None),
        (kept(**SOAKS | {"soaks_until": None}), None),
        (kept(state=ItemState.VERIFIED), None),
        (risk(), Why.RISK),
        (risk(until=ON + DAY), None),
        (risk(ended_on=ON), None),
    ],
)
def test_why_it_will_be_walked(what: Kept, why: Why | None) -> None:
    assert why_walked(what, ON) is why


def test_the_most_pressing_comes_first_and_what_is_decided_is_left_out() -> None:
    all_of_it: list[Kept] = [
        risk(),
        kept(4),
        kept(3, due_on=ON - DAY),
        kept(2, due_on=ON - 9 * DAY),
        kept(1, reviews_seen=2),
        kept(5, due_on=ON - DAY),
    ]
    found = [each.kept.key for each in coming(all_of_it, ON, ["PM-5/1", "PM-9"])]
    assert found == ["PM-1/1", "PM-2/1", "PM-3/1", "PM-4/1", "PM-9"]


@pytest.mark.parametrize(("seen", "expiring"), [(0, 0), (1, 1), (2, 0)])
def test_it_counts_what_one_more_review_lets_expire(seen: int, expiring: int) -> None:
    review = Review(
        workspace="T1",
        facilitator="U9",
        called_by="",
        channel="C1",
        called_at=datetime(2026, 11, 26, tzinfo=UTC),
        due_at=datetime(2026, 12, 1, tzinfo=UTC),
        due_on=ON,
    )
    found = coming([kept(reviews_seen=seen), risk()], ON, [])
    told = Notice(review=review, reader="U1", today=ON, coming=found)
    assert told.expiring == expiring
