"""A workspace with a small manifest, and a tiny real Bolt app in it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, Person, Sandbox
from tests.sandbox.apps import running
from tests.sandbox.talks import collecting

MANIFEST = """
display_information: {name: Closed Loop}
features:
  app_home: {home_tab_enabled: true}
  bot_user: {display_name: Closed Loop}
  slash_commands:
    - {command: /postmortem, description: Write one, usage_hint: "[help]", should_escape: true}
oauth_config:
  scopes:
    bot: [commands, "chat:write", "users:read", "channels:read", "groups:read", "im:read",
          "channels:history", "groups:history", "im:history", "im:write", "pins:write",
          "pins:read", "reactions:read", "reactions:write", "bookmarks:write", "team:read",
          "channels:join"]
settings:
  socket_mode_enabled: true
  interactivity: {is_enabled: true}
  event_subscriptions:
    bot_events: [message.channels, member_joined_channel, user_change, app_home_opened,
                 reaction_added, reaction_removed, app_mention, channel_archive,
                 member_left_channel, channel_left, group_left]
"""
START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST)
    return path


@pytest.fixture
async def slack(manifest: Path, clock: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox.open(manifest=manifest, clock=clock) as opened:
        yield opened


@pytest.fixture
def client(slack: Sandbox) -> AsyncWebClient:
    """The real client, with its usual retries off so that a fault shows."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def app(slack: Sandbox) -> AsyncApp:
    """A Bolt app with nothing registered yet."""
    web = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    return AsyncApp(client=web, signing_secret=slack.signing_secret)


@pytest.fixture
async def connected(app: AsyncApp, slack: Sandbox) -> AsyncIterator[AsyncApp]:
    async with running(app, slack):
        yield app


@pytest.fixture
async def told(slack: Sandbox) -> AsyncIterator[list[dict[str, Any]]]:
    """Everything the app is sent."""
    async with collecting(slack) as sent:
        yield sent


@pytest.fixture
def ana(slack: Sandbox, told: list[dict[str, Any]]) -> Person:
    """Ana, before an app that hears of everything she does."""
    assert told == []
    return slack.person("ana")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """A browser, or whoever else talks HTTP."""
    async with aiohttp.ClientSession() as opened:
        yield opened
