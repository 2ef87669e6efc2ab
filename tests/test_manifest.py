"""manifest.yml asks for what the code uses, no more and no less, and Slack would accept it."""

import ast
import inspect
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from docs.reference import Registered
from sandbox import scopes

ROOT = Path(__file__).parent.parent
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())
SCOPES = set(MANIFEST["oauth_config"]["scopes"]["bot"])
FACTS = Path(os.environ.get("SLACK_FACTS", ROOT.parent / "shared" / "slack"))

#: What an event asks for, by docs.slack.dev/reference/events/….
OF_EVENTS: dict[str, set[str]] = {
    "app_home_opened": set(),
    "channel_archive": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "group_archive": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "channel_left": {"channels:read"},
    "group_left": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "pin_added": {"pins:read"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "user_change": {"users:read"},
}


#: What a method tells more of with another scope (docs.slack.dev/reference/methods/users.info).
OF_ANSWERS = {"users.info": {"users:read.email"}}
#: In which conversations we read: incidents' channels, and for our own messages DMs as well.
KINDS = {"read": ("public", "private"), "history": ("public", "private", "dm")}
#: The SDK's names of all methods the sandbox knows, and Slack's.
NAMES = {each.replace(".", "").lower(): each for each in (*scopes.SCOPES, *scopes.SCOPES_BY_KIND)}
#: What the SDK's helpers call, which have no method of their name.
HELPERS = {"files_upload_v2": {"files.getUploadURLExternal", "files.completeUploadExternal"}}
#: Every method of the SDK's client that calls Slack: `family_verb`, a coroutine of its own.
SDK_METHODS = {
    name
    for name, member in vars(AsyncWebClient).items()
    if "_" in name.strip("_") and inspect.iscoroutinefunction(member)
}


def slack_methods(name: str) -> set[str]:
    """What the SDK calls under this name: one method, or those of a helper of its own."""
    return HELPERS.get(name) or {NAMES[name.replace("_", "").lower()]}


def methods() -> set[str]:
    """Every Web API method that the shipped code calls, by Slack's name."""
    called = set()
    for room in ("bot", "handlers"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Attribute) and node.attr in SDK_METHODS:
                    called |= slack_methods(node.attr)
    return called


def needed(method: str) -> list[tuple[str, ...]]:
    """What a method asks for: of each tuple one scope is enough."""
    if method in scopes.SCOPES:
        return [scopes.SCOPES[method]] if scopes.SCOPES[method] else []
    kinds = KINDS[scopes.SCOPES_BY_KIND[method]]
    return [(scopes.scope_for(method, kind),) for kind in kinds]


def test_every_command_is_in_the_manifest() -> None:
    declared = {each["command"] for each in MANIFEST["features"]["slash_commands"]}

    assert declared == {words for words, _ in Registered().of("command")}


def test_every_event_is_in_the_manifest() -> None:
    declared = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
    of_messages = {each for each in declared if each.startswith("message.")}

    # Slack tells of each kind of conversation apart, and calls every one of these events `message`.
    assert of_messages == {"message.channels", "message.groups"}
    told = declared - of_messages | {"message"}
    assert told == {words for words, _ in Registered().of("event")}


def test_every_shortcut_is_in_the_manifest() -> None:
    declared = {each["callback_id"] for each in MANIFEST["features"]["shortcuts"]}

    assert declared == {words for words, _ in Registered().of("shortcut")}


def test_every_method_we_call_is_allowed() -> None:
    refused = [
        (method, any_of)
        for method in methods()
        for any_of in needed(method)
        if not SCOPES.intersection(any_of)
    ]

    assert len(methods()) > 5
    assert refused == []


def test_no_scope_is_asked_for_without_a_use() -> None:
    used = {scope for method in methods() for any_of in needed(method) for scope in any_of}
    used |= {"commands"}.union(*(OF_ANSWERS.get(method, set()) for method in methods()))
    for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
        used |= OF_EVENTS[event]

    assert used >= SCOPES


def test_every_scope_says_why_it_is_asked_for() -> None:
    lines = (ROOT / "manifest.yml").read_text().splitlines()
    unexplained = [line for line in lines if line.strip(" -") in SCOPES]

    assert unexplained == []


def test_slack_would_accept_the_manifest() -> None:
    schema = FACTS / "manifest.schema.2.0.0.json"
    if not schema.exists():
        pytest.skip("Slack's manifest schema is not on this machine (set SLACK_FACTS)")

    jsonschema.validate(MANIFEST, json.loads(schema.read_text()))
