"""Broad talks between an app, people and the workspace, for their shapes to be looked at."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from sandbox.posting import archive, deactivate
from tests.sandbox.apps import serving
from tests.sandbox.payloads import buttons, form, section, typed

Json = dict[str, Any]


async def talk(app: AsyncApp, slack: Sandbox) -> None:
    """Call every method that concerns a channel."""
    place = slack.workspace.channel("#inc-checkout")
    ana = slack.person("ana").id
    api = app.client.api_call
    said = await api("chat.postMessage", json={"channel": place.id, "text": "x"})
    more = {"blocks": [buttons("Go")], "metadata": {"event_type": "e", "event_payload": {"k": 1}}}
    await api("chat.update", json={"channel": place.id, "ts": said["ts"], "text": "y", **more})
    at = {"channel": place.id, "timestamp": said["ts"]}
    await api("chat.postMessage", json={"channel": place.id, "text": "z", "thread_ts": said["ts"]})
    for method in ("pins.add", "pins.list", "pins.remove", "reactions.add", "reactions.get"):
        await api(method, params={**at, "name": "eyes"})
    await read(app, place.id, said["ts"])
    psst = {"channel": place.id, "user": ana, "text": "psst"}
    await api("chat.postEphemeral", json=psst)
    await api("conversations.open", params={"users": ana, "return_im": True})
    await api("chat.delete", json={"channel": place.id, "ts": said["ts"]})


async def read(app: AsyncApp, place: str, ts: str) -> None:
    """Read a channel in every way, and point somebody to it."""
    api = app.client.api_call
    for method in ("conversations.info", "conversations.members", "conversations.history"):
        flags = {"include_all_metadata": True, "include_num_members": True, "limit": 2}
        await api(method, params={"channel": place, **flags})
    await api("conversations.replies", params={"channel": place, "ts": ts})
    await api("chat.getPermalink", params={"channel": place, "message_ts": ts})
    bookmark = {"channel_id": place, "title": "t", "type": "link", "link": "https://e.com"}
    await api("bookmarks.add", json=bookmark)
    for method in ("conversations.list", "users.conversations"):
        await api(method, params={"types": "public_channel,private_channel,im"})


async def look_around(app: AsyncApp, slack: Sandbox) -> None:
    """Ask for people, team and connections; be refused; publish a Home tab."""
    ana = slack.person("ana").id
    api = app.client.api_call
    for method, args in (("users.list", {"limit": 20}), ("users.info", {"user": ana})):
        await api(method, params=args)
    for person in slack.workspace.people:
        await api("users.info", params={"user": person})
    for method in ("auth.test", "team.info"):
        await api(method)
    await app.client.apps_connections_open(app_token=slack.app_token)
    home = {"type": "home", "blocks": [section("x")]}
    await api("views.publish", json={"user_id": ana, "view": home})
    for method, wrong in (
        ("chat.postMessage", {"channel": "C0", "text": "x", "blocks": [section("")]}),
        ("views.open", {"view": form(typed("t"), submit=None)}),
        ("conversations.info", {"channel": "C0"}),
    ):
        with pytest.raises(SlackApiError):
            await api(method, json=wrong)


@asynccontextmanager
async def collecting(slack: Sandbox) -> AsyncIterator[list[Json]]:
    """Collect what an app is sent over HTTP; it opens a form for a command."""
    sent: list[Json] = []
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)

    async def take(request: web.Request) -> web.Response:
        if request.content_type == "application/json":
            sent.append(await request.json())
            return web.Response()
        body = dict(await request.post())
        sent.append(json.loads(str(body["payload"])) if "payload" in body else body)
        if "command" in body:
            view = form(typed("title"), buttons("More"), notify_on_close=True)
            await client.views_open(trigger_id=str(body["trigger_id"]), view=view)
        return web.Response()

    async with serving(take) as url:
        slack.deliver_to(url)
        yield sent


async def app_acts(app: AsyncApp, slack: Sandbox) -> None:
    """Post a message with a button, change it, post one to be deleted; publish a Home tab."""
    place = slack.workspace.channel("#inc-checkout").id
    client = app.client
    home = {"type": "home", "blocks": [section("x")]}
    await client.views_publish(user_id=slack.person("ana").id, view=home)
    await client.chat_postMessage(channel=place, text="x", blocks=[buttons("Go")])
    ts = (await client.chat_postMessage(channel=place, text="x"))["ts"]
    await client.chat_update(channel=place, ts=ts, text="y")
    gone = (await client.chat_postMessage(channel=place, text="z"))["ts"]
    await client.chat_delete(channel=place, ts=gone)


async def people_act(slack: Sandbox) -> None:
    ana, place = slack.person("ana"), slack.workspace.channel("#inc-checkout")
    ts = await ana.say("#inc-checkout", f"hello @{slack.workspace.person('closed_loop').handle}")
    await ana.react("#inc-checkout", ts, "eyes")
    await ana.unreact("#inc-checkout", ts, "eyes")
    await ana.click("#inc-checkout", "Go")
    await ana.open_home()
    await ana.set_time_zone("Asia/Kolkata")
    for close in (False, True):
        await ana.command("#inc-checkout", "/postmortem now")
        modal = (await ana.modal()).fill(title="x")
        await ana.press("More")
        await (modal.close() if close else modal.submit())
    await ana.invite("#inc-checkout", "diego")
    deactivate(slack.workspace, slack.person("diego").id)
    archive(slack.workspace, place, ana.id)
    await slack.settled()
