"""What becomes of an item whose ticket somebody changed, and what its history says of that."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.action_items import ActionItem, HistoryEntry, ItemState
from domain.kept_tickets import CLOSED, FOLLOWED, KEPT, OPENED
from domain.people import Person
from domain.programme import Programme
from domain.ticket_turns import to_tell
from domain.ticket_verdicts import (
    KEPT_ASPECT,
    Bench,
    Case,
    Verdict,
    changed_here,
    comes_again,
    judge,
    kept,
    touches,
)
from domain.tickets import Aspect, Change, Seen, TicketState, TrackerKind, Wanted
from tests.storage.samples import ITEM, NOW

_DUE, _OWNER = frozenset({Aspect.DUE}), frozenset({Aspect.OWNER})
EVERY, A_DAY = frozenset(Aspect), timedelta(days=1)
DAY = date(2026, 12, 18)
OURS = Wanted(title="Do", lines=(), priority=ITEM.priority, due_on=ITEM.due_on, account="ann")
STANDS = Seen(
    ref="1",
    key="SHOP-1",
    url="u",
    state=TicketState.OPEN,
    updated_at=NOW,
    account="ann",
    due_on=ITEM.due_on,
)
BENCH = Bench(now=NOW, today=NOW.date(), programme=Programme())
BEN = Person(id="U2", name="Ben")
JANE = Change(at=NOW, name="Jane Doe", account="jane")


def case(aspect: Aspect, **said: Any) -> Case:
    """Somebody changed this of a ticket; what is no field of a case is how the ticket stands."""
    theirs = replace(STANDS, **{each: said.pop(each) for each in said.keys() & vars(STANDS)})
    return Case(aspect=aspect, kind=TrackerKind.JIRA, theirs=theirs, **{"change": JANE, **said})


def judged(this: Case, item: ActionItem = ITEM, **ours: Any) -> Verdict:
    """What becomes of the item."""
    return judge(item, replace(OURS, **ours), OURS, this, BENCH)


def goes_back(this: Case, verdict: Verdict) -> frozenset[Aspect]:
    """What the ticket is told next."""
    return to_tell(verdict.told, OURS, this.theirs, EVERY)


def entry(**said: Any) -> HistoryEntry:
    """An entry of the item's history."""
    told = {"item_id": 1, "actor": "U1", "at": NOW, "event": "moved", "changes": {}}
    return HistoryEntry(**{**told, **said})


def test_a_later_date_is_followed_and_counts() -> None:
    this = case(Aspect.DUE, due_on=DAY)
    verdict = judged(this)
    assert (verdict.event, verdict.reason) == (
        FOLLOWED,
        "SHOP-1 was moved to 18 Dec 2026 by Jane Doe (Jira).",
    )
    assert (verdict.item.due_on, verdict.item.reschedules) == (DAY, 1)
    assert verdict.told.due_on == DAY


@pytest.mark.parametrize(
    ("day", "item", "why"),
    [
        (None, ITEM, "An item is due on some day"),
        (NOW.date() - A_DAY, ITEM, "This date has passed"),
        (DAY, replace(ITEM, reviews_seen=2), "it has expired"),
    ],
)
def test_a_date_that_no_rule_allows_goes_back(day: date | None, item: ActionItem, why: str) -> None:
    this = case(Aspect.DUE, due_on=day)
    verdict = judged(this, item)
    assert (verdict.event, verdict.item, goes_back(this, verdict)) == (KEPT, item, _DUE)
    assert why in verdict.reason


def test_what_goes_back_and_comes_again_is_left() -> None:
    this = case(Aspect.DUE, due_on=None, is_again=True)
    verdict = judged(this)
    assert verdict.reason.endswith("It came so again: I leave the ticket.")
    assert goes_back(this, verdict) == frozenset()


def test_whoever_is_assigned_is_asked_by_whoever_did_it() -> None:
    verdict = judged(case(Aspect.OWNER, account="ben", person=BEN, by="U3"))
    assert (verdict.item.owner, verdict.item.proposed_owner) == (ITEM.owner, "U2")
    assert (verdict.item.proposed_by, verdict.event) == ("U3", FOLLOWED)
    assert verdict.reason == "SHOP-1 was assigned to Ben by Jane Doe (Jira)."


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"account": ""}, "was taken from its assignee by Jane Doe (Jira). An item has one owner"),
        ({"account": "x"}, "was assigned to somebody else by Jane Doe (Jira). I do not know"),
        ({"account": "x", "person": replace(BEN, is_deactivated=True)}, "Ben has left"),
        ({"account": "x", "person": replace(BEN, is_bot=True)}, "Ben is an app"),
    ],
)
def test_an_assignee_who_cannot_own_it_goes_back(said: dict[str, Any], why: str) -> None:
    this = case(Aspect.OWNER, **said)
    verdict = judged(this)
    assert (verdict.event, verdict.item, goes_back(this, verdict)) == (KEPT, ITEM, _OWNER)
    assert why in verdict.reason


@pytest.mark.parametrize("state", [TicketState.DONE, TicketState.DROPPED])
def test_a_closed_ticket_closes_no_item(state: TicketState) -> None:
    this = case(Aspect.STATE, state=state)
    verdict = judged(this)
    assert (verdict.event, verdict.item) == (CLOSED, replace(ITEM, ticket_closed=True))
    assert goes_back(this, verdict) == frozenset()


def test_an_opened_ticket_takes_the_question_back_and_opens_no_item() -> None:
    this = case(Aspect.STATE)
    assert judged(this, replace(ITEM, ticket_closed=True)).item == ITEM
    ended = replace(ITEM, state=ItemState.IMPLEMENTED)
    verdict = judged(this, ended, state=TicketState.DONE)
    assert (verdict.event, verdict.item) == (OPENED, ended)
    assert (
        verdict.reason == "SHOP-1 was opened again by Jane Doe (Jira). The item stays implemented."
    )


def test_of_two_changes_the_newer_one_wins() -> None:
    older = case(Aspect.DUE, due_on=DAY, is_contested=True, is_newer=False)
    assert (judged(older).event, goes_back(older, judged(older))) == (KEPT, _DUE)
    newer = judged(replace(older, is_newer=True))
    assert (newer.event, newer.item.due_on) == (FOLLOWED, DAY)
    assert newer.reason.endswith("This is newer than what was changed here.")


def test_who_did_it_is_nobody_where_the_tracker_does_not_tell() -> None:
    assert judged(case(Aspect.DUE, due_on=DAY, change=None)).reason.endswith("18 Dec 2026 in Jira.")


def test_it_comes_again_only_right_after_it_went_back() -> None:
    this = case(Aspect.DUE, due_on=None)
    back = entry(event=KEPT, actor="", changes={KEPT_ASPECT: kept(this)})
    moved = entry(changes={"due_on": ("a", "b")})
    assert comes_again([moved, back, entry()], this)
    assert not comes_again([back, moved], this)
    assert not comes_again([back], replace(this, theirs=replace(STANDS, due_on=DAY)))
    assert not comes_again([back], case(Aspect.OWNER, account=""))


def test_only_people_change_something_here() -> None:
    app = entry(actor="", at=NOW + A_DAY, changes={"due_on": ("a", "b")})
    asked = entry(changes={"proposed_owner": ("", "U2")})
    assert changed_here([asked, app], Aspect.DUE) is None
    assert changed_here([asked, app], Aspect.OWNER) == NOW
    assert touches(app, Aspect.DUE)
    assert not touches(app, Aspect.STATE)
