"""A Prometheus on a free port of this machine, which says what a test wants it to."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

Say = Callable[[web.Request], Awaitable[web.StreamResponse]]


def vector(*numbers: str) -> dict[str, Any]:
    """Give what a query that yields these numbers is answered with."""
    result = [{"metric": {}, "value": [1_700_000_000, number]} for number in numbers]
    return {"status": "success", "data": {"resultType": "vector", "result": result}}


def scalar(number: str) -> dict[str, Any]:
    """Give what a query that yields one plain number is answered with."""
    data = {"resultType": "scalar", "result": [1_700_000_000, number]}
    return {"status": "success", "data": data}


class Server:
    """A Prometheus that says what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.says: Say = self._answer
        self.body: object = vector("82.5")
        self.status = 200
        self.asked: list[tuple[str, str]] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a query."""
        form = await request.post()
        self.asked.append((str(form["query"]), request.headers.get("Authorization", "")))
        return await self.says(request)

    async def _answer(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(self.body, status=self.status)


@asynccontextmanager
async def watching() -> AsyncIterator[Server]:
    """Run it below a path, as behind a proxy, until the block ends."""
    server, app = Server(), web.Application()
    app.add_routes([web.post("/prometheus/api/v1/query", server.answer)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/prometheus/"
    yield server
    await runner.cleanup()
