"""A Linear on the loopback: executes what it is asked against Linear's types, and remembers."""

import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Self
from uuid import uuid4

from aiohttp import ClientSession, web

from domain.tickets import TicketState
from tests.trackers.linear_answers import Root, answer, schema, word_of
from tests.trackers.linear_told import failure, webhook
from tests.trackers.linear_world import Thing, World, id_of, state_of_kind
from tests.trackers.standin import Ticket

SECRET = "linear's secret"
API_KEY = "lin_api_local"
_STATES = {"completed": TicketState.DONE, "canceled": TicketState.DROPPED}


class LinearStandIn:
    """The StandIn of Linear: team SHOP with cycles, and ATTIC; the key is `api_key`.

    `world` can be changed by hand. What is put under a word in `meanwhile` happens once, just
    before what that word asks for.
    """

    def __init__(
        self,
        *,
        secret: str = SECRET,
        api_key: str = API_KEY,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.url = ""
        self.secret = secret
        self.api_key = api_key
        self.calls: list[str] = []
        self.asked: list[Thing] = []
        self.hooks: list[tuple[dict[str, str], bytes]] = []
        self.hooks_to = ""
        self.world = World(now)
        self.meanwhile: dict[str, Callable[[], object]] = {}
        self._posted = 0
        self._types = schema()
        self._root = Root(self.world, self._tell)
        self._failures: list[tuple[str, web.Response]] = []
        self._lost: list[str] = []

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_post("/graphql", self._serve)
        self._runner = web.AppRunner(app)
        self._http = ClientSession()
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/graphql"
        return self

    async def __aexit__(self, *exc: object) -> None:
        """Listen no longer."""
        await self._http.close()
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        word = word_of(asked["query"])
        self.calls.append(word)
        self.asked.append(asked)
        if request.headers.get("Authorization") != self.api_key:
            return failure(401)
        if failed := _taken(self._failures, word):
            return failed
        self.meanwhile.pop(word, lambda: None)()
        status, body = answer(self._types, self._root, asked)
        await self._post_hooks()
        if word in self._lost and request.transport:
            self._lost.remove(word)
            request.transport.abort()
        return web.json_response(body, status=status)

    def fail_next(
        self,
        status: int,
        times: int = 1,
        *,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        on: str = "any",
    ) -> None:
        """Answer so; without a body in the words Linear has for what the status means."""
        self._failures += [(on, failure(status, headers, body)) for _ in range(times)]

    def lose_next_answer(self, on: str = "create") -> None:
        """Do what is asked, then drop the connection."""
        self._lost.append(on)

    def tickets(self) -> list[Ticket]:
        """All that are not in the bin, oldest first."""
        return [_ticket(issue) for issue in self.world.issues.values() if not issue["trashed"]]

    def account_of(self, person: str) -> str:
        """The id of a person's account."""
        return id_of(person)

    async def assign(self, ref: str, person: str | None, by: str) -> None:
        """Assign it, or take it from whoever has it."""
        await self._by_hand(ref, by, {"assignee": person and self.world.users[person]})

    async def close(self, ref: str, by: str) -> None:
        """Move it to Completed."""
        await self.put(ref, "completed", by)

    async def drop(self, ref: str, by: str) -> None:
        """Move it to Canceled."""
        await self.put(ref, "canceled", by)

    async def reopen(self, ref: str, by: str) -> None:
        """Move it to Unstarted."""
        await self.put(ref, "unstarted", by)

    async def put(self, ref: str, kind: str, by: str) -> None:
        """Move it to the status of this kind."""
        team = self.world.issues[ref]["team"]
        await self._by_hand(ref, by, {"state": state_of_kind(team, kind)})

    async def set_due(self, ref: str, day: date | None, by: str) -> None:
        """Set its due date."""
        await self._by_hand(ref, by, {"dueDate": day and day.isoformat()})

    async def delete(self, ref: str) -> None:
        """Put it in the bin, as people delete in Linear; see `empty_bin`."""
        issue = self.world.issues[ref]
        issue |= {"trashed": True, "archivedAt": self.world.now().isoformat()}
        self._tell("remove", issue, self.world.users["ada"], {})
        await self._post_hooks()

    def empty_bin(self) -> None:
        """Forget what is in the bin, as Linear does after 30 days."""
        issues = self.world.issues
        for ref in [ref for ref, issue in issues.items() if issue["trashed"]]:
            del issues[ref]

    async def move(self, ref: str) -> None:
        """Move it to the team ATTIC: it has another key there, and the same id."""
        issue, attic = self.world.issues[ref], self.world.teams["ATTIC"]
        issue["previousIdentifiers"].append(issue["identifier"])
        issue["identifier"] = f"ATTIC-{issue['number']}"
        issue["url"] = f"https://linear.app/acme/issue/{issue['identifier']}"
        state = state_of_kind(attic, issue["state"]["type"])
        await self._by_hand(ref, "ada", {"team": attic, "state": state, "cycle": None})

    async def _by_hand(self, ref: str, by: str, new: Thing) -> None:
        issue, person = self.world.issues[ref], self.world.users[by]
        if before := self.world.change(issue, person, new):
            self._tell("update", issue, person, before)
        await self._post_hooks()

    def _tell(self, action: str, issue: Thing, by: Thing, before: Thing) -> None:
        body = json.dumps(webhook(action, issue, by, before, self.world.now())).encode()
        signature = hmac.new(self.secret.encode(), body, sha256).hexdigest()
        headers = {"Linear-Signature": signature, "Linear-Event": "Issue"}
        headers |= {"Linear-Delivery": str(uuid4()), "Content-Type": "application/json"}
        self.hooks.append((headers, body))

    async def _post_hooks(self) -> None:
        while self.hooks_to and self._posted < len(self.hooks):
            headers, body = self.hooks[self._posted]
            self._posted += 1
            async with self._http.post(self.hooks_to, data=body, headers=headers):
                pass


def _taken(failures: list[Any], word: str) -> web.Response | None:
    for failure_ in failures:
        if failure_[0] in {word, "any"}:
            failures.remove(failure_)
            taken: web.Response = failure_[1]
            return taken
    return None


def _ticket(issue: Thing) -> Ticket:
    assignee, cycle, due = issue["assignee"], issue["cycle"], issue["dueDate"]
    return Ticket(
        ref=issue["id"],
        key=issue["identifier"],
        title=issue["title"],
        body=issue["description"] or "",
        state=_STATES.get(issue["state"]["type"], TicketState.OPEN),
        assignee=assignee["displayName"] if assignee else "",
        due_on=date.fromisoformat(due) if due else None,
        labels=tuple(label["name"] for label in issue["_labels"]),
        sprint=f"Cycle {cycle['number']:g}" if cycle else "",
        comments=tuple(comment["body"] for comment in issue["_comments"]),
    )
