"""What an owner is told ahead of a monthly review: with its buttons, as far as it fits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from blocks.limits import check_message
from blocks.parts import Message
from blocks.review_notices import SHOWN_MOST, notice_message
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemKind, ItemState, Progress
from domain.digests import KeptItem, KeptRisk, Place
from domain.programme import Priority
from domain.review_notices import Notice, coming
from domain.reviews import Review
from tests.blocks.samples import AMONG_MANY

TODAY = date(2026, 11, 26)
ON = date(2026, 12, 1)
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
PLACE = Place(number=1, channel="C1", is_private=False)
REVIEW = Review(
    workspace="T1",
    facilitator="U9",
    called_by="",
    called_at=NOW,
    due_at=NOW + timedelta(days=5),
    due_on=ON,
    channel="C1",
    id=5,
)
ITEM = ActionItem(
    what="Drain connections first",
    done_when="A failover loses no request",
    owner="U1",
    priority=Priority.P2,
    due_on=ON + 20 * DAY,
    kind=ItemKind.GUARDRAIL,
    position=1,
    id=7,
)
RISK = KeptRisk(
    risk=AcceptedRisk(risk="A node may fail", accepter="U1", reason="rare", until=ON, id=3),
    place=PLACE,
)
EXPIRED: dict[str, Any] = {"due_on": ON - 9 * DAY, "reviews_seen": 2}
SOAKED: dict[str, Any] = {"state": ItemState.IMPLEMENTED, "soaks_until": ON}
REPEATED: dict[str, Any] = {"state": ItemState.INEFFECTIVE, "verified_at": NOW}


def kept(place: Place = PLACE, **changed: Any) -> KeptItem:
    return KeptItem(item=replace(ITEM, **changed), place=place)


def said(*of: KeptItem | KeptRisk, review: Review = REVIEW, **more: Any) -> Message:
    found = coming(of, ON, [])
    notice = Notice(review=review, reader="U1", today=TODAY, coming=found, **more)
    return check_message(notice_message(notice))


def rows(message: Message) -> list[list[str]]:
    blocks = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return [[button["action_id"].rpartition(".")[2] for button in row] for row in blocks]


@pytest.mark.parametrize(
    ("what", "heading", "buttons"),
    [
        (kept(**EXPIRED), "Expired", ["implement", "promote", "open_item"]),
        (kept(due_on=TODAY), "Overdue by then", ["implement", "reschedule", "open_item"]),
        (kept(), "*Open*", ["implement", "reschedule", "open_item"]),
        (kept(**SOAKED), "Waiting for evidence", ["verify", "reopen", "open_item"]),
        (kept(**REPEATED), "Ineffective", ["reopen", "promote", "open_item"]),
        (RISK, "run out by then", ["renew", "end"]),
    ],
)
def test_each_has_the_decisions_that_fit(
    what: KeptItem | KeptRisk, heading: str, buttons: list[str]
) -> None:
    message = said(what)
    assert heading in str(message["blocks"])
    assert rows(message) == [buttons]


def test_the_head_counts_what_is_theirs() -> None:
    assert said(kept()).get("text", "").startswith("1 item of yours comes to")
    assert said(kept(), RISK).get("text", "").startswith("2 items and risks of yours come to")
    assert said(RISK).get("text", "").startswith("1 item or risk of yours comes to")


def test_the_review_is_named_once() -> None:
    message = said(kept(), kept(replace(PLACE, number=2)))
    assert message["text"] == "2 items of yours come to the monthly review of 1 Dec 2026."
    assert str(message["blocks"]).count("onthly review") == 1


def test_more_than_fits_is_named_and_then_counted() -> None:
    many = [kept(replace(PLACE, number=n)) for n in range(1, SHOWN_MOST + 31)]
    message = said(*many)
    assert len(rows(message)) == SHOWN_MOST
    assert "and 10 more. `/postmortem items` shows them all." in str(message["blocks"])


def test_at_its_longest_slack_takes_it() -> None:
    longest = {"what": "&" * 200, "note": "<" * 500, "progress": Progress.BLOCKED}
    changed = {**EXPIRED, **longest, "reschedules": 9, "proposed_owner": "U0123456789"}
    changed |= {**AMONG_MANY, "ticket_closed": True}
    many = [kept(replace(PLACE, number=10_000 + n), **changed) for n in range(60)]
    keys = [f"PM-{n}/1" for n in range(10_000, 10_060)]
    assert said(*many, decided=keys)


def test_what_was_decided_is_named_and_nothing_is_asked_once_all_is() -> None:
    message = said(decided=["PM-1/1", "PM-2/1"])
    assert message["text"].startswith("Nothing of yours is left")
    assert "Decided: PM-1/1, PM-2/1." in str(message["blocks"])
    assert rows(message) == []


def test_once_the_review_is_closed_nothing_is_asked() -> None:
    closed = replace(REVIEW, started_at=NOW, closed_at=NOW)
    message = said(kept(), review=closed)
    assert message["text"] == "The monthly review of 1 Dec 2026 is closed."
    assert "It was held in <#C1>" in str(message["blocks"])
    assert rows(message) == []


def test_an_item_of_somebody_who_has_left_is_to_be_handed_over() -> None:
    message = said(kept(owner="U2"))
    assert rows(message) == [["reassign", "open_item"]]
    private = said(kept(replace(PLACE, is_private=True), owner="U2"))
    assert "Drain" not in str(private["blocks"])


def test_the_owner_reads_what_this_is_the_last_review_for() -> None:
    last = kept(replace(PLACE, number=2), reviews_seen=1)
    assert "1 of them expires if it is still open after it." in str(said(kept(), last)["blocks"])
    assert "It expires if it is still open after the review." in str(said(last)["blocks"])
    assert "still open after" not in str(said(kept(**EXPIRED))["blocks"])
