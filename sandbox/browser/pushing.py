"""A WebSocket that is told of every change, and not more often than it can be drawn."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack, suppress

from aiohttp import WSMsgType, web

from sandbox.changes import Changes
from sandbox.line.socket_mode import hang_up

#: The first change is shown at once; those that come in one breath after it, together.
BREATH = 0.03


async def push(
    request: web.Request,
    changes: Changes,
    frame: Callable[[], str | None],
    answer: Callable[[str], str | None],
) -> web.StreamResponse:
    """Send `frame()` now and after changes, and `answer(text)` to what the tab says."""
    # On one machine, packing costs more than it saves.
    socket = web.WebSocketResponse(compress=False)
    try:
        await socket.prepare(request)
    except ConnectionError:  # the tab was closed again before it was let in
        return hang_up(request)
    changed = asyncio.Event()
    with ExitStack() as stack, suppress(ConnectionError):
        stack.callback(changes.listen(changed.set))
        # Before anything that the tab may ask: what comes later builds on it.
        await _send(socket, frame())
        pushing = asyncio.create_task(_push(socket, changed, frame))
        pushing.add_done_callback(lambda done: None if done.cancelled() else hang_up(request))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await _send(socket, answer(message.data))
        finally:
            pushing.cancel()
            # What else ended it, and the connection with it, is the server's to report.
            with suppress(asyncio.CancelledError):
                await pushing
    return socket


async def _push(
    socket: web.WebSocketResponse, changed: asyncio.Event, frame: Callable[[], str | None]
) -> None:
    while not socket.closed:
        await changed.wait()
        changed.clear()
        if await _send(socket, frame()):
            await asyncio.sleep(BREATH)


async def _send(socket: web.WebSocketResponse, text: str | None) -> bool:
    """Send a frame, if there is one."""
    if text is None:
        return False
    await socket.send_str(text)
    return True
