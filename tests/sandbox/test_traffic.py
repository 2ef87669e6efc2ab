"""What the inspector is shown of what the app and Slack say to each other."""

from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import DidNotAnswer, Sandbox
from sandbox.faults import Faults
from sandbox.line.traffic import KEPT, SHOWN
from tests.sandbox.apps import serving
from tests.sandbox.pages import Page

Json = dict[str, Any]


@pytest.fixture
async def page(slack: Sandbox) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, slack, "ana")


@pytest.fixture
def place(slack: Sandbox) -> str:
    return slack.workspace.channel("#inc-checkout").id


async def lines(page: Page, way: str = "") -> list[Json]:
    """What the inspector lists; only what was asked this way, if one is given."""
    async with page.told("traffic") as told:
        calls = (await told.next())["calls"]
    return [one for one in calls if one["way"].startswith(way)]


def became(line: Json) -> tuple[Any, ...]:
    """What came of a request."""
    return tuple(line[key] for key in ("name", "ok", "status", "error", "note"))


async def test_a_call_is_shown_with_its_answer_and_without_its_token(
    page: Page, client: AsyncWebClient, slack: Sandbox, place: str
) -> None:
    blocks: list[Json] = [{"type": "divider"}]
    await client.chat_postMessage(channel=place, text="hi", blocks=blocks)
    (line,) = await lines(page, "app")
    assert became(line) == ("chat.postMessage", True, 200, None, None)
    assert (line["n"], line["at"]) == (1, slack.clock.now().isoformat())
    shown = await page.get("traffic/1")
    assert (shown["line"], shown["response"]["ok"]) == (line, True)
    assert shown["request"] == {"channel": place, "text": "hi", "blocks": blocks}
    assert slack.bot_token not in str(shown)


async def test_a_refused_call_is_shown_with_slacks_word(
    page: Page, client: AsyncWebClient, slack: Sandbox
) -> None:
    with pytest.raises(SlackApiError):
        await client.chat_postEphemeral(channel="C1", user=slack.person("bob").id, text="hi")
    (line,) = await lines(page)
    assert became(line)[1:4] == (False, 200, "channel_not_found")
    assert line["who"] == "bob"


FAULTS: list[tuple[Callable[[Faults], object], tuple[Any, ...]]] = [
    (
        lambda faults: faults.rate_limit("auth.test", 7),
        (False, 429, "ratelimited", "rate limited: again in 7 s"),
    ),
    (lambda faults: faults.drop_reply("auth.test"), (False, None, None, "reply dropped")),
    (lambda faults: faults.down(status=503), (False, 503, None, "Slack is down")),
    (lambda faults: faults.down(), (False, None, None, "hung up: Slack is down")),
    (lambda faults: faults.delay("auth.test", 0.01), (True, 200, None, "0.01 s slower")),
]


@pytest.mark.parametrize(("switch", "shown"), FAULTS, ids=range(5))
async def test_the_fault_that_hits_a_call_is_named(
    page: Page,
    client: AsyncWebClient,
    slack: Sandbox,
    switch: Callable[[Faults], object],
    shown: tuple[Any, ...],
) -> None:
    switch(slack.faults)
    with suppress(SlackApiError, aiohttp.ClientError):
        await client.auth_test()
    (line,) = await lines(page)
    assert became(line)[1:] == shown


async def test_what_is_no_json_is_shown_too(page: Page, slack: Sandbox) -> None:
    headers = {"Content-Type": "application/json"}
    url = f"{slack.api_url}auth.test"
    for is_down in (False, True):
        slack.faults.down(is_down, status=503)
        async with page.session.post(url, data="{", headers=headers):
            """The answer is what the inspector shows."""
    errors = [(one["status"], one["error"]) for one in await lines(page)]
    assert errors == [(200, "invalid_json"), (503, None)]


async def test_a_command_is_shown_with_its_acknowledgement(
    page: Page, connected: AsyncApp, slack: Sandbox
) -> None:
    @connected.command("/postmortem")
    async def command(ack: Any) -> None:
        await ack("Here you are.")

    await slack.person("ana").command("#inc-checkout", "/postmortem help")
    (line,) = await lines(page, "slack")
    assert became(line)[:3] == ("slash_commands /postmortem help", True, None)
    assert (line["who"], line["attempt"], line["took_ms"] >= 0) == ("ana", 0, True)
    shown = await page.get(f"traffic/{line['n']}")
    assert shown["response"] == {"text": "Here you are."}
    assert "token" not in shown["request"]


async def test_silence_is_shown_as_it_is(page: Page, slack: Sandbox) -> None:
    slack.faults.ack_seconds = 0.02
    with pytest.raises(DidNotAnswer):
        await slack.person("ana").command("#inc-checkout", "/postmortem")
    (line,) = await lines(page)
    wanted = ("slash_commands /postmortem", False, None, "operation_timeout")
    assert became(line) == (*wanted, "not acknowledged in 0.02 s")


async def test_every_attempt_is_a_line_of_its_own(page: Page, slack: Sandbox) -> None:
    async def flaky(request: web.Request) -> web.Response:
        return web.Response(status=200 if "X-Slack-Retry-Num" in request.headers else 500)

    async with serving(flaky) as url:
        slack.deliver_to(url)
        slack.faults.ignore_acks()
        await slack.person("ana").say("#inc-checkout", "hi")
    seen = [(one["attempt"], one["status"], one["note"]) for one in await lines(page)]
    lost = (1, None, "acknowledgement lost")
    assert seen == [(0, 500, "not accepted"), lost, (2, 200, None)]


async def test_a_lost_connection_is_shown(page: Page, slack: Sandbox) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    opened = await client.apps_connections_open(app_token=slack.app_token)
    slack.faults.ack_seconds = 5  # else the second attempt may be given up before we look
    async with page.session.ws_connect(str(opened["url"])) as socket:
        await socket.receive_json()
        slack.person("ana").write("#inc-checkout", "hi")
        await socket.receive_json()
        await slack.faults.disconnect()
        assert (await socket.receive()).type is not aiohttp.WSMsgType.TEXT
    seen = [(one["attempt"], one["note"]) for one in (await lines(page))[1:]]
    assert seen == [(0, "connection lost"), (1, None)]


async def test_an_answer_given_later_is_shown(page: Page, slack: Sandbox) -> None:
    async with page.session.post(f"{slack.url}response/gone", json={"text": "hi"}):
        """The answer is what the inspector shows."""
    (line,) = await lines(page)
    assert became(line) == ("response_url", False, 404, "no_service", None)


async def test_a_line_is_pushed_again_when_its_answer_comes(page: Page, slack: Sandbox) -> None:
    asked = slack.traffic.begin("app", "auth.test", {})
    async with page.told("traffic") as told:
        assert [one["ok"] for one in (await told.next())["calls"]] == [None]
        slack.traffic.end(asked, ok=True, status=200)
        assert [(one["n"], one["ok"]) for one in (await told.next())["calls"]] == [(1, True)]


async def test_the_newest_are_kept(page: Page, slack: Sandbox) -> None:
    for _ in range(KEPT + 1):
        slack.traffic.begin("app", "auth.test", {})
    assert [line["n"] for line in await lines(page)] == [*range(KEPT + 2 - SHOWN, KEPT + 2)]
    assert (await page.get("traffic/1"))["ok"] is False
    assert (await page.get("traffic/2"))["line"]["n"] == 2
