"""Slack's error names, through the real client."""

from pathlib import Path

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, Sandbox
from sandbox.posting import archive
from sandbox.scopes import SCOPES
from tests.sandbox.apps import refusal
from tests.sandbox.payloads import section


def channel(slack: Sandbox, name: str) -> str:
    return slack.workspace.channel(name).id


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth")])
async def test_a_wrong_token_is_refused(slack: Sandbox, token: str, error: str) -> None:
    stranger = AsyncWebClient(token=token, base_url=slack.api_url)
    assert await refusal(stranger, "auth.test") == error


async def test_the_app_token_opens_connections_and_nothing_else(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    assert await refusal(client, "apps.connections.open") == "not_allowed_token_type"
    link = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
    assert await refusal(link, "users.list") == "not_allowed_token_type"
    assert (await link.apps_connections_open(app_token=slack.app_token))["url"].startswith("ws://")


@pytest.mark.parametrize("method", [name for name, scopes in SCOPES.items() if scopes])
async def test_a_missing_scope_is_named(tmp_path: Path, clock: Clock, method: str) -> None:
    path = tmp_path / "bare.yml"
    path.write_text("display_information: {name: Bare}")
    async with Sandbox.open(manifest=path, clock=clock) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        with pytest.raises(SlackApiError) as refused:
            await client.api_call(method)
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == SCOPES[method][0]


@pytest.mark.parametrize(("body", "error"), [("{", "invalid_json"), ("[]", "json_not_object")])
async def test_a_broken_body_is_refused(slack: Sandbox, body: str, error: str) -> None:
    headers = {"Content-Type": "application/json"}
    url = f"{slack.api_url}chat.postMessage"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers) as answer,
    ):
        assert (await answer.json())["error"] == error


async def test_a_method_nobody_wrote_is_unknown(client: AsyncWebClient) -> None:
    assert await refusal(client, "chat.sing") == "unknown_method"


@pytest.mark.parametrize(
    ("place", "error"),
    [("inc-search-index", "not_in_channel"), ("sec-review", "channel_not_found")],
)
async def test_posting_where_the_app_is_not(
    slack: Sandbox, client: AsyncWebClient, place: str, error: str
) -> None:
    there = channel(slack, place)
    assert await refusal(client, "chat.postMessage", channel=there, text="x") == error
    assert await refusal(client, "conversations.history", channel=there) == error


async def test_a_joined_channel_can_be_written_to(slack: Sandbox, client: AsyncWebClient) -> None:
    there = channel(slack, "inc-search-index")
    await client.conversations_join(channel=there)
    assert (await client.chat_postMessage(channel=there, text="x"))["ok"]
    private = channel(slack, "inc-auth-tokens")
    error = await refusal(client, "conversations.join", channel=private)
    assert error == "method_not_supported_for_channel_type"


async def test_posting_to_nobody_and_nowhere(slack: Sandbox, client: AsyncWebClient) -> None:
    for name, error in (
        ("C0NOWHERE", "channel_not_found"),
        ("U0NOBODY", "channel_not_found"),
        (slack.person("otto").id, "user_disabled"),
        (slack.person("pager").id, "cannot_dm_bot"),
    ):
        assert await refusal(client, "chat.postMessage", channel=name, text="x") == error


async def test_an_archived_channel_takes_nothing(slack: Sandbox, client: AsyncWebClient) -> None:
    place = slack.workspace.channel("inc-checkout")
    archive(slack.workspace, place, slack.person("ana").id)
    assert await refusal(client, "chat.postMessage", channel=place.id, text="x") == "is_archived"


async def test_only_its_own_messages_can_be_changed(slack: Sandbox, client: AsyncWebClient) -> None:
    place = slack.workspace.channel("inc-checkout")
    hers = {"channel": place.id, "ts": place.messages[0].ts}
    assert await refusal(client, "chat.update", **hers, text="x") == "cant_update_message"
    assert await refusal(client, "chat.delete", **hers) == "cant_delete_message"
    gone = {"channel": place.id, "ts": "1.000100"}
    assert await refusal(client, "chat.update", **gone, text="x") == "message_not_found"


async def test_an_update_takes_less_text(slack: Sandbox, client: AsyncWebClient) -> None:
    there = channel(slack, "inc-checkout")
    ts = (await client.chat_postMessage(channel=there, text="x" * 4001))["ts"]
    args = {"channel": there, "ts": ts}
    assert await refusal(client, "chat.update", **args, text="x" * 4001) == "msg_too_long"
    assert (await client.chat_update(**args, text="x" * 4000))["ok"]


async def test_bad_content_is_refused(slack: Sandbox, client: AsyncWebClient) -> None:
    there = channel(slack, "inc-checkout")
    for args, error in (
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [section("x" * 3001)]}, "invalid_blocks"),
        ({"text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        ({"text": "x", "thread_ts": "1.000100"}, "thread_not_found"),
    ):
        assert await refusal(client, "chat.postMessage", channel=there, **args) == error


async def test_an_ephemeral_goes_to_a_member(slack: Sandbox, client: AsyncWebClient) -> None:
    args = {"channel": channel(slack, "inc-checkout"), "text": "x"}
    diego = slack.person("diego").id
    error = await refusal(client, "chat.postEphemeral", **args, user=diego)
    assert error == "user_not_in_channel"


async def test_people_and_pages_have_to_exist(client: AsyncWebClient) -> None:
    for method, args, error in (
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("users.info", {}, "invalid_arguments"),
        ("users.list", {"cursor": "nonsense"}, "invalid_cursor"),
        ("users.list", {"limit": 2000}, "invalid_limit"),
        ("users.list", {"limit": "many"}, "invalid_limit"),
        ("conversations.open", {"users": "U1,U2"}, "invalid_arguments"),
        ("views.open", {"view": "{["}, "invalid_arguments"),
        ("conversations.list", {"types": "attic"}, "invalid_types"),
        ("conversations.info", {"channel": "C0NOWHERE"}, "channel_not_found"),
        (
            "views.publish",
            {"user_id": "U0NOBODY", "view": {"type": "home", "blocks": []}},
            "user_not_found",
        ),
    ):
        assert await refusal(client, method, **args) == error
