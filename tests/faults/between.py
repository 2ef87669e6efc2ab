"""Stands between a worker and a tracker, and knows when a ticket is being made."""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum

import httpx
from aiohttp import web

#: Hop by hop, or no longer true of a body that was read.
_NOT_PASSED_ON = {"host", "content-length", "transfer-encoding", "content-encoding", "connection"}


class Moment(StrEnum):
    """When somebody dies who makes a ticket."""

    BEFORE = "before it is made"
    #: It stands in the tracker, and nobody was told.
    BETWEEN = "between being made and being known"
    #: The answer is on its way; whether it is stored is a matter of chance.
    AFTER = "with the answer in hand"


class Between:
    """Passes everything on; before some tickets are made, or after, it calls `kill`."""

    def __init__(self, kill: Callable[[], None], at: set[int], chance: random.Random) -> None:
        self._kill = kill
        self._at = at
        self._chance = chance
        self._made = 0
        #: How often somebody died in which moment.
        self.deaths = dict.fromkeys(Moment, 0)

    async def pass_on(self, client: httpx.AsyncClient, request: web.Request) -> web.StreamResponse:
        """Give what the tracker answers, unless whoever asked is dead by then."""
        body = await request.read()
        moment = self._moment() if _makes_a_ticket(request, body) else None
        if moment is Moment.BEFORE:
            return self._dead(moment, request)
        headers = [one for one in request.headers.items() if one[0].lower() not in _NOT_PASSED_ON]
        answer = await client.request(
            request.method, request.raw_path, headers=headers, content=body
        )
        if moment is Moment.BETWEEN:
            return self._dead(moment, request)
        passed = {
            name: value for name, value in answer.headers.items() if name not in _NOT_PASSED_ON
        }
        said = web.Response(status=answer.status_code, headers=passed, body=answer.content)
        if moment is Moment.AFTER:
            await said.prepare(request)
            await said.write_eof()
            self._dies(moment)
        return said

    def _moment(self) -> Moment | None:
        self._made += 1
        return self._chance.choice(list(Moment)) if self._made in self._at else None

    def _dies(self, moment: Moment) -> None:
        self.deaths[moment] += 1
        self._kill()

    def _dead(self, moment: Moment, request: web.Request) -> web.Response:
        self._dies(moment)
        if request.transport:
            request.transport.abort()
        return web.Response()


def _makes_a_ticket(request: web.Request, body: bytes) -> bool:
    path = request.path.rstrip("/")
    return request.method == "POST" and (
        path.endswith(("/issues", "/issue")) or b"issueCreate" in body
    )


@asynccontextmanager
async def between(real: str, one: Between) -> AsyncIterator[str]:
    """Stand before the tracker at this address, until the block ends; where that is."""
    where = httpx.URL(real)
    origin = f"{where.scheme}://{where.netloc.decode()}"
    async with httpx.AsyncClient(base_url=origin, timeout=30) as client:
        app = web.Application(client_max_size=2**24)

        async def handle(request: web.Request) -> web.StreamResponse:
            return await one.pass_on(client, request)

        app.router.add_route("*", "/{rest:.*}", handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}{where.raw_path.decode()}"
        finally:
            await runner.cleanup()
