"""Members of other workspaces get a sentence, and nothing else."""

from typing import Any

import pytest

from sandbox.refusals import Json
from tests.scenarios.stage import CHANNEL, FACTS, Stage

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
    await ana.ask("slash_commands", payload, "/postmortem")
    assert "by this workspace's own members" in await slack.told("ana", "Closed Loop")
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


async def test_a_click_from_another_workspace_opens_nothing(slack: Stage) -> None:
    await slack.started()
    bob, card = slack.person("bob"), slack.card()
    block = next(one for one in card.blocks if one.get("accessory"))
    act: tuple[Json, Json, Json] = (block, block["accessory"], {})
    payload = bob.interactions.on_message(bob.account, bob.channel(CHANNEL), card, act)
    opened = len(slack.sandbox.calls_of("views.open"))
    await bob.ask("interactive", elsewhere(payload), "Edit")
    await slack.settled()
    assert len(slack.sandbox.calls_of("views.open")) == opened
    await slack.told("bob", "by this workspace's own members")


async def test_a_colleague_from_another_workspace_of_the_same_organisation_is_let_in(
    slack: Stage,
) -> None:
    form = (await slack.start_form()).fill(**FACTS)
    ana = slack.person("ana")
    payload = elsewhere(ana.interactions.submitted(ana.account, form.opened))
    payload["enterprise"] = {"id": "E0ORG", "name": "The organisation"}
    assert await ana.ask("interactive", payload, "Start") == {"response_action": "clear"}
    assert await slack.count("postmortem") == 1
