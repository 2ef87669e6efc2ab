"""Shortcuts, and menus whose options the app is asked for."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Modal, Sandbox
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.payloads import form, plain, section, typed
from tests.sandbox.test_shapes import sample, strange

Json = dict[str, Any]
INC = "#inc-checkout"
SHORTCUTS = """features:
  shortcuts:
    - {name: Add to timeline, type: message, callback_id: keep, description: Keep it}
    - {name: Start a postmortem, type: global, callback_id: begin, description: Begin}
"""
OPTIONS = [{"text": plain(name), "value": name.lower()} for name in ("Checkout", "Search")]
MENU = {"type": "external_select", "action_id": "service", "min_query_length": 0}


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """An app with a shortcut of each kind."""
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST.replace("features:\n", SHORTCUTS))
    return path


@pytest.fixture
def used(connected: AsyncApp) -> list[Json]:
    """The shortcuts that were used; each opens a form."""
    seen: list[Json] = []

    async def shortcut(ack: Any, body: Json, client: Any) -> None:
        await ack()
        seen.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form(typed("note")))

    for name in ("keep", "begin"):
        connected.shortcut(name)(shortcut)
    return seen


async def test_a_message_shortcut_brings_the_message_and_may_be_answered(
    slack: Sandbox, used: list[Json]
) -> None:
    ana = slack.person("ana")
    ts = ana.messages(INC)[1].ts
    await ana.shortcut("keep", channel=INC, ts=ts)
    assert (await ana.modal()).title == "Form"
    body = used[0]
    assert (body["message"]["ts"], body["message_ts"]) == (ts, ts)
    assert body["channel"]["name"] == "inc-checkout-latency"
    async with aiohttp.ClientSession() as session:
        await session.post(body["response_url"], json={"text": "Kept"})
    assert (await ana.message(INC, containing="Kept")).only_for == ana.id


async def test_a_message_shortcut_has_the_shape_of_its_sample(
    slack: Sandbox, used: list[Json]
) -> None:
    theirs = sample("payloads", "MessageShortcutPayload")
    if theirs is None:
        pytest.skip("Slack's samples are not here: set SLACK_SAMPLES to their folder")
    ana = slack.person("ana")
    await ana.shortcut("keep", channel=INC, ts=ana.messages(INC)[0].ts)
    assert list(strange(used[0], theirs)) == []


async def test_a_global_shortcut_knows_no_channel(slack: Sandbox, used: list[Json]) -> None:
    ana = slack.person("ana")
    await ana.shortcut("begin")
    assert (await ana.modal()).title == "Form"
    assert (used[0]["type"], used[0]["user"]["username"]) == ("shortcut", "ana")
    assert not {"channel", "message", "response_url"} & used[0].keys()


async def test_a_shortcut_of_another_kind_is_refused(slack: Sandbox) -> None:
    ana = slack.person("ana")
    with pytest.raises(LookupError, match="no global shortcut keep; the app has: begin"):
        await ana.shortcut("keep")
    with pytest.raises(LookupError, match="no message shortcut begin; the app has: keep"):
        await ana.shortcut("begin", channel=INC, ts=ana.messages(INC)[0].ts)
    with pytest.raises(LookupError, match="There is no message 7"):
        await ana.shortcut("keep", channel=INC, ts="7")


async def opened(slack: Sandbox, client: AsyncWebClient, *blocks: Json) -> Modal:
    trigger = slack.workspace.triggers.new(slack.person("ana").id)
    await client.views_open(trigger_id=trigger, view=form(*blocks))
    return await slack.person("ana").modal()


def asking(app: AsyncApp, **answer: Any) -> list[Json]:
    """Let the app answer every menu so; what it was asked is collected."""
    seen: list[Json] = []

    @app.options("service")
    async def options(ack: Any, body: Json) -> None:
        seen.append(body)
        await ack(**answer)

    return seen


async def test_a_form_offers_what_the_app_suggests(
    connected: AsyncApp, client: AsyncWebClient, slack: Sandbox
) -> None:
    asked = asking(connected, options=OPTIONS)
    modal = await opened(slack, client, {**typed("service"), "element": MENU})
    found = await slack.person("ana").suggest("che", action_id="service")
    assert found == {"options": OPTIONS}
    assert (asked[0]["value"], asked[0]["block_id"]) == ("che", "service")
    assert asked[0]["container"] == {"type": "view", "view_id": modal.view["id"]}
    kept = modal.fill(service=OPTIONS[0]).values["service"]["service"]
    assert kept == {"type": "external_select", "selected_option": OPTIONS[0]}
    with pytest.raises(ValueError, match="ask for some with `suggest`"):
        modal.fill(service="checkout")


async def test_a_message_offers_groups_of_options(
    connected: AsyncApp, client: AsyncWebClient, slack: Sandbox
) -> None:
    groups = [{"label": plain("Tier 1"), "options": OPTIONS}]
    asked = asking(connected, option_groups=groups)
    place = slack.workspace.channel(INC).id
    menu = {**section("Which?"), "block_id": "which", "accessory": MENU}
    ts = (await client.chat_postMessage(channel=place, text="x", blocks=[menu]))["ts"]
    found = await slack.person("ana").suggest("", action_id="service", channel=INC, ts=ts)
    assert found == {"option_groups": groups}
    assert asked[0]["container"]["message_ts"] == asked[0]["message"]["ts"] == ts


async def test_options_that_slack_would_not_take_are_a_complaint(
    connected: AsyncApp, client: AsyncWebClient, slack: Sandbox
) -> None:
    asking(connected, options=[{"text": plain("x" * 76), "value": "x"}])
    await opened(slack, client, {**typed("service"), "element": MENU})
    ana = slack.person("ana")
    assert await ana.suggest("x", action_id="service") == {"options": []}
    assert "a menu's options were refused" in slack.complaints[0]
    with pytest.raises(LookupError, match="No open view has a menu 'owner'"):
        await ana.suggest("x", action_id="owner")
