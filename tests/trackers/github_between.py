"""Stands between the adapter and a GitHub, and listens to both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from aiohttp import web
from openapi_core.testing import MockResponse

from tests.trackers.github_watch import wrong_with_answer, wrong_with_request

#: Hop by hop, or no longer true of a body that was read.
NOT_PASSED_ON = {"host", "content-length", "transfer-encoding", "content-encoding", "connection"}


class Between:
    """A GitHub at `url`; `wrong` is what neither GitHub nor who asks it would say."""

    def __init__(self, real: str, client: httpx.AsyncClient) -> None:
        self._real = httpx.URL(real)
        self._client = client
        self.url = ""
        self.wrong: list[str] = []
        self.asked: list[tuple[str, str, bytes]] = []

    async def pass_on(self, request: web.Request) -> web.StreamResponse:
        """Give what the real one answers; nothing where that gives nothing."""
        body, path = await request.read(), _path(request.path)
        self.asked.append((request.method, path, body))
        said = (request.method, path, dict(request.query))
        self.wrong += wrong_with_request(*said, request.headers, body)
        try:
            answer = await self._answer(request, body)
        except httpx.TransportError:
            assert request.transport
            request.transport.abort()
            return web.Response()
        kind = answer.headers.get("content-type", "")
        heard = MockResponse(answer.content, answer.status_code, dict(answer.headers), kind)
        self.wrong += wrong_with_answer(*said, body, heard)
        return web.Response(
            status=answer.status_code, headers=self._headers(answer), body=answer.content
        )

    async def _answer(self, request: web.Request, body: bytes) -> httpx.Response:
        headers = [each for each in request.headers.items() if each[0].lower() not in NOT_PASSED_ON]
        url = self._real.join(request.raw_path)
        return await self._client.request(request.method, url, headers=headers, content=body)

    def _headers(self, answer: httpx.Response) -> dict[str, str]:
        """Those of the answer, leading here."""
        real = f"{self._real.scheme}://{self._real.netloc.decode()}"
        here = self.url.partition("/api/")[0]
        passed = {
            name: value for name, value in answer.headers.items() if name not in NOT_PASSED_ON
        }
        return {name: value.replace(real, here) for name, value in passed.items()}


def _path(path: str) -> str:
    return path.removeprefix("/api").removeprefix("/v3")


@asynccontextmanager
async def between(real: str) -> AsyncIterator[Between]:
    """Listen until the block ends; nothing wrong may have been said until then."""
    app = web.Application(client_max_size=2**20)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    async with httpx.AsyncClient() as client:
        listening = Between(real, client)
        app.router.add_route("*", "/{path:.*}", listening.pass_on)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        listening.url = f"http://127.0.0.1:{runner.addresses[0][1]}{httpx.URL(real).path}"
        try:
            yield listening
            if listening.wrong:
                raise AssertionError("\n".join(listening.wrong))
        finally:
            await runner.cleanup()
