"""Web endpoints: alive, of use, its numbers, who tells it something, and Slack's events."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict, dataclass, field
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from handlers.in_hand import LETTING_GO_SECONDS, InHand

EVENTS_PATH = "/slack/events"
BUDGETS_PATH = "/api/budgets/{service}"
HOOKS_PATH = "/api/trackers/{kind}"
UNKNOWN = "The database does not answer, so there are no numbers. Ask again in a minute.\n"


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """Whether each thing the process needs is there, and numbers that say more."""

    checks: dict[str, bool]
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Exposition:
    """The process's numbers, written in a format that whoever collects them reads."""

    body: bytes
    content_type: str


Look = Callable[[], Awaitable[Readiness]]
#: Is given the header `Accept`; None when the numbers cannot be known.
Scrape = Callable[[str], Awaitable[Exposition | None]]
Answer = Callable[[web.Request], Coroutine[Any, Any, web.StreamResponse]]


@dataclass(frozen=True, kw_only=True)
class Told:
    """Who listens to others than Slack: to whoever computes error budgets, and to trackers."""

    budget: Answer
    hook: Answer


class Web:
    """`/healthz`, `/readyz`, `/metrics`, `/api/…`, and with an app `/slack/events`.

    The last of them refuses what Slack has not signed; those of `/api/` whoever shows no token, and
    what no tracker has signed.
    """

    def __init__(self, look: Look, scrape: Scrape, told: Told, app: AsyncApp | None = None) -> None:
        self._look = look
        self._scrape = scrape
        self._told = told
        self._app = app
        self._in_hand = InHand("requests_not_answered")
        self._runner = web.AppRunner(
            self._endpoints(), access_log=None, shutdown_timeout=LETTING_GO_SECONDS
        )

    def _endpoints(self) -> web.Application:
        endpoints = web.Application()
        endpoints.add_routes([web.get("/healthz", _healthz), web.get("/readyz", self._readyz)])
        endpoints.add_routes([web.get("/metrics", self._metrics)])
        endpoints.add_routes([web.put(BUDGETS_PATH, self._held(self._told.budget))])
        endpoints.add_routes([web.post(HOOKS_PATH, self._held(self._told.hook))])
        if self._app is not None:
            endpoints.add_routes([web.post(EVENTS_PATH, self._held(self._answer))])
        return endpoints

    async def listen(self, host: str, port: int) -> int:
        """Begin to listen; the port taken when `port` is 0. Raises OSError when it is in use."""
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        taken: int = self._runner.addresses[0][1]
        return taken

    async def stop(self, patience: float) -> None:
        """Listen no more; finish what is in hand within `patience` seconds, cancel the rest."""
        for site in tuple(self._runner.sites):
            await site.stop()
        await self._in_hand.finish(patience)
        await self._runner.cleanup()

    async def _readyz(self, _request: web.Request) -> web.Response:
        found = await self._look()
        ready = all(found.checks.values())
        return web.json_response({"ok": ready, **asdict(found)}, status=200 if ready else 503)

    async def _metrics(self, request: web.Request) -> web.Response:
        found = await self._scrape(request.headers.get("Accept", ""))
        if found is None:
            return web.Response(text=UNKNOWN, status=503)
        return web.Response(body=found.body, headers={"Content-Type": found.content_type})

    def _held(self, answer: Answer) -> Answer:
        """The same, waited for when the process stops."""

        async def held(request: web.Request) -> web.StreamResponse:
            answering = self._in_hand.begin(answer(request))
            await asyncio.wait({answering})
            # A stop cancelled it: it is sent again, to whoever listens then.
            return web.Response(status=503) if answering.cancelled() else answering.result()

        return held

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        assert self._app is not None  # noqa: S101 - the route exists only with an app
        answer = await self._app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)


async def _healthz(_request: web.Request) -> web.Response:
    return web.json_response({"ok": True})
