"""`/postmortem settings`: who may change what, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from domain.programme import Programme
from domain.settings import Settings
from sandbox import Modal
from sandbox.posting import deactivate
from storage import meetings, workspaces
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import CHANNEL, NOW, Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


async def form(slack: Stage, by: str = "lena", channel: str = "#general") -> Modal:
    """Give the settings form somebody opened."""
    await slack.person(by).command(channel, "/postmortem settings")
    return await slack.person(by).modal("Programme settings")


async def saved(slack: Stage, by: str = "lena", **typed: Any) -> None:
    """Let somebody change the settings."""
    answer = await (await form(slack, by)).fill(**typed).submit()
    assert answer.closed, answer.errors
    await slack.settled()


async def stored(slack: Stage) -> Settings:
    """Give what is set."""
    async with slack.bot.database.sessions() as session:
        people = await meetings.facilitators(session, TEAM)
        programme = await workspaces.programme(session, TEAM)
        return Settings(programme=programme, facilitators=tuple(people))


@both_ways
async def test_what_is_set_is_kept_and_shown_again(slack: Stage) -> None:
    people = [slack.id_of("freya"), slack.id_of("lena")]
    general = slack.sandbox.workspace.channel("#general").id
    await saved(
        slack,
        lead=slack.id_of("lena"),
        facilitators=people,
        organisation_channel=general,
        reaction=":eyes:",
        p1_due_days="7",
    )
    wanted = Programme(
        lead=slack.id_of("lena"), organisation_channel=general, reaction="eyes", p1_due_days=7
    )
    assert await stored(slack) == Settings(programme=wanted, facilitators=tuple(sorted(people)))
    again = await form(slack)
    assert again.values["p1_due_days"]["value"]["value"] == "7"
    assert again.values["facilitators"]["value"]["selected_users"] == people


async def test_a_number_that_is_set_is_what_items_get(slack: Stage) -> None:
    await slack.started()
    await saved(slack, p1_due_days="3")
    await slack.promised(priority="P1")
    assert (await slack.items())[0].due_on == NOW.date() + timedelta(days=3)


async def test_without_a_lead_anybody_may_change_them(slack: Stage) -> None:
    await saved(slack, "bob", p1_due_days="7")
    assert (await stored(slack)).programme.p1_due_days == 7


async def test_with_a_lead_nobody_else_may(slack: Stage) -> None:
    bobs = await form(slack, "bob")
    await saved(slack, lead=slack.id_of("lena"))
    sentence = "Lena Vogt leads the programme and alone changes its settings. Ask Lena Vogt."
    assert (await bobs.submit()).errors == {"lead": sentence}
    await bobs.close()
    await slack.person("bob").command(CHANNEL, "/postmortem settings")
    assert sentence in await slack.told("bob", "leads the programme")


async def test_when_the_lead_has_left_anybody_may_again(slack: Stage) -> None:
    await saved(slack, lead=slack.id_of("lena"))
    deactivate(slack.sandbox.workspace, slack.id_of("lena"))
    await slack.settled()
    await saved(slack, "bob", lead=slack.id_of("bob"))
    assert (await stored(slack)).programme.lead == slack.id_of("bob")


async def test_of_two_people_at_once_the_second_is_told_and_keeps_the_form(slack: Stage) -> None:
    bobs = (await form(slack, "bob")).fill(p2_due_days="20")
    await saved(slack, p1_due_days="7")
    answer = await bobs.submit()
    assert "changed the settings while you had this open" in answer.errors["lead"]
    assert bobs.values["p2_due_days"]["value"]["value"] == "20"
    assert (await stored(slack)).programme == Programme(p1_due_days=7)


async def test_a_double_click_is_no_conflict(slack: Stage) -> None:
    anas = (await form(slack, "ana")).fill(p1_due_days="7")
    answers = await slack.at_once(anas.submit(), anas.submit())
    assert [answer.closed for answer in answers] == [True, True]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"reaction": "two words"}, "reaction", "between colons"),
        ({"lead": "otto"}, "lead", "Otto Brandt has left the workspace"),
        ({"facilitators": ["freya", "pager"]}, "facilitators", "Pager is an app"),
    ],
)
async def test_what_cannot_be_is_refused_where_it_stands(
    slack: Stage, typed: dict[str, Any], field: str, words: str
) -> None:
    named = {
        name: slack.id_of(value)
        if name == "lead"
        else [slack.id_of(each) for each in value]
        if name == "facilitators"
        else value
        for name, value in typed.items()
    }
    assert words in (await (await form(slack)).fill(**named).submit()).errors[field]


async def test_a_forged_number_is_refused(slack: Stage) -> None:
    opened = await form(slack)
    assert not (await opened.fill(p1_due_days="0").submit()).sent
    assert "whole number of days from 1 to 366" in (await opened.send()).errors["p1_due_days"]


async def test_a_channel_without_the_app_is_kept_with_a_hint(slack: Stage) -> None:
    place = slack.sandbox.workspace.channel("#inc-search-index").id
    await saved(slack, engineering_channel=place)
    assert (await stored(slack)).programme.engineering_channel == place
    (hint,) = slack.person("lena").messages(DM)
    assert f"I am not in <#{place}> yet" in hint.words()


async def test_a_channel_with_the_app_needs_no_hint(slack: Stage) -> None:
    await saved(slack, engineering_channel=slack.sandbox.workspace.channel("#reliability").id)
    assert slack.person("lena").messages(DM) == []


async def test_a_silent_slack_costs_only_the_hint(slack: Stage) -> None:
    slack.sandbox.faults.rate_limit("conversations.info", retry_after=30)
    place = slack.sandbox.workspace.channel("#inc-search-index").id
    await saved(slack, engineering_channel=place)
    assert (await stored(slack)).programme.engineering_channel == place
    assert slack.person("lena").messages(DM) == []
