"""Serves the page, and does what people ask for there."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from aiohttp import web

from sandbox.tracker.backlog import Backlog
from sandbox.tracker.deeds import Deeds
from sandbox.tracker.page.board import board
from sandbox.tracker.page.frame import frame, people
from sandbox.tracker.page.gate import add_headers, only_from_here
from sandbox.tracker.page.issue import issue_page
from sandbox.tracker.said import BODY_MAX
from sandbox.tracker.tickets import Account, Issue, Repository

ASSETS = {"style.css": "text/css", "script.js": "text/javascript", "icon.svg": "image/svg+xml"}
SEAT = "tracker_as"
WHERE = "/{owner}/{repo}/issues"
Json = dict[str, str]


class Page:
    """The page of one tracker."""

    def __init__(self, backlog: Backlog) -> None:
        self._backlog = backlog
        self._process = uuid4().hex[:8]
        self._closing = False
        self._looking: set[asyncio.Event] = set()
        self._changes = 0
        backlog.listen(lambda _: self.look_again())

    def add_to(self, server: web.Application) -> None:
        """Serve it."""
        server.middlewares.insert(0, only_from_here)
        server.on_response_prepare.append(add_headers)
        server.on_shutdown.append(self._close)
        routes = server.router
        routes.add_get("/", self.everything)
        routes.add_get("/live", self.live)
        routes.add_post("/as", self.sit)
        routes.add_get("/assets/{name}", self.asset)
        routes.add_get(WHERE, self.repository)
        routes.add_get(f"{WHERE}/{{number:\\d+}}", self.issue)
        routes.add_post(f"{WHERE}/{{number:\\d+}}/{{deed}}", self.do)

    async def asset(self, request: web.Request) -> web.Response:
        """A file of the page."""
        name = request.match_info["name"]
        if name not in ASSETS:
            raise web.HTTPNotFound
        text = Path(__file__).with_name(name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=ASSETS[name])

    async def everything(self, request: web.Request) -> web.Response:
        """The board of all repositories."""
        issues = [*self._backlog.issues.values()]
        return self._page(request, "All tickets", board(self._backlog, issues, "All tickets"))

    async def repository(self, request: web.Request) -> web.Response:
        """The board of one."""
        home = self._home(request)
        issues = self._backlog.issues_of(home)
        main = board(self._backlog, issues, home.full_name)
        return self._page(request, home.full_name, main)

    async def issue(self, request: web.Request) -> web.Response:
        """One issue; what was transferred is shown where it is now."""
        home, number = self._home(request), int(request.match_info["number"])
        place = home.left.get(number)
        if place:
            there = self._backlog.repositories[place[0]]
            raise web.HTTPFound(f"/{there.full_name}/issues/{place[1]}")
        issue = self._backlog.issue(home, number)
        if issue is None:
            return self._nothing(request, "This issue was deleted, or was never there.")
        title = f"{issue.title} · {home.full_name}#{number}"
        return self._page(request, title, issue_page(self._backlog, issue))

    async def sit(self, request: web.Request) -> web.Response:
        """Be somebody else from now on."""
        said = await self._form(request)
        back = said.get("back", "/")
        seen = web.HTTPSeeOther(back if back.startswith("/") and back[1:2] not in "/\\" else "/")
        if said.get("login") in {one.login for one in people(self._backlog)}:
            seen.set_cookie(SEAT, said["login"], httponly=True, samesite="Lax")
        raise seen

    async def do(self, request: web.Request) -> web.Response:
        """Do something with an issue, and show what became of it."""
        home, deed = self._home(request), request.match_info["deed"]
        issue = self._backlog.issue(home, int(request.match_info["number"]))
        if issue is None or deed not in DEEDS:
            return self._nothing(request, "This issue was deleted meanwhile: nothing was done.")
        deeds = Deeds(self._backlog, self._me(request).login)
        DEEDS[deed](self._backlog, deeds, issue, await self._form(request))
        at = f"/{home.full_name}/issues"
        raise web.HTTPSeeOther(at if deed == "delete" else f"{at}/{issue.number}")

    async def live(self, request: web.Request) -> web.StreamResponse:
        """Tell of every change until somebody closes the page (server-sent events)."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        changed = asyncio.Event()
        self._looking.add(changed)
        try:
            while not self._closing:
                await stream.write(f"data: {self._version}\n\n".encode())
                await changed.wait()
                changed.clear()
        except ConnectionResetError:
            pass  # the page was closed, which is how this ends
        finally:
            self._looking.discard(changed)
        return stream

    @property
    def _version(self) -> str:
        return f"{self._process}-{self._changes}"

    def look_again(self) -> None:
        """Let everybody who has the page open see it as it is now."""
        self._changes += 1
        self._wake()

    def _wake(self) -> None:
        for one in self._looking:
            one.set()

    async def _close(self, _server: web.Application) -> None:
        self._closing = True
        self._wake()

    def _home(self, request: web.Request) -> Repository:
        said = request.match_info
        home = self._backlog.repository(f"{said['owner']}/{said['repo']}")
        if home is None:
            raise web.HTTPNotFound(text="There is no such repository here: go to the board, at /.")
        return home

    def _me(self, request: web.Request) -> Account:
        there = people(self._backlog)
        login = request.query.get("as") or request.cookies.get(SEAT, "")
        return next((one for one in there if one.login == login), there[0])

    async def _form(self, request: web.Request) -> Json:
        said = await request.post()
        return {name: value for name, value in said.items() if isinstance(value, str)}

    def _nothing(self, request: web.Request, sentence: str) -> web.Response:
        main = f'<h1>Nothing here</h1><p>{sentence} <a href="/">Go to the board</a>.</p>'
        return self._page(request, "Nothing here", main, status=404)

    def _page(self, request: web.Request, title: str, main: str, status: int = 200) -> web.Response:
        me = self._me(request)
        version = self._version
        text = frame(self._backlog, title, main, me=me, path=request.path, version=version)
        answer = web.Response(text=text, content_type="text/html", status=status)
        if "as" in request.query:
            answer.set_cookie(SEAT, me.login, httponly=True, samesite="Lax")
        return answer


def _assign(_backlog: Backlog, deeds: Deeds, issue: Issue, said: Json) -> None:
    login = said.get("assign", "")
    deeds.assign(issue, [login] if login in _backlog.home(issue).people else [])


def _comment(_backlog: Backlog, deeds: Deeds, issue: Issue, said: Json) -> None:
    body = said.get("body", "").replace("\r\n", "\n").strip()[:BODY_MAX]
    if body:
        deeds.comment(issue, body)


def _sprint(backlog: Backlog, deeds: Deeds, issue: Issue, said: Json) -> None:
    project = next(iter(backlog.projects.values()))
    numbers = {str(one.number): one.number for one in project.planned(backlog.now().date())}
    deeds.schedule(issue, numbers.get(said.get("sprint", "")))


DEEDS: dict[str, Callable[[Backlog, Deeds, Issue, Json], object]] = {
    "assign": _assign,
    "comment": _comment,
    "sprint": _sprint,
    "close": lambda _, deeds, issue, __: deeds.close(issue),
    "drop": lambda _, deeds, issue, __: deeds.close(issue, "not_planned"),
    "reopen": lambda _, deeds, issue, __: deeds.reopen(issue),
    "delete": lambda _, deeds, issue, __: deeds.delete(issue),
}
