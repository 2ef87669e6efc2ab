"""The process takes nothing before it can answer, and a stop takes no longer than it says."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from pathlib import Path
from time import monotonic

import aiohttp
import pytest
import structlog

from bot.demo import settings_for
from bot.process import Bot, running
from bot.web import EVENTS_PATH
from sandbox import Sandbox
from tests.bot.test_stop import database, sandbox
from tests.scenarios.stage import CHANNEL

__all__ = ["database", "sandbox"]


@contextmanager
def kept_port() -> Iterator[int]:
    """A port that nobody listens on, and that nobody is given but who asks for it by number."""
    with closing(socket.socket()) as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        yield int(kept.getsockname()[1])


async def test_with_its_port_taken_it_does_not_connect_to_slack(
    sandbox: Sandbox, database: Path
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        settings = settings_for(sandbox, database).model_copy(update={"port": port})
        with pytest.raises(OSError, match="in use"):
            await running(settings).__aenter__()
    assert [call.method for call in sandbox.calls] == ["auth.test"]


async def readiness(http: aiohttp.ClientSession, port: int) -> tuple[int, bool]:
    """What /readyz answers as soon as somebody listens: its status, and whether Slack is there."""
    async with asyncio.timeout(60):
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    return answer.status, (await answer.json())["checks"]["slack"]
            except aiohttp.ClientConnectorError:
                continue


async def test_until_slack_is_connected_it_is_not_ready(
    sandbox: Sandbox, database: Path, http: aiohttp.ClientSession
) -> None:
    sandbox.faults.delay("apps.connections.open", 2)
    async with AsyncExitStack() as stack:
        port = stack.enter_context(kept_port())
        settings = settings_for(sandbox, database).model_copy(update={"port": port})
        starting = asyncio.create_task(stack.enter_async_context(running(settings)))
        assert await readiness(http, port) == (503, False)
        await starting
        assert await readiness(http, port) == (200, True)


def hanging(entered: asyncio.Event) -> Callable[..., Awaitable[None]]:
    """A middleware in which `/postmortem hang` never comes to an end."""

    async def hang(next_: Callable[[], Awaitable[None]], body: dict[str, str]) -> None:
        if body.get("text") == "hang":
            entered.set()
            await asyncio.Event().wait()
        await next_()

    return hang


@asynccontextmanager
async def stuck(sandbox: Sandbox, bot: Bot) -> AsyncIterator[None]:
    """A form and a listener are in hand, and Slack answers neither; until the process has ended."""
    entered = asyncio.Event()
    bot.app.use(hanging(entered))
    sandbox.faults.delay("views.open", 30)
    await sandbox.person("ana").command(CHANNEL, "/postmortem")
    asking = asyncio.create_task(sandbox.person("bob").command(CHANNEL, "/postmortem hang"))
    await entered.wait()
    yield
    asking.cancel()


@pytest.mark.parametrize("without", [{}, {"slack_app_token": None}], ids=["socket", "http"])
async def test_a_stop_gives_everything_together_one_span_of_time(
    sandbox: Sandbox, database: Path, without: dict[str, None]
) -> None:
    settings = settings_for(sandbox, database).model_copy(update=without)
    async with AsyncExitStack() as stack:
        with structlog.testing.capture_logs() as logs:
            async with running(settings, patience=0.5) as bot:
                if without:
                    sandbox.deliver_to(f"http://127.0.0.1:{bot.port}{EVENTS_PATH}")
                await stack.enter_async_context(stuck(sandbox, bot))
                asked = monotonic()
        assert monotonic() - asked < 3
    events = {line["event"] for line in logs}
    assert {"requests_not_answered", "forms_not_opened"} <= events
