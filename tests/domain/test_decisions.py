"""What becomes of an item by each decision, and what each must say (rules 12, 13, 15)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.accepted_risks import FURTHEST_UNTIL
from domain.action_items import FURTHEST_DUE, ActionItem, ItemKind, ItemState, Progress
from domain.decisions import Decided, Decision, Moment, decide, expires_again
from domain.people import Person
from domain.programme import Priority, Programme

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
BEN = Person(id="UBEN", name="Ben")
ITEM = ActionItem(
    what="Drain connections first",
    done_when="A failover loses no request",
    owner="UANA",
    priority=Priority.P2,
    due_on=TODAY + 9 * DAY,
    original_due_on=TODAY + 9 * DAY,
    kind=ItemKind.GUARDRAIL,
    reviews_seen=1,
)
#: Blocked, and somebody was asked to take it on.
WAITING = replace(
    ITEM,
    progress=Progress.BLOCKED,
    note="the vendor",
    proposed_owner="UCARA",
    proposed_by="UANA",
)
IMPLEMENTED = replace(
    ITEM,
    state=ItemState.IMPLEMENTED,
    shipped="Drains",
    link="https://a.example/1",
    implemented_on=TODAY - 30 * DAY,
    soaks_until=TODAY,
)
VERIFIED = replace(IMPLEMENTED, state=ItemState.VERIFIED, evidence="None lost", verified_at=NOW)


def at(today: date = TODAY, person: Person | None = None, by: str = "UANA") -> Moment:
    return Moment(by=by, now=NOW, today=today, programme=Programme(soak_days=14), person=person)


def test_in_progress_says_where_it_stands_or_nothing() -> None:
    begun = decide(ITEM, Decided(decision=Decision.START, words="half way"), at())
    assert begun == replace(ITEM, progress=Progress.IN_PROGRESS, note="half way")
    again = decide(WAITING, Decided(decision=Decision.START), at())
    assert (again.progress, again.note) == (Progress.IN_PROGRESS, "")


def test_blocked_says_by_what() -> None:
    said = Decided(decision=Decision.BLOCK, words="waits for the vendor")
    blocked = replace(ITEM, progress=Progress.BLOCKED, note="waits for the vendor")
    assert decide(ITEM, said, at()) == blocked


def test_implemented_soaks_for_the_programmes_days() -> None:
    said = Decided(decision=Decision.IMPLEMENT, words="Drains", link="https://a.example/1")
    assert decide(ITEM, said, at()) == replace(
        IMPLEMENTED, implemented_on=TODAY, soaks_until=TODAY + 14 * DAY
    )


def test_verified_keeps_the_evidence_and_the_link_unless_there_is_a_newer_one() -> None:
    said = Decided(decision=Decision.VERIFY, words="None lost")
    assert decide(IMPLEMENTED, said, at()) == VERIFIED
    newer = decide(IMPLEMENTED, replace(said, link="https://b.example"), at())
    assert newer == replace(VERIFIED, link="https://b.example")


def test_an_ineffective_item_can_be_verified_anew() -> None:
    back = replace(VERIFIED, state=ItemState.INEFFECTIVE, verified_at=NOW - 90 * DAY)
    assert decide(back, Decided(decision=Decision.VERIFY, words="None lost"), at()) == VERIFIED


@pytest.mark.parametrize(("item", "seen"), [(IMPLEMENTED, 1), (VERIFIED, 0)])
def test_reopened_forgets_what_was_shipped_and_has_a_new_date(item: ActionItem, seen: int) -> None:
    said = Decided(decision=Decision.REOPEN, words="Lost two", day=TODAY + 20 * DAY)
    assert decide(item, said, at()) == replace(ITEM, due_on=TODAY + 20 * DAY, reviews_seen=seen)


@pytest.mark.parametrize(
    "state", [ItemState.IMPLEMENTED, ItemState.ACCEPTED, ItemState.CANCELLED, ItemState.PROMOTED]
)
def test_what_had_expired_and_is_reopened_has_expired_still_and_is_not_moved(
    state: ItemState,
) -> None:
    expired = replace(ITEM, state=state, reviews_seen=2)
    for day in (None, TODAY + 20 * DAY):
        again = decide(expired, Decided(decision=Decision.REOPEN, words="Not rare", day=day), at())
        assert again == replace(ITEM, reviews_seen=2)
    assert again.has_expired
    assert expires_again(expired)
    assert not expires_again(replace(expired, reviews_seen=1))


@pytest.mark.parametrize("state", [ItemState.VERIFIED, ItemState.INEFFECTIVE])
def test_a_fix_that_did_not_last_begins_a_new_life(state: ItemState) -> None:
    said = Decided(decision=Decision.REOPEN, words="Lost two", day=TODAY + 20 * DAY)
    again = decide(replace(VERIFIED, state=state, reviews_seen=2), said, at())
    assert (again.reviews_seen, again.due_on) == (0, TODAY + 20 * DAY)


@pytest.mark.parametrize(("days", "counted"), [(1, 1), (-1, 0)])
def test_only_a_later_date_is_counted(days: int, counted: int) -> None:
    moved = ITEM.due_on + days * DAY
    said = Decided(decision=Decision.RESCHEDULE, words="the vendor", day=moved)
    assert decide(ITEM, said, at()) == replace(ITEM, due_on=moved, reschedules=counted)


@pytest.mark.parametrize("days", [0, FURTHEST_DUE.days])
def test_a_date_may_be_today_or_a_year_away(days: int) -> None:
    said = Decided(decision=Decision.RESCHEDULE, words="the vendor", day=TODAY + days * DAY)
    assert decide(ITEM, said, at()).due_on == TODAY + days * DAY


def test_re_scoped_says_what_it_is_from_now_on() -> None:
    said = Decided(decision=Decision.RESCOPE, words="too much", what="Drain", done_when="Drained")
    assert decide(ITEM, said, at()) == replace(ITEM, what="Drain", done_when="Drained")


@pytest.mark.parametrize(
    ("said", "ended"),
    [
        (Decided(decision=Decision.CANCEL, words="gone"), {"state": ItemState.CANCELLED}),
        (
            Decided(
                decision=Decision.ACCEPT, words="rare", risk="Lost", day=TODAY + FURTHEST_UNTIL
            ),
            {"state": ItemState.ACCEPTED},
        ),
        (
            Decided(decision=Decision.PROMOTE, words="Epic 7", link="http://a.example"),
            {"state": ItemState.PROMOTED, "link": "http://a.example"},
        ),
    ],
)
def test_an_ending_ends_what_waited_too(said: Decided, ended: dict[str, object]) -> None:
    over = decide(WAITING, said, at(person=BEN))
    assert over == replace(ITEM, **ended)  # type: ignore[arg-type]  # a table of fields


@pytest.mark.parametrize("decision", [Decision.IMPLEMENT, Decision.VERIFY, Decision.REOPEN])
def test_nobody_is_asked_any_more_about_an_item_that_went_on(decision: Decision) -> None:
    asked = replace(IMPLEMENTED, proposed_owner="UCARA", proposed_by="UANA")
    gone_on = decide(asked, Decided(decision=decision, words="so it is", day=TODAY), at())
    assert (gone_on.proposed_owner, gone_on.proposed_by) == ("", "")


def test_somebody_else_is_asked_first_and_the_owner_stays() -> None:
    handed = decide(ITEM, Decided(decision=Decision.REASSIGN, person="UBEN"), at(person=BEN))
    assert handed == replace(ITEM, proposed_owner="UBEN", proposed_by="UANA")
    other = decide(WAITING, Decided(decision=Decision.REASSIGN, person="UBEN"), at(person=BEN))
    assert (other.proposed_owner, other.owner) == ("UBEN", "UANA")


def test_whoever_hands_it_to_themselves_has_taken_it_on() -> None:
    said = Decided(decision=Decision.REASSIGN, person="UBEN")
    taken = decide(WAITING, said, at(person=BEN, by="UBEN"))
    assert taken == replace(WAITING, owner="UBEN", proposed_owner="", proposed_by="")


def test_taken_on_changes_the_owner_and_declined_does_not() -> None:
    settled = replace(WAITING, proposed_owner="", proposed_by="")
    taken = decide(WAITING, Decided(decision=Decision.TAKE), at(by="UCARA"))
    assert taken == replace(settled, owner="UCARA")
    assert decide(WAITING, Decided(decision=Decision.DECLINE), at(by="UCARA")) == settled
