"""Whoever answers for something is looked up in Slack now and then: an event may be missed."""

from datetime import timedelta

import pytest

from sandbox.people import Account
from tests.scenarios.deciding import led_by, promised
from tests.scenarios.hearing import digests, strike, until
from tests.scenarios.stage import Stage

#: Nobody has been seen for twelve hours then.
MORNING = "2026-11-25 09:30"


@pytest.fixture
async def bobs(slack: Stage) -> Stage:
    """An item that Bob is to do in a month."""
    await promised(slack)
    await strike(slack)
    return slack


def account(slack: Stage, name: str) -> Account:
    """Give somebody's account, to be changed without a word to the app."""
    return slack.sandbox.workspace.people[slack.id_of(name)]


def lists(slack: Stage) -> int:
    """How many pages of the list of all people were asked for."""
    return [call.method for call in slack.sandbox.calls].count("users.list")


async def test_a_missed_departure_is_learnt_within_a_day(bobs: Stage) -> None:
    await led_by(bobs, "lena")
    account(bobs, "bob").deleted = True
    await until(bobs, MORNING)
    await strike(bobs)
    told = bobs.person("lena").messages("@closed_loop")
    assert ["has left" in each.words() for each in told] == [True]


async def test_a_missed_move_changes_when_they_hear(bobs: Stage) -> None:
    account(bobs, "bob").tz = "Asia/Tokyo"
    await until(bobs, MORNING)
    await until(bobs, "2026-12-17 00:30")
    assert len(digests(bobs, "bob")) == 1


async def test_who_was_seen_is_not_looked_up_again(bobs: Stage) -> None:
    before = lists(bobs)
    for hours in (0, 4, 13, 0, 11, 2):
        bobs.clock.turn(timedelta(hours=hours))
        await strike(bobs)
    assert lists(bobs) == before + 2


async def test_nobody_is_looked_up_where_nobody_answers_for_anything(slack: Stage) -> None:
    await until(slack, MORNING)
    assert lists(slack) == 0


async def test_a_slack_that_does_not_say_is_asked_again_in_a_while(bobs: Stage) -> None:
    account(bobs, "bob").tz = "Asia/Tokyo"
    bobs.sandbox.faults.refuse("users.list", "internal_error", times=9)
    for minutes in (24 * 60, 1, 1, 8, 1):
        bobs.clock.turn(timedelta(minutes=minutes))
        await strike(bobs)
    bobs.sandbox.faults.clear()
    assert len(bobs.logged("people_not_looked_up")) == 2
    bobs.clock.turn(timedelta(minutes=10))
    await strike(bobs)
    await until(bobs, "2026-12-17 00:30")
    assert len(digests(bobs, "bob")) == 1


async def test_whoever_is_on_no_list_is_asked_for_by_name(bobs: Stage) -> None:
    await led_by(bobs, "lena")
    hidden = bobs.sandbox.workspace.people.pop(bobs.id_of("lena"))
    await until(bobs, MORNING)
    assert bobs.logged("nobody_by_this_id")[0]["user"] == hidden.id
    bobs.sandbox.workspace.people[hidden.id] = hidden
