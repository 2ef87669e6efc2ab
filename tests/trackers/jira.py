"""A stand-in of Jira on the loopback, Cloud or Data Center, that remembers.

It refuses what breaks the schemas of `jira_schemas`, and parameters that the reference does not
know, and says in `broken` which.
"""

import asyncio
import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Self
from uuid import uuid4

import aiohttp
from aiohttp import web
from jsonschema import Draft202012Validator

from tests.trackers.jira_api import GONE, Issues, Refused
from tests.trackers.jira_desk import Desk
from tests.trackers.jira_faults import Fault, Faults
from tests.trackers.jira_hands import Hands
from tests.trackers.jira_paths import AGILE, CLOUD, SERVER, Row
from tests.trackers.jira_places import Places
from tests.trackers.jira_project import Change, Issue, usual
from tests.trackers.jira_schemas import CLOUD as CLOUD_SCHEMAS
from tests.trackers.jira_schemas import SERVER as SERVER_SCHEMAS
from tests.trackers.jira_shapes import Shapes, errors, refusal

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]

USER = "closedloop@example.com"
TOKEN = "jira-token"
BASE = "https://jira.example.com"
#: Where a token with scopes is taken (api.atlassian.com/ex/jira/CLOUD-ID).
GATEWAY = "/ex/jira/9f3c1f36-6ab1-4a3f-8f7c-6f7a5f1f2f10"


def wall() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


class JiraStandIn(Hands):
    """A StandIn; `user` and `token` are what it is asked with, `gateway` where but at its root."""

    def __init__(
        self, *, cloud: bool = True, now: Callable[[], datetime] = wall, gateway: str = ""
    ) -> None:
        super().__init__(Desk(usual(), Shapes(cloud=cloud, base=BASE), now, self._tell))
        self.cloud, self._gateway = cloud, gateway
        self.user, self.token = USER if cloud else "", TOKEN
        self.url, self.secret, self.hooks_to = "", "jira-secret", ""
        self.calls: list[str] = []
        self.hooks: list[tuple[dict[str, str], bytes]] = []
        self.broken: list[str] = []
        self._now = now
        self._faults = Faults()
        self._sending: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        issues, places = Issues(self.desk), Places(self.desk)
        rest = "/rest/api/3" if self.cloud else "/rest/api/2"
        for base, rows in ((rest, CLOUD if self.cloud else SERVER), ("/rest/agile/1.0", AGILE)):
            for row in rows:
                answer = getattr(issues, row[3], None) or getattr(places, row[3])
                at = f"{self._gateway}{base}{row[1]}"
                app.router.add_route(row[0], at, self._wrapped(row, answer))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}{self._gateway}"
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.sent()
        if self._runner:
            await self._runner.cleanup()

    def fail_next(
        self,
        status: int,
        times: int = 1,
        *,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        on: str = "any",
    ) -> None:
        """Answer the next calls of this word so, and do nothing."""
        said = refusal(status) if body is None else body
        for _ in range(times):
            held = dict(headers or {})
            self._faults.failing.append(Fault(on=on, status=status, headers=held, body=said))

    def lose_next_answer(self, on: str = "create") -> None:
        """Do the next call of this word, then drop the connection instead of an answer."""
        self._faults.losing.append(on)

    async def sent(self) -> None:
        """Wait for the webhooks that are on their way."""
        await asyncio.gather(*self._sending)

    def _wrapped(self, row: Row, answer: Handle) -> Handle:
        async def handle(request: web.Request) -> web.StreamResponse:
            # Data Center tells the history with the issue itself.
            word = "changed" if "changelog" in request.query.get("expand", "") else row[2]
            self.calls.append(word)
            fault = self._faults.take(word)
            if fault:
                return fault.answer()
            try:
                await self._admit(row, request)
                answered = await answer(request)
            except Refused as refused:
                return web.json_response(refused.body, status=refused.status)
            if self._faults.loses(word) and request.transport:
                request.transport.abort()
            return answered

        return handle

    async def _admit(self, row: Row, request: web.Request) -> None:
        """Refuse who is not known, and what the reference does not know."""
        basic = "Basic " + b64encode(f"{self.user}:{self.token}".encode()).decode()
        right = basic if self.cloud else f"Bearer {self.token}"
        if request.headers.get("Authorization") != right:
            raise Refused(*self._unknown(row))
        broken = [f"parameter {name}" for name in request.query if name not in row[4].split()]
        schema = (CLOUD_SCHEMAS if self.cloud else SERVER_SCHEMAS).get(row[2])
        if request.method != "GET":
            found = Draft202012Validator(schema or False).iter_errors(await request.json())
            broken += [f"{row[2]} {one.json_path}: {one.message[:300]}" for one in found]
        if broken:
            self.broken += broken
            raise Refused(
                400, errors("Invalid request payload. Refer to the REST API documentation.")
            )

    def _unknown(self, row: Row) -> tuple[int, object]:
        """What somebody is told whose token is none: Cloud shows them what it shows to everybody.

        Which is nothing of this project (rest/v3/intro, "Anonymous operations").
        """
        is_shown_nothing = self.cloud and row[0] == "GET" and row[3] != "myself"
        return (404, errors(GONE)) if is_shown_nothing else (401, refusal(401))

    def _tell(self, event: str, issue: Issue, change: Change | None, by: str) -> None:
        told = self.desk.shapes.hook(event, issue, change, by, self._now())
        body = json.dumps(told).encode()
        signature = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "X-Atlassian-Webhook-Identifier": str(uuid4()),
            "X-Hub-Signature": f"sha256={signature}",
        }
        self.hooks.append((headers, body))
        if self.hooks_to:
            sending = asyncio.create_task(_post(self.hooks_to, headers, body))
            self._sending.add(sending)
            sending.add_done_callback(self._sending.discard)


async def _post(url: str, headers: dict[str, str], body: bytes) -> None:
    async with aiohttp.ClientSession() as session, session.post(url, headers=headers, data=body):
        pass
