"""The tracker: one server on the loopback, gone when its context ends."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

from aiohttp import web

from sandbox.tracker.access import Access
from sandbox.tracker.api import Desk, through
from sandbox.tracker.backlog import Backlog
from sandbox.tracker.faults import Faults
from sandbox.tracker.hands import Hands
from sandbox.tracker.hook_shapes import HookShapes
from sandbox.tracker.hooks import Hooks
from sandbox.tracker.issues_api import IssuesApi
from sandbox.tracker.keeping import TicketShelf
from sandbox.tracker.page.server import Page
from sandbox.tracker.people_api import V3, PeopleApi
from sandbox.tracker.places_api import PlacesApi
from sandbox.tracker.projects_api import ProjectsApi
from sandbox.tracker.seed import MILESTONES, PEOPLE, REPOSITORIES, fill
from sandbox.tracker.shapes import Shapes

HOST = "127.0.0.1"
#: A body of 65,536 characters, four bytes each, and JSON around it.
#: What webhooks are signed with, unless another is named.
SECRET = "what the two of them know"  # noqa: S105 - of a server that only this machine sees
LARGEST_REQUEST = 1024**2


class Tracker:
    """A small GitHub; open one with `Tracker.open`."""

    def __init__(self, now: Callable[[], datetime], secret: str) -> None:
        self.backlog = Backlog(now)
        self.access = Access(now)
        self.faults = Faults()
        self.hands = Hands(self.backlog)
        self.shapes = Shapes(self.backlog)
        told = HookShapes(self.backlog, self.shapes, self.access.installation)
        self.hooks = Hooks(self.backlog, told, secret)
        self.page = Page(self.backlog)
        #: What was asked of it, in the words of `api.WORDS`.
        self.calls: list[str] = []
        self.url = ""

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        *,
        now: Callable[[], datetime],
        port: int = 0,
        people: Mapping[str, str] = PEOPLE,
        repositories: Iterable[str] = REPOSITORIES,
        milestones: Mapping[str, int] = MILESTONES,
        secret: str = SECRET,
        shelf: TicketShelf | None = None,
    ) -> AsyncIterator["Tracker"]:
        """Serve it until the context ends; goes on with what a shelf holds, and closes that.

        `people` are logins and names.
        """
        tracker = cls(now, secret)
        async with AsyncExitStack() as stack:
            if shelf is not None:
                stack.callback(shelf.close)
            if shelf is None or not shelf.restore(tracker.backlog):
                fill(tracker.backlog, people, repositories, milestones)
            await stack.enter_async_context(tracker._served(port))
            if shelf is not None:
                shelf.keep(tracker.backlog)
            yield tracker

    @asynccontextmanager
    async def _served(self, port: int) -> AsyncIterator[None]:
        server = web.Application(client_max_size=LARGEST_REQUEST)
        runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.2)
        self._add_routes(server)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, port).start()
            self._stand_at(runner.addresses[0][1])
            yield
        finally:
            await self.hooks.close()
            await runner.cleanup()

    def _add_routes(self, server: web.Application) -> None:
        desk = Desk(self.backlog, self.shapes, self.access, self.faults, self.calls)
        server.middlewares.append(through(desk))
        issues = IssuesApi(desk)
        places = PlacesApi(desk, issues)
        PeopleApi(desk).add_to(server.router)
        ProjectsApi(desk).add_to(server.router)
        self.page.add_to(server)
        for at in (f"{V3}/repos/{{owner}}/{{repo}}", f"{V3}/repositories/{{repository_id:\\d+}}"):
            issues.add_to(server.router, at)
            places.add_to(server.router, at)

    def _stand_at(self, port: int) -> None:
        self.url = self.shapes.url = f"http://{HOST}:{port}/"

    @property
    def api_url(self) -> str:
        """Where its REST API is, as an Enterprise server's; GraphQL's is `/api/graphql`."""
        return f"{self.url}api/v3/"

    @property
    def token(self) -> str:
        """A token that may read and write everywhere here."""
        return self.access.token
