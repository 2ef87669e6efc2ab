"""Web endpoints: is the process alive, is it of use, and Slack's events in HTTP mode."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

#: Each answers whether one thing the process needs is there.
Checks = Mapping[str, Callable[[], Awaitable[bool]]]
EVENTS_PATH = "/slack/events"


def build_web(checks: Checks, app: AsyncApp | None) -> web.Application:
    """`/healthz`, `/readyz`, and with an app `/slack/events`, which refuses what is not signed."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def readyz(_request: web.Request) -> web.Response:
        found = {name: await check() for name, check in checks.items()}
        ready = all(found.values())
        return web.json_response({"ok": ready, "checks": found}, status=200 if ready else 503)

    async def events(request: web.Request) -> web.StreamResponse:
        assert app is not None  # noqa: S101 - the route exists only with an app
        answer = await app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    endpoints = web.Application()
    endpoints.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz)])
    if app is not None:
        endpoints.add_routes([web.post(EVENTS_PATH, events)])
    return endpoints


async def listen(endpoints: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Begin to listen; the port taken when `port` is 0. Raises OSError when it is in use."""
    runner = web.AppRunner(endpoints, access_log=None, shutdown_timeout=10)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    taken: int = runner.addresses[0][1]
    return runner, taken
