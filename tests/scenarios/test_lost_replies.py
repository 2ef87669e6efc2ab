"""Answers of Slack that get lost, or come too late: nothing is done twice, nothing said wrong."""

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck

from blocks.postmortems import ADD_ITEM, OPEN_ROOT_CAUSE
from sandbox.refusals import Json
from tests.scenarios.stage import CHANNEL, Stage

DM = "@closed_loop"
both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


async def refused_in_a_form(slack: Stage) -> None:
    """Let Bob press a button of his open form that can only be refused."""
    bob = slack.person("bob")
    await bob.command(CHANNEL, "/postmortem")
    await bob.modal("Postmortem PM-1")
    for number in range(3):
        await slack.promised(what=f"Change {number}")
    slack.sandbox.faults.drop_reply("chat.postMessage")
    await bob.press(action_id=ADD_ITEM)
    await slack.settled()


async def test_a_direct_message_whose_reply_is_lost_is_sent_once(slack: Stage) -> None:
    await slack.started()
    await refused_in_a_form(slack)
    told = [one for one in slack.person("bob").messages(DM) if "is yours" not in one.text]
    assert len(told) == 1
    assert len(slack.logged("person_not_told")) == 1


@pytest.mark.parametrize("status", [None, 503])
async def test_a_form_whose_reply_is_lost_is_opened_once_and_nothing_wrong_is_said(
    slack: Stage, status: int | None
) -> None:
    await slack.started()
    opened = len(slack.sandbox.calls_of("views.open"))
    if status is None:
        slack.sandbox.faults.drop_reply("views.open")
    else:
        slack.sandbox.faults.broken("views.open", status)
    await slack.person("bob").click(CHANNEL, action_id=OPEN_ROOT_CAUSE)
    assert "If you see no form, please try again." in await slack.told("bob", "did not say")
    assert len(slack.sandbox.calls_of("views.open")) == opened + (status is None)


async def test_a_limit_that_outlives_the_trigger_is_told_and_not_waited_for(slack: Stage) -> None:
    await slack.started()
    slack.sandbox.faults.rate_limit("views.open", retry_after=30)
    await slack.person("bob").click(CHANNEL, action_id=OPEN_ROOT_CAUSE)
    assert "please try again in a minute" in await slack.told("bob", "Slack takes no more")


async def test_a_moments_limit_is_waited_for(slack: Stage) -> None:
    await slack.started()
    slack.sandbox.faults.rate_limit("views.open", retry_after=0)
    assert (await slack.opened("bob", OPEN_ROOT_CAUSE)).title == "PM-1 · Root cause"


async def test_a_click_that_can_no_longer_be_answered_beside_it_is_told_by_direct_message(
    slack: Stage,
) -> None:
    await slack.started()
    await slack.run_sql("DELETE FROM postmortem")
    for url in slack.sandbox.workspace.triggers.urls.values():
        url.left = 0
    bob, card = slack.person("bob"), slack.card()
    block = next(one for one in card.blocks if one.get("accessory"))
    act: tuple[Json, Json, Json] = (block, block["accessory"], {})
    payload = bob.interactions.on_message(bob.account, bob.channel(CHANNEL), card, act)
    payload["response_url"] = next(iter(slack.sandbox.workspace.triggers.urls))
    payload["response_url"] = f"{bob.interactions.base_url}response/{payload['response_url']}"
    await bob.ask("interactive", payload, "Edit")
    await slack.told("bob", "not in this workspace any more", DM)


@both_ways
async def test_a_click_inside_a_form_that_nobody_foresaw_is_told_by_direct_message(
    slack: Stage,
) -> None:
    async def broken(ack: AsyncAck) -> None:
        await ack()
        raise ZeroDivisionError

    await slack.started()
    slack.bot.app.action("broken")(broken)
    bob, form = slack.person("bob"), await slack.opened("bob", ADD_ITEM)
    await bob.act_in(form.opened, {"block_id": "any"}, {"action_id": "broken"}, {})
    said = await slack.told("bob", "Something went wrong on our side", DM)
    assert slack.logged("request_failed")[0]["request_id"] in said
