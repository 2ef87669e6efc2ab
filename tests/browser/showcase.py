"""A small real app that shows every block and input of Block Kit, for eyes and browser tests."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, Sandbox
from tests.browser.showcase_blocks import Json, option
from tests.browser.showcase_forms import (
    ERRORS,
    HOME,
    INPUTS,
    STACKED,
    form,
)
from tests.browser.showcase_messages import MESSAGES

MANIFEST = """
display_information: {name: Showcase}
features:
  app_home: {home_tab_enabled: true}
  bot_user: {display_name: Showcase}
  slash_commands:
    - {command: /show, description: Show something, usage_hint: "blocks | inputs | errors | stack"}
  shortcuts:
    - {name: Show a form, type: global, callback_id: anywhere, description: Opens a form}
    - {name: Show this one, type: message, callback_id: this_one, description: Opens a form of it}
oauth_config:
  scopes:
    bot: [commands, "chat:write", "chat:write.public", "files:read"]
settings:
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
  event_subscriptions: {bot_events: [app_home_opened]}
"""
TOWNS = ("Lisbon", "Lima", "Oslo", "Osaka", "Porto")


class Showcase:
    """The running app, and what it was sent."""

    def __init__(self, slack: Sandbox) -> None:
        web = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        self.slack = slack
        self.app = AsyncApp(client=web, signing_secret=slack.signing_secret)
        self.submitted: list[Json] = []
        self.actions: list[Json] = []
        self.asked: list[str] = []
        self.came = asyncio.Event()
        self._register()

    @classmethod
    @asynccontextmanager
    async def open(cls, folder: Path, clock: Clock) -> AsyncIterator["Showcase"]:
        """Start a workspace with this app in it."""
        manifest = folder / "showcase.yml"
        manifest.write_text(MANIFEST, encoding="utf-8")
        async with Sandbox.open(manifest=manifest, clock=clock) as slack:
            shown = cls(slack)
            handler = AsyncSocketModeHandler(shown.app, slack.app_token)
            await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt has no types here
            yield shown
            await handler.close_async()  # type: ignore[no-untyped-call] # same

    def _register(self) -> None:
        app = self.app
        app.command("/show")(self.show)
        app.view("inputs")(self.keep)
        app.view("errors")(self.refuse)
        app.view("stack")(self.keep)
        app.shortcut("anywhere")(self.open_form)
        app.shortcut("this_one")(self.open_form)
        app.event("app_home_opened")(self.publish)
        app.options("town")(self.suggest)
        app.options("towns")(self.suggest)
        app.action("deeper")(self.push)
        app.action(re.compile(""))(self.note)

    async def show(self, ack: Any, command: Json, client: Any) -> None:
        """Show what was asked for."""
        await ack()
        what = command["text"]
        opened = {"inputs": INPUTS, "errors": ERRORS, "stack": STACKED[0]}
        if what in opened:
            await client.views_open(trigger_id=command["trigger_id"], view=opened[what])
            return
        if what == "home":
            await client.views_publish(user_id=command["user_id"], view=HOME)
            return
        for name in MESSAGES if what in ("", "blocks") else [what]:
            await client.chat_postMessage(
                channel=command["channel_id"], text=name, blocks=MESSAGES[name]
            )

    async def open_form(self, ack: Any, shortcut: Json, client: Any) -> None:
        """Open a form that says what the shortcut was of."""
        await ack()
        text = shortcut.get("message", {}).get("text", "nothing")
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form("of", text))

    async def keep(self, ack: Any, view: Json) -> None:
        """Remember what was sent off."""
        self.submitted.append(view["state"]["values"])
        await ack(response_action="clear")

    async def refuse(self, ack: Any) -> None:
        """Find something wrong with two inputs."""
        await ack(
            response_action="errors",
            errors={"name": "PM-7 has that name already.", "when": "That is in the future."},
        )

    async def push(self, ack: Any, body: Json, client: Any) -> None:
        """Lay the next form on top."""
        await ack()
        depth = int(body["view"]["private_metadata"])
        await client.views_push(trigger_id=body["trigger_id"], view=STACKED[depth])

    async def publish(self, event: Json, client: Any) -> None:
        """Show the Home tab."""
        await client.views_publish(user_id=event["user"], view=HOME)

    async def suggest(self, ack: Any, payload: Json) -> None:
        """Offer the towns that begin so."""
        self.asked.append(payload["value"])
        begun = payload["value"].lower()
        await ack(options=[option(one) for one in TOWNS if one.lower().startswith(begun)])

    async def heard(self, count: int) -> None:
        """Wait until the app was told of so many clicks."""
        async with asyncio.timeout(60):
            while len(self.actions) < count:
                self.came.clear()
                await self.came.wait()

    async def note(self, ack: Any, action: Json) -> None:
        """Remember a click."""
        await ack()
        self.actions.append(action)
        self.came.set()
