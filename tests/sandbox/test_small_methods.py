"""Pins, reactions, bookmarks, channels, people and groups, as an app uses them."""

from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from sandbox.posting import archive
from sandbox.usergroups import UserGroup
from tests.sandbox.apps import refusal
from tests.sandbox.payloads import section
from tests.sandbox.wrong_stage import MANIFEST


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """An app that may do everything."""
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST)
    return path


async def test_pins_and_reactions_come_and_go(slack: Sandbox, client: AsyncWebClient) -> None:
    place = slack.workspace.channel("#inc-checkout")
    at = {"channel": place.id, "timestamp": place.messages[0].ts, "name": "eyes"}
    for add, remove in (("pins.add", "pins.remove"), ("reactions.add", "reactions.remove")):
        await client.api_call(add, params=at)
        await client.api_call(remove, params=at)
        await client.api_call(add, params=at)
    assert len((await client.pins_list(channel=place.id))["items"]) == 1
    archive(slack.workspace, place, slack.person("ana").id)
    assert await refusal(client, "pins.add", **at) == "is_archived"


async def test_a_bookmark_is_added_changed_and_taken_away(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    there = {"channel_id": slack.workspace.channel("inc-checkout").id}
    link = {**there, "type": "link", "title": "Runbook", "link": "https://example.com/1"}
    bookmark = (await client.api_call("bookmarks.add", json=link))["bookmark"]
    named = {**there, "bookmark_id": bookmark["id"]}
    changed = {**named, "link": "https://example.com/2", "emoji": ":fire:"}
    assert (await client.api_call("bookmarks.edit", json=changed))["bookmark"]["title"] == "Runbook"
    (listed,) = (await client.bookmarks_list(**there))["bookmarks"]
    assert (listed["link"], listed["emoji"]) == ("https://example.com/2", ":fire:")
    await client.api_call("bookmarks.remove", json=named)
    assert (await client.bookmarks_list(**there))["bookmarks"] == []


async def test_blocks_are_validated_without_posting(slack: Sandbox, client: AsyncWebClient) -> None:
    assert (await client.api_call("blocks.validate", json={"blocks": [section("x")]}))["ok"]
    error = await refusal(client, "blocks.validate", blocks=[section("")])
    assert error == "invalid_blocks"
    assert (await client.api_call("api.test", params={"a": 1}))["args"]["a"] == "1"
    assert len(slack.calls) == 3


async def test_a_channel_is_made_named_filled_and_archived(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    made = (await client.conversations_create(name="inc-new"))["channel"]
    assert (made["name"], made["is_member"], made["is_private"]) == ("inc-new", True, False)
    await client.conversations_setTopic(channel=made["id"], topic="P1 · new")
    await client.conversations_setPurpose(channel=made["id"], purpose="One incident")
    ana, stranger = slack.person("ana").id, "U0NOBODY"
    await client.conversations_invite(channel=made["id"], users=[ana, stranger], force=True)
    seen = slack.workspace.channel("inc-new")
    assert (seen.topic, seen.purpose, ana in seen.members) == ("P1 · new", "One incident", True)
    await client.conversations_archive(channel=made["id"])
    assert seen.archived


async def test_a_private_channel_is_seen_by_its_members(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    made = (await client.conversations_create(name="quiet", is_private=True))["channel"]
    assert made["is_private"]
    assert not slack.workspace.channels[made["id"]].visible_to(slack.person("ana").id)


async def test_who_has_an_address_is_found(slack: Sandbox, client: AsyncWebClient) -> None:
    found = (await client.users_lookupByEmail(email="Ana@example.com"))["user"]
    assert (found["id"], found["profile"]["email"]) == (slack.person("ana").id, "ana@example.com")


async def test_groups_and_their_people_are_listed(slack: Sandbox, client: AsyncWebClient) -> None:
    ana, bob = slack.person("ana").id, slack.person("bob").id
    groups = slack.workspace.usergroups
    groups["S1"] = UserGroup("S1", "oncall", "On call", ana, 1, [ana, bob])
    groups["S2"] = UserGroup("S2", "old", "Old", ana, 1, [ana], deleted=2)
    (shown,) = (await client.usergroups_list(include_users=True, include_count=True))["usergroups"]
    assert (shown["handle"], shown["users"], shown["user_count"]) == ("oncall", [ana, bob], 2)
    assert len((await client.usergroups_list(include_disabled=True))["usergroups"]) == 2
    assert (await client.usergroups_users_list(usergroup="S1"))["users"] == [ana, bob]
