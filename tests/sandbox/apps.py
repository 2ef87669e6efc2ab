"""Apps for the workspace to talk to: a real Bolt app, or a bare web server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.payloads import form


@asynccontextmanager
async def running(app: AsyncApp, slack: Sandbox) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app connected in Socket Mode while the block runs."""
    handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=0.2)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt has no types here
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # same
        await asyncio.sleep(0)


@asynccontextmanager
async def serving(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> AsyncIterator[str]:
    """Where an app listens that answers everything so."""
    server = web.Application()
    server.router.add_route("*", "/", answer)
    runner = web.AppRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def refusal(client: AsyncWebClient, method: str, **args: Any) -> str:
    """The error name that this call is refused with."""
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=args)
    return str(refused.value.response["error"])


def opening(app: AsyncApp, *blocks: dict[str, Any]) -> None:
    """Let /postmortem open a form of these blocks."""

    @app.command("/postmortem")
    async def command(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(*blocks))
