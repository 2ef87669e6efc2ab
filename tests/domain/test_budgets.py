"""When a service burns its error budget, and what becomes of its items."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.action_items import ActionItem, ItemKind, reworded
from domain.budgets import Source, burns, lower_item, raise_item
from domain.errors import RuleBroken
from domain.programme import Priority
from domain.services import (
    KNOWN_FOR,
    OLD_AFTER,
    Service,
    Told,
    after,
    check_burned,
    check_name,
    forgotten,
    judged,
    read_burned,
)
from domain.services import percent as shown

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
P1, P2, P3 = Priority.P1, Priority.P2, Priority.P3


def item(priority: Priority = P3) -> ActionItem:
    """Give an open item."""
    return ActionItem(
        what="Drain connections first",
        done_when="A failover loses nothing",
        owner="U1",
        priority=priority,
        due_on=date(2026, 12, 24),
        kind=ItemKind.GUARDRAIL,
    )


@pytest.mark.parametrize(
    ("burned", "threshold", "before", "does"),
    [
        (74.9, 75, False, False),
        (75, 75, False, True),
        (75, 75, True, True),
        (65, 75, True, True),
        (64.9, 75, True, False),
        (250, 75, False, True),
        (0, 75, True, False),
        (0, 5, True, False),  # of a small one, half: else it would never recover
        (3, 5, True, True),
    ],
)
def test_it_burns_from_a_number_on_and_recovers_below_it(
    burned: float, threshold: int, *, before: bool, does: bool
) -> None:
    assert burns(burned, threshold, before=before) is does


@pytest.mark.parametrize(("before", "then"), [(P3, P2), (P2, P1)])
def test_an_item_goes_up_one_priority_and_back(before: Priority, then: Priority) -> None:
    up = raise_item(item(before), NOW)
    assert (up.priority, up.raised_from, up.raised_in) == (then, before, NOW)
    assert replace(lower_item(up), raised_in=None) == item(before)


def test_it_goes_up_once_however_often_it_is_asked_for() -> None:
    once = raise_item(item(), NOW)
    assert raise_item(once, NOW) == once
    assert raise_item(once, LATER) == replace(once, raised_in=LATER)
    assert raise_item(lower_item(once), NOW) == lower_item(once)


def test_a_p1_stays_where_it_is() -> None:
    assert raise_item(item(P1), NOW) == replace(item(P1), raised_in=NOW)


def test_what_a_person_put_elsewhere_stays_there() -> None:
    up = raise_item(item(), NOW)
    theirs = reworded(up, replace(item(), priority=P1))
    assert (theirs.priority, theirs.raised_from, theirs.raised_in) == (P1, None, NOW)
    assert lower_item(theirs) == theirs == raise_item(theirs, NOW)


def test_other_words_leave_an_item_raised() -> None:
    up = raise_item(item(), NOW)
    assert reworded(up, replace(up, what="Drain them")).raised_from == P3


def told(burned: float, at: datetime = NOW) -> Told:
    """Give what Prometheus says."""
    return Told(burned=burned, source=Source.PROMETHEUS, at=at)


def test_a_service_burns_since_it_was_told_so() -> None:
    service = after(Service(name="checkout", trouble="silent"), told(80), 75)
    assert (service.burning_since, service.burned, service.trouble) == (NOW, 80, "")
    assert after(service, told(90, LATER), 75).burning_since == NOW


def test_one_that_wavers_burns_on() -> None:
    service = after(Service(name="checkout"), told(80), 75)
    assert not after(service, told(70, LATER), 75).has_recovered(75)
    assert after(service, told(60, LATER), 75).has_recovered(75)


def test_one_that_burns_again_before_its_items_went_back_burns_anew() -> None:
    recovering = after(after(Service(name="checkout"), told(80), 75), told(60), 75)
    assert after(recovering, told(80, LATER), 75).burning_since == LATER


def test_another_number_is_judged_by() -> None:
    service = after(Service(name="checkout"), told(60), 75)
    assert judged(service, 75, LATER).burning_since is None
    assert judged(service, 50, LATER).burning_since == LATER


def test_a_number_nobody_told_for_a_week_counts_no_more() -> None:
    service = after(Service(name="checkout"), told(80), 75)
    assert service.is_old(NOW + OLD_AFTER)
    assert forgotten(service, NOW + KNOWN_FOR - OLD_AFTER) == service
    unknown = forgotten(service, NOW + KNOWN_FOR)
    assert (unknown.burned, unknown.has_recovered(75)) == (None, True)


def test_an_old_number_lets_nothing_burn_and_a_new_one_lets_it_burn_anew() -> None:
    long_after = NOW + KNOWN_FOR
    calm = after(Service(name="checkout"), told(80), 90)
    assert judged(calm, 75, long_after).burning_since is None
    burning = after(Service(name="checkout"), told(80), 75)
    assert after(burning, told(82, long_after), 75).burning_since == long_after


@pytest.mark.parametrize(
    "burned", [10**999, -1, 10_001, float("nan"), float("inf"), True, "82", None, []]
)
def test_what_is_no_percentage_is_refused(burned: object) -> None:
    with pytest.raises(RuleBroken, match="a number from 0 to 10,000"):
        check_burned(burned)


@pytest.mark.parametrize(
    ("text", "burned"),
    [("82", 82.0), (" 82,5 % ", 82.5), ("0", 0.0), ("", None)],
)
def test_a_percentage_is_read_as_people_type_it(text: str, burned: float | None) -> None:
    assert read_burned(text) == burned


@pytest.mark.parametrize("text", ["a lot", "-1", "nan", "sNaN", "1e999999999", "82.5.1"])
def test_what_is_typed_and_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="percent"):
        read_burned(text)


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "x" * 61])
def test_a_service_needs_a_name(name: str) -> None:
    with pytest.raises(RuleBroken):
        check_name(name)


def test_a_percentage_is_shown_short() -> None:
    assert [shown(82.0), shown(82.46), shown(1234)] == ["82 %", "82.5 %", "1,234 %"]
