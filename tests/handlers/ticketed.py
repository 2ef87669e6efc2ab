"""Items with tickets in a tracker in memory, on a real database, and the duty that sees to them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import update
from sqlmodel import col

from domain.action_items import ActionItem, HistoryEntry
from domain.decisions import Decided, Decision, Moment, decide
from domain.kept_tickets import Ticket, wanted_as_data
from domain.people import Person
from domain.programme import Programme
from domain.ticket_text import INCIDENT
from domain.tickets import Account, Place, TicketState, TrackerKind
from handlers import kept_items
from handlers.kept_items import ADDED, Deed
from handlers.ticketing import Ticketing
from storage import (
    action_items,
    item_history,
    people,
    postmortems,
    ticket_places,
    tickets,
    tracker_accounts,
    workspaces,
)
from storage.engine import Sessions
from storage.statements import run
from storage.tables import TicketRow
from tests.storage.samples import ITEM, NOW, started
from tests.trackers.in_memory import InMemory

#: Nobody answers there: what these tests need of people is known.
SLACK = AsyncWebClient(base_url="http://127.0.0.1:9/api/")
A_MINUTE = timedelta(minutes=1)
#: By then whatever is followed is looked at again, should nobody have told.
A_LOOK = timedelta(minutes=16)
PEOPLE = {"U1": "ann", "U2": "ben", "U3": "cleo"}
JIRA = TrackerKind.JIRA
CARD_AT = "https://lumen.slack.example/archives/C1/p1"


@dataclass(kw_only=True)
class Desk:
    """A workspace with a tracker; its clock is turned by hand."""

    sessions: Sessions
    at: datetime = NOW
    tracker: InMemory = field(init=False)

    def __post_init__(self) -> None:
        self.tracker = InMemory(lambda: self.at)
        self.duty = self.worker()

    def worker(self, **also: Any) -> Ticketing:
        """Whoever sees to its tickets, by its clock; several may."""
        return Ticketing(self.tracker, "T1", lambda: self.at, **also)

    async def open(self, **place: Any) -> None:
        """Let there be people with accounts, and a place for tickets."""
        async with self.sessions.begin() as session:
            await workspaces.ensure(session, "T1")
            met = [Person(id=each, name=name.title()) for each, name in PEOPLE.items()]
            await people.remember(session, "T1", met, self.at)
            for each, name in PEOPLE.items():
                account = Account(id=name, name=name.title())
                await tracker_accounts.found(session, "T1", JIRA, each, account, self.at)
            where = Place(kind=JIRA, project="SHOP", **place)
            await ticket_places.keep(session, "T1", where, self.at)

    async def promise(self, number: int = 1, **other: Any) -> ActionItem:
        """Let an incident have an item."""
        which = {"channel": f"C{number}", "submission": f"V{number}"}
        is_private = other.pop("is_private", False)
        async with self.sessions.begin() as session:
            made = await started(session, is_private=is_private, **which)
            item = replace(ITEM, **other)
            deed = Deed(by="U1", at=self.at, event=ADDED)
            return (await kept_items.add(session, "T1", made.id, item, deed))[0]

    async def strike(self, after: timedelta = A_MINUTE) -> None:
        """Turn the clock, and let the duty do what is due."""
        self.at += after
        await self.duty(self.sessions, SLACK, self.at)

    async def made(self, number: int = 1, **place: Any) -> ActionItem:
        """Let there be items with tickets that know where their incidents are; the first item."""
        await self.open(**place)
        for which in range(1, number + 1):
            await self.promise(which)
        await self.strike()
        for which in range(1, number + 1):
            await self._address(which)
        self.tracker.calls.clear()
        return await self.item()

    async def _address(self, which: int) -> None:
        told = (await self.ticket(which)).told
        assert told is not None
        lines = (
            replace(each, url=CARD_AT if each.label == INCIDENT else "") for each in told.lines
        )
        knows = wanted_as_data(replace(told, lines=tuple(lines)))
        mine = col(TicketRow.item_id) == which
        async with self.sessions.begin() as session:
            await run(session, update(TicketRow).where(mine).values(told=knows))

    async def item(self, which: int = 1) -> ActionItem:
        """Give an item as it stands."""
        async with self.sessions() as session:
            found = await action_items.item(session, "T1", which)
        assert found is not None
        return found[1]

    async def ticket(self, which: int = 1) -> Ticket:
        """Give what is kept of a ticket."""
        async with self.sessions() as session:
            found = await tickets.find(session, which)
        assert found is not None
        return found

    async def place(self) -> Place:
        """Give where tickets are made."""
        async with self.sessions() as session:
            (found,) = await ticket_places.standing(session, "T1")
        return found

    async def history(self, which: int = 1) -> list[HistoryEntry]:
        """Give all that was done to an item."""
        async with self.sessions() as session:
            return await item_history.of_item(session, which)

    async def newest(self) -> tuple[str, str, str]:
        """Give what was done last, by whom, and what the history says of it."""
        entry = (await self.history())[-1]
        return entry.event, entry.actor, entry.reason

    async def decides(self, decision: Decision, by: str = "U1", **said: Any) -> ActionItem:
        """Let somebody decide something about the item, as it is kept."""
        item, decided = (
            await self.item(),
            Decided(decision=decision, **{"words": "So it is.", **said}),
        )
        person = Person(id=decided.person, name=decided.person) if decided.person else None
        today = self.at.date()
        at = Moment(
            by=by, now=self.at, today=today, programme=Programme(soak_days=0), person=person
        )
        return await self.keep(item, decide(item, decided, at), decision, by)

    async def keep(self, old: ActionItem, new: ActionItem, event: str, by: str) -> ActionItem:
        """Keep an item as it is now."""
        async with self.sessions.begin() as session:
            await postmortems.lock(session, "T1", 1)
            deed = Deed(by=by, at=self.at, event=event, reason="So it is.")
            await kept_items.change(session, "T1", old, new, deed)
        return new

    async def wanted(self, kind: str) -> int:
        """Give how often messages of a kind were asked for."""
        async with self.sessions() as session:
            connection = await session.connection()
            query = f"SELECT SUM(wanted) FROM delivery WHERE kind = '{kind}'"  # noqa: S608 - as below
            return int((await connection.exec_driver_sql(query)).scalar_one())

    async def owed(self, kind: str) -> list[str]:
        """Give to whom messages of a kind are owed."""
        async with self.sessions() as session:
            connection = await session.connection()
            query = f"SELECT channel FROM delivery WHERE kind = '{kind}' ORDER BY channel"  # noqa: S608 - tests name it
            return [row[0] for row in await connection.exec_driver_sql(query)]


def stands(desk: Desk) -> tuple[TicketState, str, date | None]:
    """Give how the ticket stands."""
    seen = desk.tracker.of("1").seen
    return seen.state, seen.account, seen.due_on


def below(desk: Desk) -> list[str]:
    """Give what was written below the ticket."""
    return [*desk.tracker.of("1").comments.values()]


async def rests(desk: Desk) -> None:
    """Assert that nothing more is asked but how the ticket stands."""
    desk.tracker.calls.clear()
    for _ in range(3):
        await desk.strike(A_LOOK)
    assert set(desk.tracker.calls) <= {"read"}
