"""Clicks in messages and forms, the Home tab, and what happens when nobody answers."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from sandbox import DidNotAnswer, Sandbox
from tests.sandbox.apps import opening
from tests.sandbox.payloads import buttons, form, section, typed

Json = dict[str, Any]


async def test_an_app_that_does_not_answer_is_noticed(connected: AsyncApp, slack: Sandbox) -> None:
    slack.faults.ack_seconds = 0.05

    @connected.command("/postmortem")
    async def silent() -> None:
        """Acknowledge nothing."""

    ana = slack.person("ana")
    with pytest.raises(DidNotAnswer, match="operation_timeout"):
        await ana.command("#inc-checkout", "/postmortem")
    assert ana.notice == '/postmortem failed with the error "operation_timeout".'


async def test_a_button_of_the_newest_message_is_clicked(
    connected: AsyncApp, slack: Sandbox
) -> None:
    @connected.action("timeline")
    async def clicked(ack: Any, body: Json, respond: Any) -> None:
        await ack()
        await respond(text=f"Seen {body['message']['text']}", replace_original=False)

    channel = slack.workspace.channel("#inc-checkout").id
    for text in ("old", "new"):
        await connected.client.chat_postMessage(
            channel=channel, text=text, blocks=[buttons("Timeline")]
        )
    bob = slack.person("bob")
    await bob.click("#inc-checkout", "Timeline")
    assert (await bob.message("#inc-checkout", containing="Seen")).text == "Seen new"


async def test_a_click_in_an_ephemeral_brings_no_message_along(
    connected: AsyncApp, slack: Sandbox
) -> None:
    seen = []

    @connected.action("go")
    async def clicked(ack: Any, body: Json) -> None:
        seen.append(body)
        await ack()

    ana = slack.person("ana")
    place = slack.workspace.channel("#inc-checkout").id
    await connected.client.chat_postEphemeral(
        channel=place, user=ana.id, text="psst", blocks=[buttons("Go")]
    )
    await ana.click("#inc-checkout", "Go")
    assert (seen[0]["container"]["is_ephemeral"], "message" in seen[0]) == (True, False)


async def test_a_click_inside_a_modal_carries_what_was_typed(
    connected: AsyncApp, slack: Sandbox
) -> None:
    seen = []
    opening(connected, typed("title"), buttons("More"))

    @connected.action("more")
    async def more(ack: Any, body: Json, client: Any) -> None:
        await ack()
        seen.append(body["view"]["state"]["values"]["title"]["value"]["value"])
        view = form(typed("title"), typed("second"))
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)

    ana = slack.person("ana")
    await ana.command("#inc-checkout", "/postmortem")
    modal = (await ana.modal()).fill(title="Half a")
    await ana.press("More")
    await slack.settled()
    assert seen == ["Half a"]
    assert modal.fill(second="x").values["title"]["value"]["value"] == "Half a"


async def test_home_is_published_to_whom_opens_it(connected: AsyncApp, slack: Sandbox) -> None:
    @connected.event("app_home_opened")
    async def home(event: Json, client: Any) -> None:
        view = {"type": "home", "blocks": [section(f"Hello <@{event['user']}>")]}
        await client.views_publish(user_id=event["user"], view=view)

    ana, bob = slack.person("ana"), slack.person("bob")
    await ana.open_home()
    await slack.settled()
    assert (await ana.home_with("Hello")).text() == f"Hello <@{ana.id}>"
    assert bob.home() is None


async def test_acting_where_one_is_not_is_refused(slack: Sandbox) -> None:
    with pytest.raises(LookupError, match="join it first"):
        await slack.person("diego").command("#inc-checkout", "/postmortem")
    with pytest.raises(ValueError, match="/nothing is not a valid command"):
        await slack.person("ana").command("#inc-checkout", "/nothing")


async def test_a_commands_answer_may_be_for_all_or_be_refused(
    connected: AsyncApp, slack: Sandbox
) -> None:
    answers: list[Json] = [
        {"text": "All see it", "response_type": "in_channel"},
        {"text": "x", "blocks": [section("")]},
    ]

    @connected.command("/postmortem")
    async def command(ack: Any) -> None:
        await ack(**answers.pop(0))

    ana = slack.person("ana")
    assert await ana.command("#inc-checkout", "/postmortem") is None
    assert slack.person("bob").messages("#inc-checkout")[-1].text == "All see it"
    assert await ana.command("#inc-checkout", "/postmortem") is None
    assert "a command's answer was refused" in slack.complaints[0]
