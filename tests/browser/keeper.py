"""A small real app that keeps a list in everybody's Home tab, for browser tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, Sandbox
from tests.browser.showcase_blocks import Json, plain, section

MANIFEST = """
display_information: {name: Keeper}
features:
  app_home: {home_tab_enabled: true, messages_tab_read_only_enabled: true}
  bot_user: {display_name: Keeper}
oauth_config:
  scopes: {bot: ["chat:write", "im:write"]}
settings:
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
  event_subscriptions: {bot_events: [app_home_opened, user_change]}
"""
CHANNEL = "inc-checkout-latency"


class Keeper:
    """A small real app whose Home tab is a list; what is done goes from it."""

    def __init__(self, slack: Sandbox) -> None:
        self.slack = slack
        self.web = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        self.app = AsyncApp(client=self.web, signing_secret=slack.signing_secret)
        self.left = ["Alert on queue age", "Rehearse the rollback"]
        self.publishes = True
        self.opened: list[str] = []
        self.zones: list[str] = []
        self.app.event("app_home_opened")(self.home_opened)
        self.app.event("user_change")(self.changed)
        self.app.action("done")(self.done)

    @classmethod
    @asynccontextmanager
    async def open(cls, folder: Path, clock: Clock) -> AsyncIterator["Keeper"]:
        """Start a workspace with this app in it."""
        manifest = folder / "keeper.yml"
        manifest.write_text(MANIFEST, encoding="utf-8")
        async with Sandbox.open(manifest=manifest, clock=clock) as slack:
            it = cls(slack)
            handler = AsyncSocketModeHandler(it.app, slack.app_token)
            await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt has no types here
            yield it
            # What the last click caused is done before the line goes.
            await slack.settled()
            await handler.close_async()  # type: ignore[no-untyped-call] # same

    async def publish(self, user: str) -> None:
        """Show what is left."""
        blocks: list[Json] = [{"type": "header", "text": plain("Your work")}]
        for item in self.left:
            press = {"type": "button", "action_id": "done", "text": plain("Done"), "value": item}
            blocks.append({**section(item), "block_id": item, "accessory": press})
        await self.web.views_publish(user_id=user, view={"type": "home", "blocks": blocks})

    async def home_opened(self, event: Json) -> None:
        """Remember which tab was opened, and fill the one that is ours."""
        self.opened.append(event["tab"])
        if event["tab"] == "home" and self.publishes:
            await self.publish(event["user"])

    async def changed(self, event: Json) -> None:
        """Remember where somebody lives now."""
        self.zones.append(event["user"]["tz"])

    async def done(self, ack: Any, body: Json, action: Json) -> None:
        """Take an item from the list."""
        await ack()
        self.left.remove(action["value"])
        await self.publish(body["user"]["id"])
