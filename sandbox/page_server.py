"""The browser page: its files, its state, and what is done on it."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from aiohttp import web
from yarl import URL

from sandbox.page_acts import ACTS
from sandbox.person import Person
from sandbox.refusals import DidNotAnswer, Json
from sandbox.snapshot import snapshot
from sandbox.workspace import Workspace

DIST = Path(__file__).parent / "page" / "dist"
#: Changes that come in one breath are shown at once.
BREATH = 0.03
LOOPBACK = ("127.0.0.1", "localhost")
UNBUILT = "The page is not built yet: run `npm ci && npm run build` in sandbox/page."


class PageServer:
    """Serves the page to a browser on this machine."""

    def __init__(self, workspace: Workspace, seat: Callable[[str], Person]) -> None:
        self._workspace = workspace
        self._seat = seat

    def add_to(self, server: web.Application) -> None:
        """Take the page's paths."""
        server.router.add_get("/", self._index)
        server.router.add_get("/archives/{rest:.*}", self._index)
        server.router.add_get("/page/state", self._state)
        server.router.add_get("/page/live", self._live)
        server.router.add_post("/page/act", self._act)
        if (DIST / "assets").is_dir():
            server.router.add_static("/assets", DIST / "assets")

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        index = DIST / "index.html"
        if not index.is_file():
            return web.Response(text=UNBUILT, status=503)
        return web.FileResponse(index)

    def _me(self, request: web.Request) -> str:
        """Who looks at the page; the first person of the list when nobody is named."""
        people = self._workspace.people
        name = request.query.get("as", "")
        if name in people:
            return name
        return next(one.id for one in people.values() if one.is_person and not one.deleted)

    async def _state(self, request: web.Request) -> web.Response:
        return web.json_response(snapshot(self._workspace, self._me(request)))

    async def _live(self, request: web.Request) -> web.StreamResponse:
        if not _from_here(request):
            return web.Response(status=403, text="Use the page itself.")
        me = self._me(request)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        changed = asyncio.Event()
        changed.set()
        stop = self._workspace.changes.listen(changed.set)
        pushing = asyncio.create_task(self._push(socket, me, changed))
        try:
            async for _ in socket:
                """The page says nothing here; reading tells when it goes."""
        finally:
            stop()
            pushing.cancel()
            await asyncio.gather(pushing, return_exceptions=True)
        return socket

    async def _push(self, socket: web.WebSocketResponse, me: str, changed: asyncio.Event) -> None:
        while not socket.closed:
            await changed.wait()
            changed.clear()
            await socket.send_str(json.dumps(snapshot(self._workspace, me)))
            await asyncio.sleep(BREATH)

    async def _act(self, request: web.Request) -> web.Response:
        if not _from_here(request):
            return web.json_response({"ok": False, "error": "Use the page itself."}, status=403)
        act: Json = await request.json()
        do = ACTS.get(act.get("do", ""))
        if do is None:
            known = ", ".join(ACTS)
            return _failed(f"Nobody can {act.get('do')!r} here; the page can: {known}.")
        self._workspace.notices.pop(self._me(request), None)
        try:
            done = await do(self._seat(self._me(request)), act)
        except (LookupError, ValueError, DidNotAnswer) as wrong:
            return _failed(str(wrong))
        return web.json_response({"ok": True, **done})


def _failed(sentence: str) -> web.Response:
    return web.json_response({"ok": False, "error": sentence})


def _from_here(request: web.Request) -> bool:
    """Whether a browser's request comes from this machine's page and not from another site."""
    origin = request.headers.get("Origin")
    asked = URL(f"{request.scheme}://{request.host}").host
    return asked in LOOPBACK and (origin is None or URL(origin).host in LOOPBACK)
