"""What the demo's page foresees: messages that wait for their instant, each in its own words."""

from datetime import timedelta

from bot.planner import OWED_AHEAD, Planner, called_in
from handlers.sprint import SPRINT
from storage import deliveries
from tests.scenarios.reviewing import TEAM
from tests.scenarios.slipping import REVIEWS
from tests.scenarios.stage import NOW, Stage


async def test_a_teams_sprint_list_is_foreseen_for_its_channel(slack: Stage) -> None:
    place = slack.sandbox.workspace.channel(REVIEWS).id
    monday = NOW + timedelta(days=6)
    subject = f"{place}:2026-W49"
    async with slack.bot.database.sessions.begin() as session:
        await deliveries.enqueue(session, TEAM, SPRINT, subject, channel=place, due_at=monday)
    coming = await Planner(slack.bot, TEAM).coming(NOW, NOW + timedelta(days=7))
    said = [each.what for each in coming if each.at == monday]
    assert said == [f"a channel {OWED_AHEAD[SPRINT]}"]


async def test_each_channel_is_named_and_what_reads_the_same_comes_once(slack: Stage) -> None:
    monday, workspace = NOW + timedelta(days=6), slack.sandbox.workspace
    async with slack.bot.database.sessions.begin() as session:
        for name in (REVIEWS, "#general", "#inc-auth-tokens"):
            place = workspace.channel(name).id
            subject = f"{place}:2026-W49"
            await deliveries.enqueue(session, TEAM, SPRINT, subject, channel=place, due_at=monday)
    until = NOW + timedelta(days=7)
    named = await Planner(slack.bot, TEAM, called_in(workspace)).coming(NOW, until)
    said = sorted(each.what.partition(" ")[0] for each in named if each.at == monday)
    assert said == ["#general", REVIEWS, "a"]
    nameless = await Planner(slack.bot, TEAM).coming(NOW, until)
    assert [each.what for each in nameless if each.at == monday] == [
        f"a channel {OWED_AHEAD[SPRINT]}"
    ]
