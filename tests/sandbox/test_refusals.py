"""Refusals that no method's page lists, or that need more than one call (see wrong_calls.py)."""

from pathlib import Path

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, Sandbox
from sandbox.scopes import SCOPES
from tests.sandbox.apps import refusal


def channel(slack: Sandbox, name: str) -> str:
    return slack.workspace.channel(name).id


async def test_the_app_token_opens_connections_and_nothing_else(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    assert await refusal(client, "apps.connections.open") == "not_allowed_token_type"
    link = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
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


async def test_managing_a_channel_needs_the_scope_of_its_kind(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    for name, scope in (("inc-checkout", "channels:manage"), ("inc-auth-tokens", "groups:write")):
        args = {"channel": channel(slack, name), "topic": "x"}
        with pytest.raises(SlackApiError) as refused:
            await client.api_call("conversations.setTopic", json=args)
        assert refused.value.response["needed"] == scope


async def test_a_method_nobody_wrote_is_unknown(client: AsyncWebClient) -> None:
    assert await refusal(client, "chat.sing") == "unknown_method"


async def test_a_joined_channel_can_be_written_to(slack: Sandbox, client: AsyncWebClient) -> None:
    there = channel(slack, "inc-search-index")
    await client.conversations_join(channel=there)
    assert (await client.chat_postMessage(channel=there, text="x"))["ok"]


async def test_what_no_page_lists_is_refused_all_the_same(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    there = {"channel": channel(slack, "inc-checkout"), "text": "x"}
    for args, error in (
        ({"channel": slack.person("otto").id}, "user_disabled"),
        ({"channel": slack.person("pager").id}, "cannot_dm_bot"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"thread_ts": "1.000100"}, "thread_not_found"),
    ):
        assert await refusal(client, "chat.postMessage", **{**there, **args}) == error


async def test_this_workspace_opens_no_conversations_of_several(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    users = f"{slack.person('ana').id},{slack.person('bob').id}"
    assert await refusal(client, "conversations.open", users=users) == "invalid_arguments"


@pytest.mark.parametrize("method", ["users.info", "chat.delete", "pins.list", "reactions.get"])
async def test_what_has_to_be_given_is_asked_for(client: AsyncWebClient, method: str) -> None:
    assert await refusal(client, method) == "invalid_arguments"


async def test_an_update_takes_less_text(slack: Sandbox, client: AsyncWebClient) -> None:
    there = channel(slack, "inc-checkout")
    ts = (await client.chat_postMessage(channel=there, text="x" * 4001))["ts"]
    args = {"channel": there, "ts": ts}
    assert (await client.chat_update(**args, text="x" * 4000))["ok"]
