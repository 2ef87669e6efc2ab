"""Pins, reactions, bookmarks and the methods that only look."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from sandbox.posting import archive
from tests.sandbox.apps import refusal
from tests.sandbox.payloads import section


async def test_pins_and_reactions_are_as_strict(slack: Sandbox, client: AsyncWebClient) -> None:
    place = slack.workspace.channel("#inc-checkout")
    at = {"channel": place.id, "timestamp": place.messages[0].ts, "name": "eyes"}
    assert await refusal(client, "pins.remove", **at) == "no_pin"
    assert await refusal(client, "reactions.remove", **at) == "no_reaction"
    for method, error in (("pins.add", "already_pinned"), ("reactions.add", "already_reacted")):
        await client.api_call(method, params=at)
        assert await refusal(client, method, **at) == error
    await client.api_call("reactions.remove", params=at)
    archive(slack.workspace, place, slack.person("ana").id)
    assert await refusal(client, "pins.add", **at) == "is_archived"


async def test_a_bookmark_needs_the_app_in_the_channel(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    place = slack.workspace.channel("inc-search-index").id
    bookmark = {"channel_id": place, "type": "link", "title": "t", "link": "https://e.com"}
    assert await refusal(client, "bookmarks.add", **bookmark) == "not_in_channel"
    await client.conversations_join(channel=place)
    wrong = {**bookmark, "type": "shelf"}
    assert await refusal(client, "bookmarks.add", **wrong) == "invalid_bookmark_type"
    assert (await client.api_call("bookmarks.add", json=bookmark))["bookmark"]["title"] == "t"


async def test_blocks_are_validated_without_posting(slack: Sandbox, client: AsyncWebClient) -> None:
    assert (await client.api_call("blocks.validate", json={"blocks": [section("x")]}))["ok"]
    error = await refusal(client, "blocks.validate", blocks=[section("")])
    assert error == "invalid_blocks"
    assert (await client.api_call("api.test", params={"a": 1}))["args"]["a"] == "1"
    assert len(slack.calls) == 3
