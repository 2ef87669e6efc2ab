"""Socket Mode: WebSocket connections to the app, and the envelopes that go through them."""

import asyncio
import json
import secrets
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from sandbox.faults import Faults
from sandbox.line.delivery import Kind, Lost, Retry
from sandbox.refusals import Json

#: docs.slack.dev, "Using Socket Mode": "up to 10 WebSocket connections".
MOST_CONNECTIONS = 10


@dataclass(eq=False)
class Connection:
    """One open WebSocket."""

    socket: web.WebSocketResponse
    request: web.Request
    pending: dict[str, asyncio.Future[Json | None]] = field(default_factory=dict)

    async def ask(self, envelope: Json) -> Json | None:
        """Send an envelope and return its acknowledgement's payload."""
        future: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self.pending[envelope["envelope_id"]] = future
        try:
            await self.socket.send_json(envelope)
            return await future
        except ConnectionError:
            raise Lost from None
        finally:
            self.pending.pop(envelope["envelope_id"], None)

    def heard(self, text: str) -> None:
        """Take an acknowledgement in."""
        answer = json.loads(text)
        future = self.pending.get(answer.get("envelope_id", ""))
        if future and not future.done():
            future.set_result(answer.get("payload"))

    def lost(self) -> None:
        """Nothing more comes: whoever waits has to ask on another connection."""
        for future in self.pending.values():
            if not future.done():
                future.set_exception(Lost())


class SocketMode:
    """All connections of the app; envelopes go round among them."""

    #: An acknowledgement has no status.
    status: int | None = None

    def __init__(self, app_id: str, faults: Faults) -> None:
        self._app_id = app_id
        self._faults = faults
        self._tickets: set[str] = set()
        self.connections: list[Connection] = []
        self._connected = asyncio.Event()

    def ticket(self) -> str:
        """A ticket that opens one connection, once."""
        ticket = secrets.token_hex(12)
        self._tickets.add(ticket)
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it closes."""
        if self._faults.is_down:
            return hang_up(request)
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="This ticket is not good (any more).")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        try:
            await socket.prepare(request)
        except ConnectionError:  # the app is gone again
            return hang_up(request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await self._goodbye(socket, "too_many_websockets")
            return socket
        connection = Connection(socket, request)
        await socket.send_json(self._hello())
        self._add(connection)
        await self._listen(connection)
        return socket

    async def _listen(self, connection: Connection) -> None:
        try:
            async for message in connection.socket:
                if message.type is WSMsgType.TEXT:
                    connection.heard(message.data)
        finally:
            self._remove(connection)
            connection.lost()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections) + 1,
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app_id},
        }

    def _add(self, connection: Connection) -> None:
        self.connections.append(connection)
        self._connected.set()

    def _remove(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        if not self.connections:
            self._connected.clear()

    async def _next(self) -> Connection:
        """The connection whose turn it is, as soon as there is one."""
        await self._connected.wait()
        connection = self.connections.pop(0)
        self.connections.append(connection)
        return connection

    async def send(self, kind: Kind, payload: Json, retry: Retry) -> Json | None:
        """Send an envelope as soon as there is a connection."""
        connection = await self._next()
        envelope: Json = {
            "envelope_id": secrets.token_hex(16),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api" or retry.attempt:
            envelope |= {"retry_attempt": retry.attempt, "retry_reason": retry.reason or ""}
        try:
            return await connection.ask(envelope)
        except Lost:
            self._remove(connection)
            raise

    async def _goodbye(self, socket: web.WebSocketResponse, reason: str) -> None:
        await socket.send_json(
            {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        )
        await socket.close()

    async def disconnect(self, graceful: bool) -> None:  # noqa: FBT001 -- handed to Faults as it is
        """Close every connection: with a word before, or by cutting the line."""
        for connection in tuple(self.connections):
            self._remove(connection)
            if graceful:
                await self._goodbye(connection.socket, "refresh_requested")
            else:
                hang_up(connection.request)

    async def close(self) -> None:
        """Hang up for good."""
        for connection in tuple(self.connections):
            await connection.socket.close()


def hang_up(request: web.Request) -> web.StreamResponse:
    """Close the connection; the answer that aiohttp wants reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
