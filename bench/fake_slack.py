"""A Slack that is only fast: Web API and Socket Mode on loopback, with a stop-watch in its hand.

It believes whatever it is told; the strict one is `sandbox/`. Run as a process of its own it
prints the port where it takes orders at `/orders/…` from `bench/run.py`. Apps reach it at another,
over TLS when it is given a certificate and its key: `python -m bench.fake_slack CERT KEY`.
"""

import asyncio
import json
import ssl
import sys
import time
from collections.abc import Mapping
from typing import Any

import uvloop
from aiohttp import WSMsgType, web

from bench.answers import ANSWERS, Answer, shown
from bench.workspace import command

#: A command's trigger lives three seconds; what has not happened after six will not.
GIVE_UP_AFTER = 6.0
#: With no call for so long the app has done all that the commands made it do.
QUIET = 0.3


class FakeSlack:
    """One workspace, one connected app at a time."""

    def __init__(self) -> None:
        self.address = ""
        self._delay = 0.0
        self._socket: web.WebSocketResponse | None = None
        self._connected = asyncio.Event()
        self._orders = 0
        self._sent: dict[str, float] = {}
        self._acknowledged: dict[str, float] = {}
        self._opened: dict[str, float] = {}
        self._in_hand = 0
        self._last_call = 0.0
        self._complaints: list[str] = []
        self._answers = {
            **ANSWERS,
            "apps.connections.open": lambda _: {"url": f"ws{self.address[4:]}/socket"},
            "views.open": self._open,
        }

    async def listen(self, secrets: list[str]) -> int:
        """Take a port for apps and one for orders, on loopback; return the latter."""
        runner = web.AppRunner(self.application(), access_log=None)
        await runner.setup()
        secure = None
        if secrets:
            secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            secure.load_cert_chain(*secrets)
        for each in (secure, None):
            await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=each).start()
        for_apps, for_orders = (int(each[1]) for each in runner.addresses)
        self.address = f"http{'s' if secrets else ''}://127.0.0.1:{for_apps}"
        return for_orders

    def application(self) -> web.Application:
        """Everything it listens to."""
        application = web.Application()
        application.add_routes(
            [
                web.route("*", "/api/{method}", self._call),
                web.post("/response/{envelope}", self._response),
                web.get("/socket", self._talk),
                web.get("/orders/address", self._tell_address),
                web.get("/orders/connected", self._wait_for_app),
                web.post("/orders/commands", self._commands),
            ]
        )
        return application

    async def _call(self, request: web.Request) -> web.Response:
        self._in_hand += 1
        try:
            body = await request.read()
            self._last_call = time.monotonic()
            is_json = request.content_type == "application/json"
            asked = json.loads(body) if is_json else request.query
            method = request.match_info["method"]
            answer = {"ok": True} | self._answers[method](asked)
            if self._delay:
                await asyncio.sleep(self._delay)
            return web.json_response(answer)
        finally:
            self._in_hand -= 1

    async def _response(self, request: web.Request) -> web.Response:
        self._complaints.append(await request.text())
        return web.Response()

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._socket = socket
        self._connected.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                at = time.monotonic()
                self._acknowledged[json.loads(message.data)["envelope_id"]] = at
        if self._socket is socket:
            self._socket = None
            self._connected.clear()
        return socket

    async def _wait_for_app(self, _request: web.Request) -> web.Response:
        await self._connected.wait()
        return web.json_response({"ok": True})

    async def _tell_address(self, _request: web.Request) -> web.Response:
        return web.json_response({"address": self.address})

    async def _commands(self, request: web.Request) -> web.Response:
        """Send commands at their moments and report, for each, what followed after how long."""
        order = await request.json()
        self._delay = order["delay"]
        self._orders += 1
        for noted in (self._sent, self._acknowledged, self._opened):
            noted.clear()
        self._complaints.clear()
        started = time.monotonic()
        for number, (after, channel) in enumerate(order["commands"]):
            await asyncio.sleep(max(0.0, started + after - time.monotonic()))
            await self._send(f"E{self._orders}-{number}", channel)
        await self._settle()
        return web.json_response(
            {
                "acknowledged": [self._took(self._acknowledged, each) for each in self._sent],
                "opened": [self._took(self._opened, each) for each in self._sent],
                "complaints": self._complaints,
            }
        )

    def _took(self, noted: dict[str, float], which: str) -> float | None:
        until = noted.get(which)
        return None if until is None else (until - self._sent[which]) * 1000

    async def _send(self, which: str, channel: str) -> None:
        assert self._socket is not None, "the app has hung up"
        envelope = {
            "envelope_id": which,
            "type": "slash_commands",
            "accepts_response_payload": True,
            "payload": command(channel, which, f"{self.address}/response/{which}"),
        }
        text = json.dumps(envelope)
        self._sent[which] = time.monotonic()
        await self._socket.send_str(text)

    async def _settle(self) -> None:
        last = time.monotonic()
        while time.monotonic() - last < GIVE_UP_AFTER:
            await asyncio.sleep(QUIET / 6)
            answered = min(len(self._acknowledged), len(self._opened)) >= len(self._sent)
            quiet = not self._in_hand and time.monotonic() - self._last_call > QUIET
            if answered and quiet:
                return

    def _open(self, asked: Mapping[str, Any]) -> Answer:
        self._opened[asked["trigger_id"]] = self._last_call
        return shown({"view_id": f"V{asked['trigger_id']}", "view": asked["view"]})


async def main() -> None:
    """Listen, and say where orders are taken."""
    print(await FakeSlack().listen(sys.argv[1:]), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
