"""Socket Mode as the real client meets it: tickets, greetings, farewells, redelivery."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import DidNotAnswer, Sandbox
from tests.sandbox.apps import running

Json = dict[str, Any]


async def link(slack: Sandbox) -> str:
    """A fresh WebSocket address."""
    client = AsyncWebClient(base_url=slack.api_url)
    return str((await client.apps_connections_open(app_token=slack.app_token))["url"])


async def test_a_ticket_opens_one_connection_once(slack: Sandbox) -> None:
    url = await link(slack)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
            await session.ws_connect(url)


async def test_the_eleventh_connection_is_sent_away(slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(await link(slack)) for _ in range(11)]
        said = [(await socket.receive_json()) for socket in sockets]
        assert [one["type"] for one in said] == ["hello"] * 10 + ["disconnect"]
        assert said[-1]["reason"] == "too_many_websockets"
        for socket in sockets:
            await socket.close()


async def test_envelopes_go_round_the_connections(slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(await link(slack)) for _ in range(2)]
        for socket in sockets:
            await socket.receive_json()
        for socket in sockets:
            said = asyncio.create_task(slack.person("ana").say("#inc-checkout", "hi"))
            envelope = await socket.receive_json()
            await socket.send_json({"envelope_id": envelope["envelope_id"]})
            await said
            assert (envelope["type"], envelope["retry_attempt"]) == ("events_api", 0)
            assert envelope["payload"]["event"]["text"] == "hi"
            assert not envelope["accepts_response_payload"]
        for socket in sockets:
            await socket.close()


@pytest.fixture
def counted(app: AsyncApp) -> list[str]:
    """What the app was told in the channels."""
    seen: list[str] = []

    @app.event("message")
    async def message(event: Json) -> None:
        seen.append(event["text"])

    return seen


async def test_an_unacknowledged_event_comes_again(
    connected: AsyncApp, counted: list[str], slack: Sandbox
) -> None:
    assert connected
    slack.faults.ignore_acks(1)
    await slack.person("ana").say("#inc-checkout", "hi")
    assert counted == ["hi", "hi"]


async def test_a_lost_connection_is_replaced(
    app: AsyncApp, counted: list[str], slack: Sandbox
) -> None:
    async with running(app, slack):
        await slack.faults.disconnect()
        assert slack.connections == 0
        await slack.person("ana").say("#inc-checkout", "still there?")
        assert (counted, slack.connections) == (["still there?"], 1)


async def test_a_refreshed_connection_loses_nothing(
    app: AsyncApp, counted: list[str], slack: Sandbox
) -> None:
    async with running(app, slack):
        await slack.faults.disconnect(graceful=True)
        await slack.person("ana").say("#inc-checkout", "still there?")
    assert counted == ["still there?"]


async def test_without_an_app_a_command_does_not_answer(slack: Sandbox) -> None:
    slack.faults.ack_seconds = 0.02
    with pytest.raises(DidNotAnswer):
        await slack.person("ana").command("#inc-checkout", "/postmortem")


async def test_only_what_is_subscribed_and_seen_is_told(
    connected: AsyncApp, counted: list[str], slack: Sandbox
) -> None:
    assert connected
    ana = slack.person("ana")
    await ana.say("#inc-auth-tokens", "message.groups is not subscribed")
    await ana.say("#inc-search-index", "the app is not here")
    await ana.say("#inc-checkout", "here it is")
    assert counted == ["here it is"]
