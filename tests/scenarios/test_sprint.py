"""`/postmortem sprint`: what to take into the next sprint first; weekly in a team's channel."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from blocks.item_buttons import OPEN_ITEM
from handlers.sprint import SPRINT
from sandbox.messages import Message
from sandbox.posting import join, leave
from storage import causal_classes
from tests.scenarios.hearing import calls, replica, strike, until
from tests.scenarios.restarting import switched_on
from tests.scenarios.reviewing import TEAM
from tests.scenarios.slipping import REVIEWS, has_programme
from tests.scenarios.stage import CHANNEL, NOW, Stage

PAYMENTS, PRIVATE = "#inc-payments-webhooks", "#inc-auth-tokens"
both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
#: Half past nine in Berlin, on Monday.
MONDAY, BEFORE = "2026-11-30 08:30", "2026-11-30 08:29"


async def two_services(slack: Stage) -> None:
    """Bob owes checkout, and Mei payments, one thing each; both incidents are of one class."""
    await slack.started()
    await slack.promised(priority="P2")
    await slack.started(channel=PAYMENTS, service="Payments", title="Webhooks lost")
    await slack.promised(channel=PAYMENTS, what="Retry webhooks", owner="mei", priority="P3")


async def alike(slack: Stage, *which: int) -> None:
    """Let these incidents be of one class."""
    async with slack.bot.database.sessions.begin() as session:
        (capacity,) = (await causal_classes.by_name(session, TEAM, ["capacity"])).values()
        for each in which:
            await causal_classes.tag(session, TEAM, each, [capacity.id], by="U1", now=NOW)


async def service(
    slack: Stage, name: str, channel: str = "", burned: float = 0, *, burns: bool = False
) -> None:
    """Let something be known of a service."""
    place = slack.sandbox.workspace.channel(channel).id if channel else ""
    since = f"'{NOW:%Y-%m-%d %H:%M:%S}'" if burns else "NULL"
    await slack.run_sql(
        "INSERT INTO service (workspace_id, name, channel, query, burned, burning_since, source, "  # noqa: S608
        f"told_by, trouble) VALUES ('{TEAM}', '{name}', '{place}', '', {burned}, {since}, 'api', "
        "'', '')"
    )


async def shown(slack: Stage, words: str = "", by: str = "ana") -> str:
    """Give the list that somebody sees who asks for it."""
    await slack.person(by).command(CHANNEL, f"/postmortem sprint {words}".strip())
    return next(one.words() for one in reversed(slack.person(by).messages(CHANNEL)) if one.only_for)


def lists(slack: Stage, channel: str = REVIEWS) -> list[Message]:
    """The lists in a team's channel."""
    return slack.posted(SPRINT, channel)


@both_ways
async def test_whoever_asks_sees_the_riskiest_first_and_why(slack: Stage) -> None:
    await two_services(slack)
    await slack.run_sql("UPDATE action_item SET reschedules = 2 WHERE id = 2")
    await alike(slack, 1, 2)
    found = await shown(slack)
    why = "“capacity”: one other incident in 12 months"
    assert "1. *PM-2/1* Retry webhooks\nMei Tanaka · due 23 Jan 2027 · Payments\n" in found
    assert f"*Risk 9:* {why}, moved twice, P3" in found
    assert "2. *PM-1/1* Drain connections first\nBob Okonjo · due 24 Dec 2026 · checkout" in found
    assert f"*Risk 6:* {why}, P2" in found
    assert not [each for each in slack.person("bob").messages(CHANNEL) if each.only_for]


async def test_a_burning_service_raises_the_risk(slack: Stage) -> None:
    await two_services(slack)
    assert "1. *PM-1/1*" in await shown(slack)
    await service(slack, "PAYMENTS", burned=82, burns=True)
    found = await shown(slack)
    assert "1. *PM-2/1*" in found
    assert "*Risk 5:* 82 % of the error budget of Payments is spent: it burns, P3" in found


@pytest.mark.parametrize("typed", ["payments", "PAYMENTS", " Payments "])
async def test_one_service_is_listed_however_it_is_cased(slack: Stage, typed: str) -> None:
    await two_services(slack)
    found = await shown(slack, typed)
    assert "Sprint list of Payments" in found
    assert "PM-2/1" in found
    assert "PM-1/1" not in found


async def test_an_unknown_service_is_answered_with_those_there_are(slack: Stage) -> None:
    await two_services(slack)
    said = await shown(slack, "<!here>")
    assert "No postmortem is of a service called “&lt;!here&gt;”" in said
    assert "There are checkout, Payments." in said or "There are Payments, checkout." in said


async def test_nothing_open_is_said(slack: Stage) -> None:
    await two_services(slack)
    await slack.run_sql("UPDATE action_item SET state = 'cancelled' WHERE id = 1")
    await slack.run_sql("UPDATE action_item SET created_at = '2026-08-25 09:00:00' WHERE id = 2")
    assert "Nothing that was written in the last 90 days is open." in await shown(slack)
    assert "is open for checkout." in await shown(slack, "CHECKOUT")


async def test_an_item_is_opened_from_the_list(slack: Stage) -> None:
    await two_services(slack)
    await shown(slack)
    ana = slack.person("ana")
    [said] = [each for each in ana.messages(CHANNEL) if each.only_for]
    await ana.click(CHANNEL, ts=said.ts, action_id=OPEN_ITEM, value="2")
    await slack.settled()
    assert "Retry webhooks" in (await ana.modal()).text()


async def test_a_private_item_is_listed_for_its_members_and_its_owner_alone(slack: Stage) -> None:
    await slack.started("ana", PRIVATE, title="Secret tokens leaked", service="auth")
    await slack.promised("ana", PRIVATE, what="Rotate the secret", owner="bob")
    assert "Rotate the secret" in await shown(slack)
    assert "Rotate the secret" in await shown(slack, by="bob")
    assert "Rotate the secret" in await shown(slack, "AUTH")
    stranger = await shown(slack, by="mei")
    assert "is open but 1 item of private channels, which is not named." in stranger
    of_auth = await shown(slack, "auth", by="mei")
    assert of_auth == (await shown(slack, "nothing", by="mei")).replace("“nothing”", "“auth”")


async def test_whoever_may_not_see_a_private_item_is_told_how_many_there_are(slack: Stage) -> None:
    await two_services(slack)
    await slack.run_sql("UPDATE postmortem SET is_private = 1 WHERE id = 1")
    found = await shown(slack)
    assert "1. *PM-2/1* Retry" in found
    assert "And 1 of private channels, which is not named." in found
    assert "PM-1" not in found


@pytest.fixture
async def team(slack: Stage) -> Stage:
    """Two services of one team, whose list nobody has got yet this week."""
    await has_programme(slack)
    await two_services(slack)
    await slack.passes(timedelta(days=4))  # to Saturday
    await service(slack, "checkout", REVIEWS)
    await service(slack, "payments", REVIEWS)
    return slack


async def test_a_teams_channel_gets_its_list_once_a_week_as_work_begins(team: Stage) -> None:
    await until(team, BEFORE)
    assert lists(team) == []
    await until(team, MONDAY)
    [said] = lists(team)
    assert said.text == "Sprint list of checkout, payments: 2 open items, PM-1/1 first."
    assert f"<@{team.id_of('bob')}>" not in said.words()
    await until(team, "2026-12-04 12:00")
    assert len(lists(team)) == 1
    await until(team, "2026-12-07 08:30")
    assert len(lists(team)) == 2


async def test_after_a_holiday_it_comes_on_the_first_working_day(team: Stage) -> None:
    await has_programme(team, review_zone="America/New_York")
    await until(team, "2027-01-18 20:00")  # the day of Martin Luther King
    assert lists(team) == []
    await until(team, "2027-01-19 14:30")
    assert len(lists(team)) == 1


async def test_it_is_caught_up_with_in_the_week_and_not_after(team: Stage) -> None:
    await until(team, "2026-12-02 20:00")
    assert lists(team) == []
    await until(team, "2026-12-03 08:30")
    assert len(lists(team)) == 1
    await until(team, "2026-12-12 12:00")  # the next week is over
    assert len(lists(team)) == 1


async def test_two_replicas_say_it_once(team: Stage) -> None:
    other = replica(team)
    await asyncio.gather(until(team, MONDAY), other.strike())
    await asyncio.gather(team.bot.clock.strike(), other.strike())
    await team.settled()
    [said] = lists(team)
    assert said.edited is None
    assert await team.count("delivery WHERE kind = 'sprint'") == 1


async def test_a_restart_on_monday_says_it_once(sqlite_template: Any, tmp_path: Any) -> None:
    database = tmp_path / "closedloop.sqlite3"
    database.write_bytes(sqlite_template.read_bytes())
    async with switched_on(database) as machine:
        async with machine.app() as slack:
            await has_programme(slack)
            await two_services(slack)
            await slack.passes(timedelta(days=4))
            await service(slack, "checkout", REVIEWS)
            await until(slack, BEFORE)
        for at in (MONDAY, "2026-11-30 08:31"):
            async with machine.app() as slack:
                await until(slack, at)
                assert len(lists(slack)) == 1


async def test_where_nothing_is_open_nothing_is_said(team: Stage) -> None:
    await team.run_sql("UPDATE action_item SET state = 'cancelled'")
    await until(team, MONDAY)
    assert lists(team) == []
    before = calls(team)
    await strike(team)
    assert calls(team) == before


async def test_a_private_item_is_only_counted_there(team: Stage) -> None:
    await team.run_sql("UPDATE postmortem SET is_private = 1 WHERE id = 1")
    await until(team, MONDAY)
    [said] = lists(team)
    assert said.text.endswith(": 1 open item, PM-2/1 first.")
    assert "And 1 of private channels, which is not named." in said.words()
    assert "PM-1" not in said.words()


async def test_where_all_is_private_nothing_is_said_there(team: Stage) -> None:
    await team.run_sql("UPDATE postmortem SET is_private = 1")
    await until(team, MONDAY)
    assert lists(team) == []


async def test_a_channel_without_the_app_gets_it_once_the_app_is_invited(team: Stage) -> None:
    place, app = team.sandbox.workspace.channel(REVIEWS), team.sandbox.workspace.app.bot_user
    leave(team.sandbox.workspace, place, app)
    await until(team, MONDAY)
    assert lists(team) == []
    join(team.sandbox.workspace, place, app)
    await team.settled()
    await team.settled()
    assert len(lists(team)) == 1


async def test_without_a_teams_channel_nothing_is_looked_at(slack: Stage) -> None:
    await two_services(slack)
    await service(slack, "checkout")
    await until(slack, MONDAY)
    assert await slack.count("delivery WHERE kind = 'sprint'") == 0
