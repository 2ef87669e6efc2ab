"""A tracker in memory, to drive the flow with: its hands do what people do in a tracker."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain.tickets import (
    Account,
    Aspect,
    Change,
    Place,
    Seen,
    TicketState,
    TrackerKind,
    Wanted,
)
from integrations.trackers import TicketGone, TrackerBusy, TrackerRefused

#: What only looks.
READS = frozenset({"find", "read", "changed", "account"})


@dataclass
class Ticket:
    """A ticket as it stands, with all that was ever written of it."""

    ours: str
    seen: Seen
    said: Wanted
    comments: dict[str, str] = field(default_factory=dict)
    changes: dict[Aspect, Change] = field(default_factory=dict)
    sprint: str = ""


class InMemory:
    """A Tracker, and the hands of people in it; nobody's account is found but those of `people`."""

    aspects: Collection[Aspect] = frozenset(Aspect)

    def __init__(self, now: Callable[[], datetime], kind: TrackerKind = TrackerKind.JIRA) -> None:
        self.now = now
        self.kind = kind
        self.tickets: list[Ticket] = []
        self.people: dict[str, Account] = {}
        self.calls: list[str] = []
        self.refuses: dict[str, str] = {}
        self.silent: dict[str, int] = {}
        self.wait: timedelta | None = None
        self.loses: set[str] = set()
        self.dies: set[str] = set()
        self.unassignable: set[str] = set()
        self.meanwhile: dict[str, Callable[[], Awaitable[None]]] = {}

    async def _asked(self, word: str) -> None:
        self.calls.append(word)
        if meanwhile := self.meanwhile.pop(word, None):
            await meanwhile()
        if word in self.refuses:
            raise TrackerRefused(self.refuses[word])
        if self.silent.get(word, 0):
            self.silent[word] -= 1
            raise TrackerBusy(f"{self.kind.called} did not answer.", self.wait)

    def _answered(self, word: str) -> None:
        if word in self.dies:
            self.dies.remove(word)
            raise asyncio.CancelledError
        if word in self.loses:
            self.loses.remove(word)
            raise TrackerBusy(f"{self.kind.called} did not answer.")

    def of(self, ref: str) -> Ticket:
        """One ticket; the only one is "1"."""
        found = next((each for each in self.tickets if each.seen.ref == ref), None)
        if found is None:
            raise TicketGone
        return found

    async def find(self, place: Place, ours: str, since: datetime) -> Seen | None:
        """Look for a ticket."""
        del place, since
        await self._asked("find")
        return next((each.seen for each in self.tickets if each.ours == ours), None)

    async def create(self, place: Place, ours: str, wanted: Wanted) -> Seen:
        """Make a ticket."""
        await self._asked("create")
        number = len(self.tickets) + 1
        key = f"{place.project}-{number}"
        seen = Seen(
            ref=str(number),
            key=key,
            url=f"https://tracker.example/{key}",
            state=TicketState.OPEN,
            updated_at=self.now(),
            account="" if wanted.account in self.unassignable else wanted.account,
            due_on=wanted.due_on,
        )
        self.tickets.append(Ticket(ours=ours, seen=seen, said=wanted))
        self._answered("create")
        return seen

    async def read(self, place: Place, ref: str) -> Seen:
        """Read a ticket."""
        del place
        await self._asked("read")
        return self.of(ref).seen

    async def update(self, place: Place, ref: str, old: Wanted | None, new: Wanted) -> Seen:
        """Let a ticket say something else."""
        del place
        await self._asked("update")
        ticket = self.of(ref)
        ticket.said, seen = new, ticket.seen
        if (old is None or old.account != new.account) and new.account not in self.unassignable:
            seen = replace(seen, account=new.account)
        if old is None or old.due_on != new.due_on:
            seen = replace(seen, due_on=new.due_on)
        if old is None or old.state != new.state:
            seen = replace(seen, state=new.state)
        ticket.seen = replace(seen, updated_at=self.now())
        self._answered("update")
        return ticket.seen

    async def comment(self, place: Place, ref: str, text: str, mark: str) -> None:
        """Write below a ticket."""
        del place
        await self._asked("comment")
        self.of(ref).comments.setdefault(mark, text)

    async def plan(self, place: Place, ref: str) -> str:
        """Place a ticket in the next sprint."""
        await self._asked("plan")
        self.of(ref).sprint = f"Next of {place.board}"
        return self.of(ref).sprint

    async def changed(self, place: Place, ref: str, aspect: Aspect) -> Change | None:
        """Say who changed something."""
        del place
        await self._asked("changed")
        return self.of(ref).changes.get(aspect)

    async def account(self, place: Place, said: str) -> Account | None:
        """Say whose address it is."""
        del place
        await self._asked("account")
        return self.people.get(said)

    async def known_as(self) -> str:
        """Say who we are."""
        await self._asked("check")
        return "Closed Loop"

    async def check(self, place: Place) -> list[str]:
        """Nothing is wrong."""
        del place
        return []

    async def close(self) -> None:
        """Nothing is open."""

    @staticmethod
    def person(name: str) -> Account:
        """Somebody's account."""
        return Account(id=name, name=name.title())

    def _by(self, ref: str, aspect: Aspect, by: str) -> Ticket:
        name = next((each.name for each in self.people.values() if each.id == by), by)
        ticket = self.of(ref)
        ticket.changes[aspect] = Change(at=self.now(), name=name, account=by)
        ticket.seen = replace(ticket.seen, updated_at=self.now())
        return ticket

    def put(self, ref: str, state: TicketState, by: str = "jane") -> None:
        """Let somebody close a ticket, or open it again."""
        ticket = self._by(ref, Aspect.STATE, by)
        ticket.seen = replace(ticket.seen, state=state)

    def assign(self, ref: str, account: str, by: str = "jane") -> None:
        """Let somebody assign a ticket, or take it from whoever has it."""
        ticket = self._by(ref, Aspect.OWNER, by)
        ticket.seen = replace(ticket.seen, account=account)

    def set_due(self, ref: str, day: date | None, by: str = "jane") -> None:
        """Let somebody move a ticket."""
        ticket = self._by(ref, Aspect.DUE, by)
        ticket.seen = replace(ticket.seen, due_on=day)

    def delete(self, ref: str) -> None:
        """Let somebody delete a ticket."""
        self.tickets.remove(self.of(ref))

    def move(self, ref: str, key: str) -> None:
        """Let somebody move a ticket to another project."""
        ticket = self.of(ref)
        url = f"https://tracker.example/{key}"
        ticket.seen = replace(ticket.seen, key=key, url=url, updated_at=self.now())
