"""Whoever answers for something is looked up in Slack now and then: an event may be missed."""

from datetime import date, timedelta

import pytest

from domain.accepted_risks import AcceptedRisk
from handlers.rolls import STRANGERS
from sandbox.people import Account
from storage import accepted_risks
from tests.scenarios.deciding import led_by, promised
from tests.scenarios.hearing import digests, strike, until
from tests.scenarios.reviewing import TEAM
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
        await bobs.passes(timedelta(hours=hours))
        await strike(bobs)
    assert lists(bobs) == before + 2


async def test_nobody_is_looked_up_where_nobody_answers_for_anything(slack: Stage) -> None:
    await until(slack, MORNING)
    assert lists(slack) == 0


async def test_a_slack_that_does_not_say_is_asked_again_in_a_while(bobs: Stage) -> None:
    account(bobs, "bob").tz = "Asia/Tokyo"
    bobs.sandbox.faults.refuse("users.list", "internal_error", times=9)
    for minutes in (24 * 60, 1, 1, 8, 1):
        await bobs.passes(timedelta(minutes=minutes))
        await strike(bobs)
    bobs.sandbox.faults.clear()
    assert len(bobs.logged("people_not_looked_up")) == 2
    await bobs.passes(timedelta(minutes=10))
    await strike(bobs)
    await until(bobs, "2026-12-17 00:30")
    assert len(digests(bobs, "bob")) == 1


@pytest.mark.parametrize("answer", ["user_not_found", "user_not_visible"])
async def test_whoever_slack_knows_no_more_has_left_and_keeps_their_name(
    bobs: Stage, answer: str
) -> None:
    await led_by(bobs, "lena")
    hidden = bobs.sandbox.workspace.people.pop(bobs.id_of("bob"))
    bobs.sandbox.faults.refuse("users.info", answer)
    await until(bobs, MORNING)
    await strike(bobs)
    assert [each["user"] for each in bobs.logged("nobody_by_this_id")] == [hidden.id]
    bobs.sandbox.workspace.people[hidden.id] = hidden
    [told] = bobs.person("lena").messages("@closed_loop")
    assert "has left" in told.words()
    left = f"reason = '{hidden.real_name} has left the workspace.'"
    assert await bobs.count(f"item_history WHERE {left}") == 1


async def test_more_than_are_asked_for_by_name_at_once_have_their_turn_soon(bobs: Stage) -> None:
    strangers = [f"U0GONE{number:02}" for number in range(STRANGERS + 1)]
    async with bobs.bot.database.sessions.begin() as session:
        for each in strangers:
            risk = AcceptedRisk(risk="r", accepter=each, reason="w", until=date(2027, 5, 1))
            made = bobs.clock.now()
            await accepted_risks.add(session, TEAM, 1, risk, by=each, now=made, submission="")
    for at in (MORNING, "2026-11-25 09:39", "2026-11-25 09:40"):
        await until(bobs, at)
        asked = [each["user"] for each in bobs.logged("nobody_by_this_id")]
        assert asked == (strangers if at.endswith("40") else strangers[:STRANGERS])
