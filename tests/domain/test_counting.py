"""The measures of rules 22 and 23, case by case."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.action_items import ItemState
from domain.counting import (
    Incident,
    Promise,
    completion,
    is_within,
    open_items,
    recurrence,
    repeats,
    severities,
    times,
)
from domain.measures import SIX_MONTHS, Completion, Durations, Repeats, percent
from domain.postmortems import Severity, Tier
from domain.windows import Scope, Window

START = datetime(2026, 1, 1, tzinfo=UTC)
A_DAY = timedelta(days=1)
CAPACITY, CREDENTIAL = 1, 2
YEAR = Window(since=START, until=START + 365 * A_DAY, zone=ZoneInfo("UTC"))


def at(day: float, classes: Collection[int] = (), which: int = 0, **more: Any) -> Incident:
    """Make an incident that began so many days after the start of the year."""
    return Incident(
        id=which or int(day * 10) + 5000,
        started_at=START + timedelta(days=day),
        classes=frozenset(classes),
        **more,
    )


def test_an_incident_repeats_when_a_class_of_it_came_up_ever_before() -> None:
    told = [
        at(-900, {CAPACITY}),
        at(10, {CAPACITY, CREDENTIAL}),
        at(20, {CREDENTIAL}),
        at(30, {3}),
        at(40),
    ]
    assert repeats(told, YEAR) == Repeats(repeats=2, tagged=3, untagged=1)


def test_what_came_up_later_makes_no_repeat_of_what_was_before() -> None:
    assert repeats([at(10, {CAPACITY}), at(400, {CAPACITY})], YEAR).repeats == 0


def test_of_two_in_the_same_instant_the_one_written_down_last_repeats() -> None:
    told = [at(10, {CAPACITY}, which=2), at(10, {CAPACITY}, which=1)]
    assert repeats(told, YEAR) == Repeats(repeats=1, tagged=2)
    assert repeats(told, YEAR, Scope(service="x")) == Repeats()


def test_an_earlier_incident_of_any_service_counts() -> None:
    told = [at(1, {CAPACITY}, service="search"), at(2, {CAPACITY}, service="Checkout")]
    assert repeats(told, YEAR, Scope(service="checkout")).repeats == 1


def test_measured_by_one_class_only_that_class_counts() -> None:
    told = [at(1, {CAPACITY}), at(2, {CAPACITY, CREDENTIAL})]
    assert repeats(told, YEAR, Scope(class_id=CREDENTIAL)) == Repeats(repeats=0, tagged=1)
    assert repeats(told, YEAR, Scope(class_id=CAPACITY)) == Repeats(repeats=1, tagged=2)


def test_the_end_of_a_window_belongs_to_the_next() -> None:
    assert repeats([at(0, {CAPACITY}), at(365, {CAPACITY})], YEAR).tagged == 1


@pytest.mark.parametrize(
    ("scope", "measured"),
    [
        (Scope(), 1),
        (Scope(tier=Tier.FULL), 0),
        (Scope(tier=Tier.STANDARD), 1),
        (Scope(channel="C2"), 0),
        (Scope(channel="C1", service="CHECKOUT", class_id=CAPACITY), 1),
        (Scope(channel="C1", class_id=CREDENTIAL), 0),
    ],
)
def test_a_scope_is_all_that_it_names(scope: Scope, measured: int) -> None:
    told = [at(1, {CAPACITY}, service="checkout", channel="C1")]
    assert [is_within(each, scope) for each in told].count(True) == measured


@pytest.mark.parametrize(
    ("later", "recurred"),
    [
        (SIX_MONTHS, 1),
        (SIX_MONTHS + timedelta(microseconds=1), 0),
        (timedelta(microseconds=1), 1),
    ],
)
def test_a_class_recurs_within_six_months_to_the_instant(later: timedelta, recurred: int) -> None:
    first = at(0, {CAPACITY})
    second = Incident(id=9999, started_at=START + later, classes=frozenset({CAPACITY}))
    found = recurrence([first, second], START + SIX_MONTHS)
    assert (found.recurred, found.tagged) == (recurred, 1)


def test_only_incidents_older_than_six_months_can_have_recurred() -> None:
    told = [at(0, {CAPACITY}), at(1, {CAPACITY}), at(2)]
    assert recurrence(told, START + SIX_MONTHS - A_DAY).tagged == 0
    found = recurrence(told, START + SIX_MONTHS + 2 * A_DAY)
    assert (found.recurred, found.tagged, found.untagged) == (1, 2, 1)


def promise(due: int, state: ItemState = ItemState.OPEN, done: int | None = None) -> Promise:
    """Make an item due so many days into the year, implemented so many days into it."""
    first = START.date()
    return Promise(
        incident=at(0),
        original_due_on=first + due * A_DAY,
        created_on=first,
        state=state,
        implemented_on=None if done is None else first + done * A_DAY,
    )


def test_an_item_is_completed_by_its_first_date_or_it_is_not() -> None:
    told = [
        promise(10, ItemState.IMPLEMENTED, 10),
        promise(10, ItemState.VERIFIED, 11),
        promise(10, ItemState.INEFFECTIVE, 9),
        promise(10, ItemState.CANCELLED),
        promise(10, ItemState.ACCEPTED),
        promise(10, ItemState.PROMOTED),
        promise(10),
        promise(365),
        promise(-1),
    ]
    assert completion(told, YEAR) == Completion(
        due=7, by_date=2, later=1, cancelled=1, accepted=1, promoted=1, waits=1
    )


def test_what_was_implemented_stays_so_whatever_is_decided_when_it_did_not_last() -> None:
    told = [promise(10, ItemState.PROMOTED, 9), promise(10, ItemState.ACCEPTED, 12)]
    assert completion(told, YEAR) == Completion(due=2, by_date=1, later=1)


def test_what_is_due_today_is_not_counted_yet() -> None:
    now = Window(since=START, until=START + timedelta(days=10, hours=9), zone=ZoneInfo("UTC"))
    assert completion([promise(9), promise(10)], now).due == 1


def test_times_are_whole_seconds_and_say_of_how_many_they_are_not_known() -> None:
    second = timedelta(seconds=1)
    started = START + timedelta(microseconds=900_000)
    told = [
        Incident(id=number, started_at=started, recovered_at=recovered)
        for number, recovered in enumerate([START + second, START + 11 * second, None])
    ]
    found = times(told, YEAR).recover
    assert found == Durations(known=2, unknown=1, total=12, median=6.0)
    assert found.mean == 6.0


def test_no_incident_has_no_mean() -> None:
    assert times([], YEAR).detect == Durations()
    assert Durations().mean is None


def test_every_month_of_the_window_has_its_severities() -> None:
    told = [at(3, severity=Severity.P1), at(4, severity=Severity.P3), at(40, severity=Severity.P1)]
    found = severities(told, YEAR)
    assert len(found) == 12
    assert [(each.month, each.p1, each.p2, each.p3) for each in found[:3]] == [
        (date(2026, 1, 1), 1, 0, 1),
        (date(2026, 2, 1), 1, 0, 0),
        (date(2026, 3, 1), 0, 0, 0),
    ]


def test_open_items_are_told_apart_by_age_and_moves() -> None:
    today = START.date() + 31 * A_DAY
    young = Promise(
        incident=at(0), original_due_on=today, created_on=today - 30 * A_DAY, reschedules=7
    )
    found = open_items([promise(10), promise(20), young, promise(5, ItemState.VERIFIED, 4)], today)
    assert found.counts == {(1, 0): 2, (0, 3): 1}
    assert (found.total, found.of_age(1), found.moved(3)) == (3, 2, 1)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(2, 4, None), (0, 0, None), (1, 5, 20), (12, 41, 29), (1, 8, 13), (5, 5, 100)],
)
def test_a_percentage_is_given_from_five_on(part: int, whole: int, said: int | None) -> None:
    assert percent(part, whole) == said
