"""A digest says how things stand, where it stands; what is decided is asked for no more."""

import asyncio
from datetime import date, timedelta

import pytest

from blocks.item_buttons import OPEN_ITEM, action_of
from domain.decisions import Decision
from domain.programme import Programme
from handlers.digests import replan
from sandbox.posting import deactivate
from storage import workspaces
from tests.scenarios.deciding import decided, led_by, promised
from tests.scenarios.hearing import calls, digests, posted, replica, strike, until
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import Stage

#: Bob's item is due on Thursday, 24 December; he works in London.
WEEK_BEFORE, ON_THE_DAY = "2026-12-17 09:30", "2026-12-24 09:30"


@pytest.fixture
async def bobs(slack: Stage) -> Stage:
    """An item that Bob is to do in a month."""
    await promised(slack)
    return slack


async def test_what_is_decided_leaves_the_message_where_it_stands(bobs: Stage) -> None:
    await bobs.promised(due_on=date(2026, 12, 18))
    await until(bobs, WEEK_BEFORE)
    await decided(bobs, "bob", Decision.RESCHEDULE, day=date(2027, 1, 15), words="The vendor")
    [said] = digests(bobs, "bob")
    assert said.text == "1 item needs you: 1 due soon"
    assert ":white_check_mark: *PM-1/1* moved to 15 Jan 2027" in said.words()
    assert "Drain connections first" in said.words()  # the other one
    assert "Move the date: PM-1/2" in said.words()
    assert "Move the date: PM-1/1" not in said.words()


async def test_when_all_is_decided_nothing_is_asked_any_more(bobs: Stage) -> None:
    await until(bobs, WEEK_BEFORE)
    await decided(bobs, "bob", Decision.IMPLEMENT, words="Shipped in build 812")
    [said] = digests(bobs, "bob")
    assert said.text == "Nothing needs you any more."
    assert "*PM-1/1* is implemented" in said.words()
    assert "until you decide it" not in said.words()
    await until(bobs, ON_THE_DAY)
    assert posted(bobs, "bob") == [WEEK_BEFORE]


async def test_of_what_is_closed_nothing_is_heard(bobs: Stage) -> None:
    await decided(bobs, "bob", Decision.CANCEL, words="The service goes away")
    for at in (WEEK_BEFORE, ON_THE_DAY, "2026-12-31 09:30"):
        await until(bobs, at)
    assert digests(bobs, "bob") == []


async def test_evidence_is_asked_for_when_it_has_soaked(bobs: Stage) -> None:
    await decided(bobs, "bob", Decision.IMPLEMENT, words="Shipped in build 812")
    await until(bobs, ON_THE_DAY)
    [said] = digests(bobs, "bob")
    assert said.text == "1 item needs you: 1 waiting for evidence"
    assert "soaked until 24 Dec 2026: what shows that it works?" in said.words()


async def test_an_item_in_progress_stays_and_says_so(bobs: Stage) -> None:
    await until(bobs, WEEK_BEFORE)
    await decided(bobs, "bob", Decision.BLOCK, words="The vendor has to <answer>")
    [said] = digests(bobs, "bob")
    assert "blocked: The vendor has to &lt;answer&gt;" in said.words()
    assert "Move the date" in said.words()


async def test_two_replicas_that_strike_at_once_owe_one_digest(bobs: Stage) -> None:
    other = replica(bobs)
    await bobs.passes(timedelta(days=23))
    await asyncio.gather(*(each.strike() for each in (bobs.bot.clock, other, bobs.bot.clock)))
    await strike(bobs)
    assert posted(bobs, "bob") == [WEEK_BEFORE]


async def test_whoever_moves_hears_in_the_morning_of_where_they_are_now(bobs: Stage) -> None:
    await until(bobs, "2026-12-16 20:00")
    await bobs.person("bob").set_time_zone("Asia/Tokyo")
    await until(bobs, "2026-12-17 00:29")
    assert digests(bobs, "bob") == []
    await until(bobs, "2026-12-17 00:30")
    await until(bobs, WEEK_BEFORE)
    assert posted(bobs, "bob") == ["2026-12-17 00:30"]


async def test_whoever_moves_on_the_day_itself_hears_of_it_still(bobs: Stage) -> None:
    await until(bobs, "2026-12-17 03:00")
    await bobs.person("bob").set_time_zone("Asia/Tokyo")
    await strike(bobs)
    assert posted(bobs, "bob") == ["2026-12-17 03:00"]


async def test_moving_after_it_was_heard_repeats_nothing(bobs: Stage) -> None:
    await until(bobs, WEEK_BEFORE)
    before = len(calls(bobs))
    await bobs.person("bob").set_time_zone("Europe/Oslo")
    await strike(bobs)
    await until(bobs, "2026-12-18 12:00")
    assert calls(bobs)[before:] == []


async def test_other_rules_plan_anew_and_say_nothing_by_themselves(bobs: Stage) -> None:
    await until(bobs, "2026-12-01 10:00")
    await _rules(bobs, Programme(remind_before_days=14))
    await strike(bobs)
    assert digests(bobs, "bob") == []
    await until(bobs, "2026-12-10 09:30")
    await _rules(bobs, Programme())
    await strike(bobs)
    await until(bobs, WEEK_BEFORE)
    assert posted(bobs, "bob") == ["2026-12-10 09:30", WEEK_BEFORE]


async def _rules(slack: Stage, programme: Programme) -> None:
    """Let the workspace set these numbers."""
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.change_programme(session, TEAM, programme)
        await replan(session, TEAM, slack.clock.now())


async def test_of_an_owner_who_left_the_lead_hears_by_their_own_clock(bobs: Stage) -> None:
    await led_by(bobs, "lena")
    await until(bobs, "2026-11-26 12:00")  # she was looked up meanwhile
    deactivate(bobs.sandbox.workspace, bobs.id_of("bob"))
    await bobs.settled()
    await until(bobs, "2026-12-17 08:30")
    await until(bobs, WEEK_BEFORE)
    assert (posted(bobs, "lena"), posted(bobs, "bob")) == (["2026-12-17 08:30"], [])
    [said] = digests(bobs, "lena")
    assert f"<@{bobs.id_of('bob')}> has left: hand it over" in said.words()
    assert "Hand it over" in said.words()
    assert "It is implemented" not in said.words()


async def test_what_the_lead_takes_over_needs_the_lead_and_what_is_given_on_does_not(
    bobs: Stage,
) -> None:
    await led_by(bobs, "lena")
    deactivate(bobs.sandbox.workspace, bobs.id_of("bob"))
    await bobs.settled()
    await until(bobs, "2026-12-17 10:00")
    await _handed(bobs, "lena")
    [said] = digests(bobs, "lena")
    assert (said.text, "has left" in said.words()) == ("1 item needs you: 1 due soon", False)
    await _handed(bobs, "mei")
    assert digests(bobs, "lena")[0].text == "Nothing needs you any more."
    assert f"is <@{bobs.id_of('mei')}>'s now" in digests(bobs, "lena")[0].words()


async def _handed(slack: Stage, to: str) -> None:
    """Let the lead hand over an item, out of the window that her digest opens."""
    lead = slack.person("lena")
    await lead.click(DM, action_id=OPEN_ITEM)
    await slack.settled()
    await lead.press(action_id=action_of(Decision.REASSIGN))
    await slack.settled()
    answer = await (await lead.modal()).fill(person=slack.id_of(to)).submit()
    assert answer.closed, answer.errors
    await slack.settled()
    if to != "lena":
        await slack.person(to).click(DM, action_id=action_of(Decision.TAKE))
        await slack.settled()


async def test_where_nobody_leads_nobody_is_written_to(bobs: Stage) -> None:
    deactivate(bobs.sandbox.workspace, bobs.id_of("bob"))
    await bobs.settled()
    for at in (WEEK_BEFORE, ON_THE_DAY):
        await until(bobs, at)
    assert [digests(bobs, who) for who in ("bob", "lena")] == [[], []]


async def test_a_digest_that_was_not_sent_yet_says_how_things_are_when_it_is(bobs: Stage) -> None:
    await bobs.promised(due_on=date(2026, 12, 18))
    bobs.sandbox.faults.api_down()
    await until(bobs, WEEK_BEFORE)
    bobs.sandbox.faults.clear()
    await decided(bobs, "bob", Decision.CANCEL, words="The service goes away")
    await until(bobs, "2026-12-17 10:00")
    assert [each.text for each in digests(bobs, "bob")] == ["1 item needs you: 1 due soon"]
