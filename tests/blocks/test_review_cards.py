"""The cards of a monthly review: within Slack's limits, and no more than may be said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from blocks.inherited_cards import line_card
from blocks.limits import check_message
from blocks.parts import Block, Message
from blocks.review_absent import ABSENT_MOST, absent_item, absent_message, absent_risk
from blocks.review_cards import (
    Laid,
    Turn,
    absent_button,
    calls,
    chair_blocks,
    item_card,
    left_line,
    offered,
    risk_card,
)
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemState, Progress
from domain.decisions import Decision
from domain.inherited import Inheritance, InheritedLine
from domain.postmortems import Postmortem
from domain.reviews import Entry, Review, Why
from tests.blocks.samples import A_LONG_TICKET, POSTMORTEM
from tests.storage.samples import ITEM

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)
TODAY = NOW.date()
REVIEW = Review(
    workspace="T1",
    facilitator="U9",
    called_by="",
    called_at=NOW,
    due_at=NOW,
    due_on=TODAY,
    channel="C1",
    started_at=NOW,
    shown=4,
    current=7,
    id=3,
)
ENTRY = Entry(review_id=3, position=1, why=Why.OVERDUE, owner="U1", item_id=5, id=7)
LAID = Laid(entry=ENTRY, owner="U1", today=TODAY, lead="U8")
STORED = replace(ITEM, id=5, position=1)
PRIVATE = replace(POSTMORTEM, is_private=True)
LONG = replace(
    STORED,
    what="<" * 300,
    done_when="&" * 500,
    note=">" * 500,
    progress=Progress.BLOCKED,
    shipped="<" * 500,
    evidence="&" * 500,
    link="https://a.example/" + "&" * 900,
    reschedules=40,
    proposed_owner="U2",
    reviews_seen=2,
)
RISK = AcceptedRisk(risk="<" * 500, accepter="U1", reason="&" * 500, until=date(2026, 10, 1), id=2)


def words(blocks: list[Block]) -> str:
    return "\n".join(each["text"]["text"] for each in blocks if each["type"] == "section")


def buttons(blocks: list[Block]) -> list[str]:
    rows = [each["elements"] for each in blocks if each["type"] == "actions"]
    return [each["action_id"] for row in rows for each in row]


def card(item: ActionItem = STORED, of: Postmortem = POSTMORTEM, laid: Laid = LAID) -> list[Block]:
    return item_card(of, item, laid)


@pytest.mark.parametrize("state", [*ItemState])
def test_the_longest_card_is_within_slacks_limits(state: ItemState) -> None:
    owed = [f"PM-{number}/3 (<@U0123456789>)" for number in range(100000, 100010)]
    turn = Turn(has_more=False, owed=owed, more=290)
    below = chair_blocks(REVIEW, turn, absent_button(LAID, "PM-7/1 " + "x" * 300))
    item = replace(LONG, state=state, ticket_closed=True, **A_LONG_TICKET)
    check_message(Message(text="a", blocks=[*card(item), *below]))
    check_message(Message(text="a", blocks=[*risk_card(POSTMORTEM, RISK, LAID), *below]))


def test_an_overdue_item_says_how_late_it_is_and_how_often_it_was_moved() -> None:
    late = replace(STORED, due_on=TODAY - timedelta(days=12), reschedules=2)
    assert "due 19 Nov 2026, 12 days overdue, moved twice · P1 · owner <@U1>" in words(card(late))


@pytest.mark.parametrize(
    ("changed", "some", "none"),
    [
        ({}, {Decision.RESCHEDULE, Decision.RESCOPE, Decision.CANCEL}, {Decision.VERIFY}),
        ({"reviews_seen": 2}, {Decision.PROMOTE}, {Decision.RESCHEDULE, Decision.RESCOPE}),
        ({"state": ItemState.IMPLEMENTED}, {Decision.VERIFY, Decision.REOPEN}, {Decision.CANCEL}),
        ({"state": ItemState.INEFFECTIVE}, {Decision.REOPEN}, {Decision.VERIFY}),
    ],
)
def test_a_card_offers_what_is_possible(
    changed: dict[str, object], some: set[Decision], none: set[Decision]
) -> None:
    found = set(offered(replace(STORED, **changed)))  # type: ignore[arg-type]  # a table of fields
    assert some <= found
    assert not none & found


def test_of_a_private_item_there_is_its_owner_and_the_way_to_its_window() -> None:
    blocks = card(LONG, PRIVATE)
    assert words(blocks) == "*PM-7/1* private item · owner <@U1>"
    assert buttons(blocks) == ["open_item"]
    risk = words(risk_card(PRIVATE, RISK, LAID))
    assert risk.startswith("*PM-7* private risk · accepted until 1 Oct 2026, 61 days ago")


def test_a_card_calls_its_owner_once_and_the_lead_for_one_who_left() -> None:
    mine = replace(LAID, entry=replace(ENTRY, mentions=True))
    assert [calls(each) for each in (LAID, mine, replace(mine, has_left=True))] == ["", "U1", "U8"]
    left = words(card(laid=replace(LAID, has_left=True, lead="")))
    assert "<@U1> has left: anybody here can hand it over" in left


def test_nobody_says_of_an_owner_who_left_that_they_are_absent() -> None:
    left = replace(LAID, has_left=True)
    assert absent_button(left, "PM-7/1") == []
    assert "<@U1> has left: <@U8>, who leads the programme, decides" in words(card(laid=left))


@pytest.mark.parametrize(
    ("seen", "to_live", "said"),
    [
        (0, 1, "No monthly review has seen it open:"),
        (1, 2, "One monthly review has seen it open:"),
        (2, 3, "2 monthly reviews have seen it open:"),
        (3, 4, "3 monthly reviews have seen it open:"),
    ],
)
def test_an_item_says_that_it_expires_after_this_review(seen: int, to_live: int, said: str) -> None:
    item = replace(STORED, reviews_seen=seen, reviews_to_live=to_live)
    assert f"*{said} still open after this one, it expires.*" in words(card(item))
    assert "it expires" not in words(card(replace(item, reviews_to_live=to_live + 1)))


@pytest.mark.parametrize("state", [ItemState.OPEN, ItemState.IMPLEMENTED])
def test_only_the_way_on_is_green(state: ItemState) -> None:
    blocks = [*card(replace(STORED, state=state)), *chair_blocks(REVIEW, Turn(has_more=True))]
    rows = [each["elements"] for each in blocks if each["type"] == "actions"]
    green = [each["action_id"] for row in rows for each in row if "style" in each]
    assert green == ["review_next"]


def test_owner_absent_is_offered_until_it_is_said_and_while_the_review_goes_on() -> None:
    said = replace(LAID, entry=replace(ENTRY, absent_at=NOW))
    nobodys = replace(LAID, entry=replace(ENTRY, owner=""))
    offers = [LAID, said, nobodys, replace(LAID, is_walked=False)]
    assert [len(absent_button(each, "PM-7/1")) for each in offers] == [1, 0, 0, 0]
    assert "who is not here: the programme lead is asked" in words(card(laid=said))


def test_the_way_on_stands_on_the_newest_card_until_the_table_ends() -> None:
    ways = [chair_blocks(REVIEW, each) for each in (None, Turn(has_more=True))]
    assert [buttons(each) for each in ways] == [[], ["review_next"]]
    assert ways[1][0]["elements"][0]["value"] == "3:4"
    end = chair_blocks(REVIEW, Turn(has_more=False, owed=["PM-1/1 (<@U1>)"], more=2))
    assert "PM-1/1 (<@U1>) and 2 more." in words(end)
    assert chair_blocks(replace(REVIEW, closed_at=NOW), Turn(has_more=True)) == []


LEFT = replace(LAID, is_walked=False, entry=replace(ENTRY, absent_at=NOW))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reschedules": 2}, "still open, due 15 Dec 2026, moved twice"),
        ({"reviews_seen": 2}, ":hourglass: *expired now*: 2 monthly reviews saw it open"),
        ({"state": ItemState.INEFFECTIVE}, "left undecided, :warning: *ineffective*"),
    ],
)
def test_once_the_review_is_closed_a_card_says_how_the_item_stands(
    changed: dict[str, object], said: str
) -> None:
    item = replace(STORED, due_on=date(2026, 12, 15), **changed)  # type: ignore[arg-type]  # fields
    blocks = card(item, laid=LEFT)
    assert words(blocks) == f"*PM-7/1* {item.what} · {said} · owner <@U1>"
    assert buttons(blocks) == ["open_item"]
    assert words(card(item, PRIVATE, LEFT)) == f"*PM-7/1* private item · {said} · owner <@U1>"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "left undecided, accepted until 1 Oct 2026 · owner <@U1>"),
        ({"until": date(2027, 5, 30)}, "decided after the review: accepted until 30 May 2027"),
        ({"ended_on": TODAY}, "decided after the review: it is no risk any more"),
    ],
)
def test_once_the_review_is_closed_a_card_says_how_the_risk_stands(
    changed: dict[str, date], said: str
) -> None:
    blocks = risk_card(PRIVATE, replace(RISK, **changed), LEFT)  # type: ignore[arg-type]  # fields
    assert words(blocks) == f"*PM-7* private risk · {said}"
    assert buttons(blocks) == []


def test_once_the_review_is_closed_a_line_waits_for_the_next() -> None:
    lines = line_card(
        Inheritance(line=InheritedLine(text="Add it."), ids=(1,), home=1, origins=()), 7
    )
    assert left_line(lines, LAID) == lines
    assert "the next monthly review has it" in words(left_line(lines, LEFT))
    assert buttons(left_line(lines, LEFT)) == []


def test_what_the_lead_is_asked_is_within_slacks_limits() -> None:
    held = [absent_item(POSTMORTEM, LONG, TODAY) for _ in range(ABSENT_MOST - 1)]
    message = absent_message(REVIEW, [*held, absent_risk(POSTMORTEM, RISK)], 280)
    check_message(message)
    assert "… and 280 more" in str(message["blocks"][-1])
    assert "Thank you" in check_message(absent_message(REVIEW, [], 0))["text"]
