"""The page's fault switches."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from sandbox.browser.faults import FAULT_ACTS

Json = dict[str, Any]
OFF: Json = {
    "down": False,
    "api_down": False,
    "latency": 0.0,
    "per_channel_rate": False,
    "drops": {},
    "rate_limits": [],
    "lost_acks": 0,
}


async def switch(slack: Sandbox, name: str, **more: Any) -> None:
    """Set a switch as the page does."""
    await FAULT_ACTS["fault"](slack.person("ana"), {"do": "fault", "name": name, **more})


@pytest.mark.parametrize(
    ("act", "shown"),
    [
        ({"name": "latency", "seconds": 1.5}, {"latency": 1.5}),
        ({"name": "per_channel_rate", "on": True}, {"per_channel_rate": True}),
        ({"name": "drop_reply", "method": "views.open", "times": 2}, {"drops": {"views.open": 2}}),
        (
            {"name": "rate_limit", "retry_after": 5, "times": 3},
            {"rate_limits": [{"method": "*", "retry_after": 5, "left": 3}]},
        ),
        ({"name": "lost_acks", "times": 4}, {"lost_acks": 4}),
        ({"name": "down"}, {"down": True}),
        ({"name": "api_down", "on": True}, {"api_down": True}),
        ({"name": "disconnect", "graceful": True}, {}),
    ],
    ids=str,
)
async def test_a_switch_stands_as_it_was_set_until_all_are_off(
    slack: Sandbox, act: Json, shown: Json
) -> None:
    await switch(slack, **act)
    assert slack.faults.to_page() == OFF | shown
    await switch(slack, **act | {"times": 0, "seconds": 0, "on": False})
    assert slack.faults.to_page() == OFF
    await switch(slack, **act)
    await switch(slack, "none")
    assert slack.faults.to_page() == OFF


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ({"name": "fire"}, "There is no such fault; choose one of: down, api_down, rate_limit"),
        ({"name": "drop_reply", "method": "chat.shout"}, "no method chat.shout here"),
        ({"name": "rate_limit", "times": 0.5, "retry_after": -1}, "retry_after as a number from 0"),
        ({"name": "lost_acks", "times": "many"}, "times as a number from 0 to 1000"),
        ({"name": "latency", "seconds": True}, "seconds as a number from 0 to 60"),
        ({"name": "latency", "seconds": float("nan")}, "seconds as a number from 0 to 60"),
    ],
    ids=str,
)
async def test_what_cannot_be_set_is_said(slack: Sandbox, act: Json, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        await switch(slack, **act)
    assert slack.faults.to_page() == OFF


async def test_any_post_may_be_limited_and_reading_is_not(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    place = slack.workspace.channel("#inc-checkout").id
    await switch(slack, "rate_limit", method="*", retry_after=1, times=2)
    await client.auth_test()
    await client.conversations_info(channel=place)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="ratelimited"):
            await client.chat_postMessage(channel=place, text="x")
    assert (await client.chat_postMessage(channel=place, text="x"))["ok"]


async def test_any_posts_reply_may_be_dropped(slack: Sandbox, client: AsyncWebClient) -> None:
    place = slack.workspace.channel("#inc-checkout").id
    await switch(slack, "drop_reply", times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=place, text="x")
    assert (await client.chat_postMessage(channel=place, text="x"))["ok"]


async def test_a_slack_that_is_down_cuts_its_connections_and_opens_no_other(
    slack: Sandbox,
) -> None:
    client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    urls = [
        str((await client.apps_connections_open(app_token=slack.app_token))["url"])
        for _ in range(2)
    ]
    async with aiohttp.ClientSession() as session, session.ws_connect(urls[0]) as socket:
        await socket.receive_json()
        await switch(slack, "down", on=True)
        assert (slack.connections, (await socket.receive()).data) == (0, None)
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.ws_connect(urls[1])
        await switch(slack, "down", on=False)
        async with session.ws_connect(urls[1]) as again:
            assert (await again.receive_json())["type"] == "hello"
