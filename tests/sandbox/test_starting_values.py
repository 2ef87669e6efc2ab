"""What inputs hold before anybody touched them, in forms and in messages."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from sandbox.inputs import starting_value
from tests.sandbox.apps import opening
from tests.sandbox.pages import Page
from tests.sandbox.payloads import buttons, form, plain, typed

Json = dict[str, Any]
INC = "#inc-checkout"
OPTIONS = [{"text": plain(name), "value": name.lower()} for name in ("Checkout", "Search")]
MENU: Json = {"type": "static_select", "action_id": "service", "options": OPTIONS}
MENUS: Json = {
    "type": "actions",
    "block_id": "menus",
    "elements": [
        {**MENU, "initial_option": OPTIONS[0]},
        {"type": "datepicker", "action_id": "day", "initial_date": "2026-12-01"},
    ],
}


def where(kind: str = "conversations_select", **more: Any) -> Json:
    """An input that starts with the channel one came from."""
    element = {"type": kind, "action_id": "value", "default_to_current_conversation": True}
    return {**typed("where"), "element": {**element, **more}}


@pytest.mark.parametrize(
    ("element", "kept"),
    [
        (where(), "C1"),
        (where(initial_conversation="C2"), "C2"),
        (where("multi_conversations_select"), ["C1"]),
        (where("multi_conversations_select", initial_conversations=["C2"]), ["C1"]),
        (where(default_to_current_conversation=False), None),
    ],
    ids=range(5),
)
def test_a_menu_may_start_with_the_channel_behind_its_form(element: Json, kept: Any) -> None:
    (value,) = [
        one for key, one in starting_value(element["element"], "C1").items() if key != "type"
    ]
    assert value == kept


def test_without_a_channel_behind_it_a_menu_starts_empty() -> None:
    assert starting_value(where()["element"])["selected_conversation"] is None


async def test_a_form_knows_the_channel_its_command_was_typed_in(
    connected: AsyncApp, slack: Sandbox
) -> None:
    opening(connected, where(), buttons("Deeper"))

    @connected.action("deeper")
    async def deeper(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=form(where(), title=plain("2")))

    ana, place = slack.person("ana"), slack.workspace.channel(INC).id
    await ana.command(INC, "/postmortem")
    for title in ("Form", "2"):
        held = (await ana.modal(title)).values["where"]["value"]
        assert held["selected_conversation"] == place
        if title == "Form":
            await ana.press("Deeper")


@pytest.fixture
def clicks(connected: AsyncApp) -> list[Json]:
    """The `state.values` of every click on Go or a menu."""
    seen: list[Json] = []

    async def clicked(ack: Any, body: Json) -> None:
        seen.append(body["state"]["values"]["menus"])
        await ack()

    for name in ("go", "service"):
        connected.action(name)(clicked)
    return seen


@pytest.fixture
async def ts(connected: AsyncApp, client: AsyncWebClient, slack: Sandbox) -> str:
    """A message with two menus and a button."""
    assert connected
    blocks = [MENUS, buttons("Go")]
    place = slack.workspace.channel(INC).id
    said = await client.chat_postMessage(channel=place, text="x", blocks=blocks)
    return str(said["ts"])


@pytest.mark.usefixtures("ts")
async def test_a_click_in_a_message_tells_what_its_inputs_hold(
    slack: Sandbox, clicks: list[Json]
) -> None:
    ana, bob = slack.person("ana"), slack.person("bob")
    await ana.click(INC, "Go")
    await ana.click(INC, action_id="service", value="search")
    await ana.click(INC, "Go")
    await bob.click(INC, "Go")
    chosen = [one["service"]["selected_option"]["value"] for one in clicks]
    # What one person chose is not chosen for another.
    assert chosen == ["checkout", "search", "search", "checkout"]
    assert [one["day"]["selected_date"] for one in clicks] == ["2026-12-01"] * 4


@pytest.fixture
async def page(slack: Sandbox) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, slack, "ana")


async def test_what_was_chosen_on_the_page_comes_along_with_a_click_in_a_message(
    slack: Sandbox, page: Page, ts: str, clicks: list[Json]
) -> None:
    at = {"channel": slack.workspace.channel(INC).id, "ts": ts, "block_id": "buttons"}
    day = {"type": "datepicker", "selected_date": "2027-01-02"}
    values = {"menus": {"day": day, "unknown": day}, "nowhere": {"day": day}}
    assert await page.act("click", action_id="go", values=values, **at) == {"ok": True}
    assert clicks[0]["day"] == day
    assert clicks[0].keys() == {"day", "service"}
