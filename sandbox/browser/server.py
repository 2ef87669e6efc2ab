"""The browser page: its files, its state, its inspector, and what is done on it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from aiohttp import web

from sandbox.browser.acts import ACTS
from sandbox.browser.live import Sight
from sandbox.browser.pushing import push
from sandbox.browser.snapshot import snapshot
from sandbox.hands.person import Person
from sandbox.line.traffic import Traffic
from sandbox.refusals import DidNotAnswer, Json
from sandbox.workspace import Workspace

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

DIST = Path(__file__).parent.parent / "page" / "dist"
UNBUILT = "The page is not built yet: run `npm ci && npm run build` in sandbox/page."


class PageServer:
    """Serves the page to a browser on this machine."""

    def __init__(
        self,
        workspace: Workspace,
        seat: Callable[[str], Person],
        traffic: Traffic,
        is_open: asyncio.Event,
    ) -> None:
        self._is_open = is_open
        self._workspace = workspace
        self._seat = seat
        self._traffic = traffic

    def add_to(self, server: web.Application) -> None:
        """Take the page's paths."""
        server.router.add_get("/", self._index)
        server.router.add_get("/archives/{rest:.*}", self._index)
        server.router.add_get("/page/state", self._once_open(self._state))
        server.router.add_get("/page/live", self._once_open(self._live))
        server.router.add_post("/page/act", self._once_open(self._act))
        server.router.add_get("/page/traffic", self._talk)
        server.router.add_get(r"/page/traffic/{n:\d+}", self._exchange)
        if (DIST / "assets").is_dir():
            server.router.add_static("/assets", DIST / "assets")

    def _once_open(self, handler: Handler) -> Handler:
        """Let people wait until the workspace's past is told: an earlier act would be part of it.

        A tab of an earlier demo, still open on the same port, would act at once.
        """

        async def waiting(request: web.Request) -> web.StreamResponse:
            await self._is_open.wait()
            return await handler(request)

        return waiting

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
        sight = Sight(self._workspace, self._me(request), request.query.get("channel", ""))

        def answer(text: str) -> str | None:
            asked = _object(text)
            return sight.look(str(asked["look"])) if "look" in asked else None

        return await push(request, self._workspace.changes, sight.frame, answer)

    async def _talk(self, request: web.Request) -> web.StreamResponse:
        news = self._traffic.reader()

        def frame() -> str | None:
            lines = [one.to_line() for one in news()]
            return json.dumps({"calls": lines}) if lines else None

        return await push(request, self._traffic.changes, frame, lambda _: None)

    async def _exchange(self, request: web.Request) -> web.Response:
        found = self._traffic.find(int(request.match_info["n"]))
        if found is None:
            return _failed("That is too long ago: only the newest are kept.", status=404)
        return web.json_response(found.to_page(), dumps=partial(json.dumps, default=str))

    async def _act(self, request: web.Request) -> web.Response:
        act = _object(await request.text())
        do = ACTS.get(str(act.get("do")))
        if do is None:
            known = ", ".join(ACTS)
            return _failed(f"Nobody can {act.get('do')!r} here; the page can: {known}.")
        me = self._me(request)
        if self._workspace.notices.pop(me, None):
            self._workspace.changes.happened()
        try:
            done = await do(self._seat(me), act)
        except KeyError as missing:
            return _failed(f"{act['do']} needs {missing}.")
        except (LookupError, ValueError, DidNotAnswer) as wrong:
            return _failed(str(wrong))
        return web.json_response({"ok": True, **done})


def _object(text: str) -> Json:
    """The object that a page sent; an empty one for anything else."""
    try:
        said = json.loads(text)
    except json.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _failed(sentence: str, status: int = 200) -> web.Response:
    return web.json_response({"ok": False, "error": sentence}, status=status)
