"""What the browser page gets and can do."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, Sandbox
from tests.sandbox.apps import opening
from tests.sandbox.pages import Page
from tests.sandbox.payloads import buttons, form, typed

Json = dict[str, Any]
#: What every page needs; what else there is, its own tests look at.
KEYS = {
    *("team", "app", "me", "people", "clock", "diary", "faults", "tour", "channels", "messages"),
    *("canvases", "modals", "home", "commands", "notice"),
}


@pytest.fixture
async def page(slack: Sandbox) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, slack, "ana")


async def test_the_state_is_what_one_person_sees(page: Page, slack: Sandbox) -> None:
    state = await page.state()
    assert state.keys() >= KEYS
    assert (state["me"]["name"], state["clock"]) == ("ana", "2026-11-24T09:30:00+00:00")
    names = {one["name"] for one in state["channels"]}
    assert {"sec-review", "inc-search-index"} <= names
    page.who = {"as": slack.person("bob").id}
    seen = {one["name"]: one for one in (await page.state())["channels"]}
    assert "sec-review" not in seen
    assert (seen["inc-search-index"]["member"], seen["general"]["kind"]) == (False, "public")
    assert {"/postmortem", "/invite"} <= {one["command"] for one in state["commands"]}


async def test_saying_reading_and_unread(page: Page, slack: Sandbox) -> None:
    place = slack.workspace.channel("#general").id
    bob = Page(page.session, slack, "bob")
    assert (await page.act("say", channel=place, text="a < b & @bob"))["ok"]
    state = await bob.state()
    assert state["messages"][place][-1]["text"] == f"a &lt; b &amp; <@{slack.person('bob').id}>"
    unread = {one["id"]: one["unread"] for one in state["channels"]}
    assert unread[place] == 1
    await bob.act("read", channel=place)
    assert {one["id"]: one["unread"] for one in (await bob.state())["channels"]}[place] == 0


async def test_a_form_is_done_by_hand(page: Page, connected: AsyncApp, slack: Sandbox) -> None:
    seen = []
    opening(connected, typed("title", min_length=3))

    @connected.view("form")
    async def submit(ack: Any, view: Json) -> None:
        seen.append(view["state"]["values"]["title"]["value"]["value"])
        await ack()

    place = slack.workspace.channel("#inc-checkout").id
    await page.act("command", channel=place, text="/postmortem")
    await slack.person("ana").modal()
    (view,) = (await page.state())["modals"]
    for text, closed in (("ab", False), ("abc", True)):
        values = {"title": {"value": {"type": "plain_text_input", "value": text}}}
        answer = await page.act("submit", view=view["id"], values=values)
        assert answer["closed"] is closed
    assert seen == ["abc"]


@pytest.fixture
def clicked(connected: AsyncApp) -> list[str]:
    """Where the button that reads Go was clicked."""
    seen: list[str] = []

    @connected.action("go")
    async def go(ack: Any, body: Json) -> None:
        seen.append(body["container"]["type"])
        await ack()

    return seen


async def test_a_click_in_a_message_and_in_a_form(
    page: Page, client: AsyncWebClient, clicked: list[str], slack: Sandbox
) -> None:
    place = slack.workspace.channel("#inc-checkout").id
    blocks = [buttons("Go")]
    sent = await client.chat_postMessage(channel=place, text="x", blocks=blocks)
    at = {"block_id": "buttons", "action_id": "go"}
    await page.act("click", channel=place, ts=sent["ts"], **at)
    slack.workspace.views.open(slack.person("ana").id, form(*blocks))
    (view,) = (await page.state())["modals"]
    assert await page.act("click", view=view["id"], **at) == {"ok": True}
    assert clicked == ["message", "view"]


async def test_reacting_twice_takes_it_back_and_home_opens(page: Page, slack: Sandbox) -> None:
    slack.faults.retry_waits = ()
    slack.deliver_to("http://127.0.0.1:9/")
    place = slack.workspace.channel("#inc-checkout")
    at = {"channel": place.id, "ts": place.messages[0].ts, "name": "eyes"}
    for shown in ([{"name": "eyes", "users": [page.who["as"]], "count": 1}], []):
        await page.act("react", **at)
        state = await page.state()
        assert state["messages"][place.id][0]["reactions"] == shown
    assert await page.act("open_home") == {"ok": True}
    assert await page.act("join", channel=slack.workspace.channel("#reliability").id) == {
        "ok": True
    }


async def test_a_form_is_closed_by_hand(page: Page, slack: Sandbox) -> None:
    ana = slack.person("ana")
    slack.workspace.views.open(ana.id, form(typed("title")))
    (view,) = (await page.state())["modals"]
    assert await page.act("close", view=view["id"]) == {"ok": True}
    assert (await page.state())["modals"] == []


async def test_the_page_itself_is_served(page: Page, slack: Sandbox) -> None:
    for path in ("", "archives/C1/p1"):
        async with page.session.get(f"{slack.url}{path}") as answer:
            assert (answer.status, "html" in answer.content_type) in ((200, True), (503, False))


async def test_what_cannot_be_done_is_said_in_a_sentence(page: Page, slack: Sandbox) -> None:
    slack.faults.ack_seconds = 0.02
    place = slack.workspace.channel("#inc-checkout").id
    answer = await page.act("command", channel=place, text="/postmortem")
    wanted = '/postmortem failed with the error "operation_timeout".'
    assert answer == {"ok": False, "error": wanted}
    assert (await page.state())["notice"] == wanted
    for act in ({"do": "fly"}, {"do": "close", "view": "V1"}, {"do": "join", "channel": "C1"}):
        answer = await page.act(**act)
        assert (answer["ok"], answer["error"][-1]) == (False, ".")


async def test_the_built_in_commands_and_the_clock(
    page: Page, slack: Sandbox, clock: Clock
) -> None:
    place = slack.workspace.channel("#inc-search-index")
    await page.act("command", channel=place.id, text="/topic P1 · worse")
    await page.act("command", channel=place.id, text="/invite @diego")
    await page.act("clock", seconds=86_400)
    dm = await page.act("open_dm", user=slack.person("bob").id)
    assert (place.topic, slack.person("diego").id in place.members) == ("P1 · worse", True)
    assert clock.now().day == 25
    assert slack.workspace.channels[dm["channel"]].kind == "dm"


@pytest.mark.parametrize("body", ["", "[]", "{", '{"do": ["say"]}', '{"do": "say"}'])
async def test_an_act_that_makes_no_sense_is_answered_with_a_sentence(
    page: Page, slack: Sandbox, body: str
) -> None:
    async with page.session.post(f"{slack.url}page/act", data=body) as answer:
        said = await answer.json()
    assert (said["ok"], said["error"][-1]) == (False, ".")
