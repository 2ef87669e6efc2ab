"""A digest that Slack took late: still one a day, and it says what it asks for by then."""

from datetime import date

import pytest

from domain.decisions import Decision
from domain.programme import Programme
from handlers.digests import replan
from storage import workspaces
from tests.scenarios.deciding import decided
from tests.scenarios.hearing import digests, posted, strike, until
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import Stage

#: Bob, in London, should have heard of one item on Thursday, and of another by this Friday morning.
LATE = "2026-12-18 10:00"
EVENING = "2026-12-17 16:30"


@pytest.fixture
async def late(slack: Stage) -> Stage:
    """Slack was down all Thursday, so Bob got his digest of that day on Friday."""
    await slack.started()
    for day in (25, 24):
        await slack.promised(due_on=date(2026, 12, day))
    slack.sandbox.faults.api_down()
    await until(slack, "2026-12-17 09:30")
    slack.sandbox.faults.clear()
    await until(slack, LATE)
    assert posted(slack, "bob") == [LATE]
    return slack


async def test_a_second_morning_of_the_same_day_brings_no_second_digest(late: Stage) -> None:
    await until(late, "2026-12-18 12:00")
    await late.person("bob").set_time_zone("America/New_York")
    await until(late, "2026-12-18 14:30")
    assert posted(late, "bob") == [LATE]


async def test_other_rules_on_a_later_day_repeat_nothing_that_it_said(late: Stage) -> None:
    await until(late, "2026-12-21 12:00")
    async with late.bot.database.sessions.begin() as session:
        await workspaces.change_programme(session, TEAM, Programme(soak_days=3))
        await replan(session, TEAM, late.clock.now())
    await strike(late)
    assert posted(late, "bob") == [LATE]


async def test_what_it_asked_for_on_the_day_it_came_is_a_line_once_decided(late: Stage) -> None:
    await decided(late, "bob", Decision.CANCEL, words="The service goes away")
    [said] = digests(late, "bob")
    assert "*PM-1/1* is cancelled" in said.words()


async def test_changed_on_another_day_it_says_of_which_day_it_tells(late: Stage) -> None:
    assert "As of" not in digests(late, "bob")[0].words()
    await until(late, "2026-12-23 12:00")
    await decided(late, "bob", Decision.CANCEL, words="The service goes away")
    [said] = digests(late, "bob")
    assert "due 24 Dec 2026, tomorrow" in said.words()
    assert "As of 23 Dec 2026." in said.words()


async def test_over_long_holidays_it_goes_on_saying_how_things_stand(slack: Stage) -> None:
    await slack.started()
    await slack.promised(due_on=date(2026, 12, 25))
    await until(slack, "2026-12-18 09:30")
    await until(slack, "2026-12-28 12:00")
    await decided(slack, "bob", Decision.CANCEL, words="The service goes away")
    assert [each.text for each in digests(slack, "bob")] == ["Nothing needs you any more."]


async def test_one_of_which_nobody_knows_in_the_evening_is_not_the_next_mornings(
    slack: Stage,
) -> None:
    await slack.started()
    for day in (25, 24):
        await slack.promised(due_on=date(2026, 12, day))
    slack.sandbox.faults.api_down()
    await until(slack, "2026-12-17 09:30")
    slack.sandbox.faults.clear()
    slack.sandbox.faults.drop_reply("chat.postMessage")
    for at in (EVENING, "2026-12-17 19:00", "2026-12-18 09:30"):
        await until(slack, at)
    assert posted(slack, "bob") == [EVENING, "2026-12-18 09:30"]
