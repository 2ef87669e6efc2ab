"""The same app over signed HTTP."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp

from sandbox import DidNotAnswer, Sandbox
from sandbox.line.signed_http import sign
from tests.sandbox.apps import opening, serving
from tests.sandbox.payloads import typed

Json = dict[str, Any]


@pytest.fixture
async def address(app: AsyncApp) -> AsyncIterator[str]:
    """Where the app listens."""
    server = app.web_app("/slack/events")
    runner = web.AppRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await runner.cleanup()


async def test_a_form_is_opened_and_refused_over_http(
    app: AsyncApp, address: str, slack: Sandbox
) -> None:
    opening(app, typed("title"))

    @app.view("form")
    async def submit(ack: Any) -> None:
        await ack(response_action="errors", errors={"title": "Say more."})

    slack.deliver_to(address)
    ana = slack.person("ana")
    await ana.command("#inc-checkout", "/postmortem")
    modal = (await ana.modal()).fill(title="x")
    assert (await modal.submit()).errors == {"title": "Say more."}


async def test_a_failed_event_is_sent_again_until_it_is_taken(slack: Sandbox) -> None:
    seen = []

    async def flaky(request: web.Request) -> web.Response:
        seen.append(request.headers.get("X-Slack-Retry-Num"))
        return web.Response(status=500 if len(seen) < 3 else 200)

    slack.faults.retry_waits = (0.0, 0.0, 0.0)
    async with serving(flaky) as url:
        slack.deliver_to(url)
        await slack.person("ana").say("#inc-checkout", "hi")
    assert seen == [None, "1", "2"]


async def test_an_event_comes_again_after_a_pause_that_is_not_waited_for(slack: Sandbox) -> None:
    again = asyncio.Event()
    seen = []

    async def slow(request: web.Request) -> web.Response:
        seen.append(request.headers.get("X-Slack-Retry-Reason"))
        if len(seen) > 1:
            again.set()
        return web.Response(status=500 if len(seen) == 1 else 200)

    slack.faults.retry_waits = (0.01,)
    async with serving(slow) as url:
        slack.deliver_to(url)
        await slack.person("ana").say("#inc-checkout", "hi")
        assert seen == [None]
        await again.wait()
    assert seen == [None, "http_error"]


async def test_an_app_may_ask_not_to_be_told_again(slack: Sandbox) -> None:
    seen = []

    async def sulky(request: web.Request) -> web.Response:
        seen.append(await request.json())
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    async with serving(sulky) as url:
        slack.deliver_to(url)
        await slack.person("ana").say("#inc-checkout", "hi")
    assert len(seen) == 1


async def test_a_command_to_a_closed_port_fails_at_once(slack: Sandbox) -> None:
    slack.deliver_to("http://127.0.0.1:9/")
    with pytest.raises(DidNotAnswer, match="dispatch_failed"):
        await slack.person("ana").command("#inc-checkout", "/postmortem")


@pytest.mark.parametrize("header", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
async def test_a_real_app_refuses_a_forged_signature(
    address: str, slack: Sandbox, header: str
) -> None:
    body = "command=%2Fpostmortem"
    headers = slack.deliver_to(address).signed(body)
    forged = headers | {header: "1"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=forged) as answer,
    ):
        assert answer.status == 401


def test_the_signature_is_slacks() -> None:
    # The worked example of docs.slack.dev, "Verifying requests from Slack".
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
        "%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    wanted = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert sign("8f742231b10e8888abcd99yyyzzz85a5", 1531420618, body) == wanted
