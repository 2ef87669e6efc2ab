"""Members of other workspaces get a sentence, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest

from blocks.action_items import ACCEPT_INSTEAD
from blocks.postmortems import ADD_ITEM
from sandbox.refusals import Json
from tests.scenarios.stage import CHANNEL, FACTS, Stage

Disguise = Callable[[dict[str, Any]], dict[str, Any]]

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


def elsewhere(payload: dict[str, Any]) -> dict[str, Any]:
    """Make a payload look as if it came from another workspace."""
    team = {"id": "T0ELSEWHERE", "domain": "elsewhere"}
    if "team" in payload:
        user = payload["user"] | {"team_id": team["id"]}
        return payload | {"team": team, "user": user}
    return payload | {"team_id": team["id"], "team_domain": team["domain"]}


@both_ways
async def test_a_command_from_another_workspace_gets_a_sentence_and_no_form(slack: Stage) -> None:
    ana = slack.person("ana")
    place = ana.channel(CHANNEL)
    payload = elsewhere(ana.interactions.command(ana.account, place, "/postmortem", ""))
    answer = await ana.ask("slash_commands", payload, "/postmortem")
    assert answer is not None
    assert answer["response_type"] == "ephemeral"
    assert "by this workspace's own members" in answer["text"]
    assert slack.sandbox.calls_of("views.open") == []


@both_ways
async def test_a_form_sent_from_another_workspace_stores_nothing(slack: Stage) -> None:
    form = (await slack.start_form()).fill(**FACTS)
    ana = slack.person("ana")
    payload = elsewhere(ana.interactions.submitted(ana.account, form.opened))
    answer = await ana.ask("interactive", payload, "Start")
    assert answer is not None
    assert answer["response_action"] == "update"
    assert "by this workspace's own members" in str(answer["view"])
    assert await slack.count("postmortem") == 0
    assert len(slack.logged("stranger_refused")) == 1


def click(slack: Stage, name: str = "bob") -> dict[str, Any]:
    """Give the payload of a click on the card's first button."""
    person, card = slack.person(name), slack.card()
    block = next(one for one in card.blocks if one.get("accessory"))
    act: tuple[Json, Json, Json] = (block, block["accessory"], {})
    return person.interactions.on_message(person.account, person.channel(CHANNEL), card, act)


def of_outsider(payload: dict[str, Any]) -> dict[str, Any]:
    """Make it an outsider's in a shared channel: `team` stays ours (slackapi/java-slack-sdk#1041).

    In an Enterprise organisation so does `enterprise`, which describes that team.
    """
    return payload | {"user": payload["user"] | {"team_id": "T0ELSEWHERE"}}


@both_ways
@pytest.mark.parametrize("disguise", [elsewhere, of_outsider])
async def test_a_click_from_another_workspace_opens_nothing(
    slack: Stage, disguise: Disguise
) -> None:
    await slack.started()
    opened = len(slack.sandbox.calls_of("views.open"))
    await slack.person("bob").ask("interactive", disguise(click(slack)), "Edit")
    await slack.settled()
    assert len(slack.sandbox.calls_of("views.open")) == opened
    await slack.told("bob", "by this workspace's own members")
    assert len(slack.logged("stranger_refused")[0]["request_id"]) == 12


@both_ways
@pytest.mark.parametrize("disguise", [elsewhere, of_outsider])
async def test_a_strangers_click_is_acknowledged_even_where_they_cannot_be_told(
    slack: Stage, disguise: Disguise
) -> None:
    await slack.started()
    slack.sandbox.faults.down()
    payload = disguise(click(slack)) | {"response_url": "http://127.0.0.1:1/nobody-listens"}
    assert await slack.person("bob").ask("interactive", payload, "Edit") is None
    await slack.settled()
    assert len(slack.logged("person_not_told")) == 1


async def test_a_strangers_click_inside_a_form_is_told_by_direct_message(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("bob", ADD_ITEM)
    bob = slack.person("bob")
    act: tuple[Json, Json, Json] = ({"block_id": "any"}, {"action_id": ACCEPT_INSTEAD}, {})
    payload = of_outsider(bob.interactions.on_view(bob.account, form.opened, act))
    await bob.ask("interactive", payload, "Accept instead")
    await slack.told("bob", "by this workspace's own members", "@closed_loop")
    assert (await bob.modal()).title == form.title


@both_ways
async def test_an_outside_company_is_refused_in_an_enterprise_organisation_too(
    slack: Stage,
) -> None:
    form = (await slack.start_form()).fill(**FACTS)
    ana = slack.person("ana")
    payload = of_outsider(ana.interactions.submitted(ana.account, form.opened))
    payload["enterprise"] = {"id": "E0ORG", "name": "The organisation"}
    answer = await ana.ask("interactive", payload, "Start")
    assert "by this workspace's own members" in str(answer)
    assert await slack.count("postmortem") == 0
