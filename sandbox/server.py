"""The local Slack: one process, loopback only, gone when its context ends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from aiohttp import web

from sandbox import seed as seeds
from sandbox.browser.gate import guard
from sandbox.browser.server import PageServer
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.hands.person import Person
from sandbox.keeping.shelf import Shelf
from sandbox.line.delivery import Delivery
from sandbox.line.events import Events
from sandbox.line.interactions import Interactions
from sandbox.line.outage import Outage
from sandbox.line.signed_http import SignedHttp
from sandbox.line.socket_mode import SocketMode
from sandbox.line.traffic import Traffic
from sandbox.manifest import App, read_manifest
from sandbox.response_urls import ResponseUrls
from sandbox.uploads import Uploads
from sandbox.web_api import Call, WebApi
from sandbox.workspace import Workspace

HOST = "127.0.0.1"
#: A file of 20 MB fits, though the page sends it as text, which is a third longer.
LARGEST_REQUEST = 32 * 1024**2


class Sandbox:
    """A workspace that speaks Slack's protocols; open one with `Sandbox.open`."""

    def __init__(self, app: App, clock: Clock) -> None:
        self.clock = clock
        self.faults = Faults()
        self.workspace = Workspace(app, clock, self.faults)
        self.traffic = Traffic(clock.now, self._handle)
        self._sockets = SocketMode(app.id, self.faults)
        self._web_api = WebApi(self.workspace, self.faults, self._sockets.ticket, self.traffic)
        self._delivery = Delivery(self._sockets, self.faults, self.workspace.changes, self.traffic)
        self._web_api.in_hand = self._delivery.in_hand
        self._http: list[SignedHttp] = []
        self._interactions = Interactions(self.workspace)
        self.faults.closing_sockets_by(self._sockets.disconnect)
        self._is_open = asyncio.Event()
        self.url = ""

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        manifest: Path = Path("manifest.yml"),
        clock: Clock | None = None,
        port: int = 0,
        seed: Callable[[Workspace], object] | None = None,
        shelf: Shelf | None = None,
        *,
        let_in: bool = True,
    ) -> AsyncIterator["Sandbox"]:
        """Serve a workspace on loopback until the context ends; goes on with what a shelf holds.

        Unless people are to be `let_in` at once, the page waits for `slack.let_in()`.
        """
        slack = cls(read_manifest(manifest), clock or Clock())
        if shelf is None or not shelf.restore(slack.workspace):
            (seed or seeds.company)(slack.workspace)
        # What stood there before the app came is no news to it.
        Events(slack.workspace, slack._delivery)
        if let_in:
            slack.let_in()
        async with AsyncExitStack() as stack:
            if shelf is not None:
                stack.push_async_callback(shelf.close)
            await stack.enter_async_context(slack._served(port))
            if shelf is not None:
                shelf.keep(slack.workspace)
            yield slack

    @asynccontextmanager
    async def _served(self, port: int) -> AsyncIterator[None]:
        runner = web.AppRunner(self._routes(), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, port).start()
            self._stand_at(runner.addresses[0][1])
            yield
        finally:
            await self._close()
            await runner.cleanup()

    def _routes(self) -> web.Application:
        server = web.Application(client_max_size=LARGEST_REQUEST)
        guard(server)
        server.router.add_route("*", "/api/{method}", self._web_api.handle)
        server.router.add_get("/link", self._sockets.handle)
        outage = Outage(self.faults, self.traffic)
        ResponseUrls(self.workspace, self.traffic, outage).add_to(server)
        Uploads(self.workspace, self.traffic, outage).add_to(server)
        PageServer(self.workspace, self.person, self.traffic, self._is_open).add_to(server)
        return server

    def _handle(self, user_id: str) -> str | None:
        account = self.workspace.people.get(user_id)
        return account.handle if account else None

    def _stand_at(self, port: int) -> None:
        self.url = f"http://{HOST}:{port}/"
        self._web_api.base_url = self.workspace.url = self.url

    async def _close(self) -> None:
        await self._delivery.close()
        await self._sockets.close()
        for line in self._http:
            await line.close()

    def let_in(self) -> None:
        """Open the page to people: what they see is told, and they may act."""
        self._is_open.set()

    @property
    def api_url(self) -> str:
        """The value for SLACK_API_URL."""
        return f"{self.url}api/"

    @property
    def bot_token(self) -> str:
        """The value for SLACK_BOT_TOKEN."""
        return self.workspace.app.bot_token

    @property
    def app_token(self) -> str:
        """The value for SLACK_APP_TOKEN."""
        return self.workspace.app.app_token

    @property
    def signing_secret(self) -> str:
        """The value for SLACK_SIGNING_SECRET."""
        return self.workspace.app.signing_secret

    @property
    def complaints(self) -> list[str]:
        """What Slack would have ignored or refused in silence; expect it to be empty."""
        return self.workspace.complaints

    @property
    def calls(self) -> list[Call]:
        """The Web API calls, oldest first; of very many, the newest."""
        return list(self._web_api.calls)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]

    @property
    def connections(self) -> int:
        """How many Socket Mode connections are open."""
        return len(self._sockets.connections)

    def deliver_to(self, url: str) -> SignedHttp:
        """Send everything to `url` as signed HTTP from now on, instead of Socket Mode."""
        line = SignedHttp(url, self.signing_secret)
        self._http.append(line)
        self._delivery.line = line
        return line

    def person(self, name: str) -> Person:
        """Take somebody's seat, by handle or id."""
        return Person(self.workspace, self._delivery, self._interactions, name)

    @property
    def is_asked(self) -> bool:
        """Whether something is not acknowledged yet, or a call of the app's not answered."""
        return self._delivery.is_asked

    async def acknowledged(self) -> None:
        """Wait until everything is acknowledged that was told by now, and every call answered."""
        await self._delivery.acknowledged()

    async def settled(self) -> None:
        """Wait until the app has acknowledged everything and no call of its is in hand."""
        await self._delivery.settled()
