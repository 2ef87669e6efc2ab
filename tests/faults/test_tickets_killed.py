"""kill -9 while tickets are made in three trackers: each item has one, and none has two."""

import asyncio
import random
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from itertools import cycle
from time import monotonic, time

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from domain.people import Person
from domain.tickets import Account, Place, TrackerKind
from handlers import kept_items
from handlers.kept_items import ADDED, Deed
from storage import people, ticket_places, tracker_accounts, workspaces
from storage.engine import Database
from storage.statements import run
from storage.tables import ActionItemRow, TicketRow
from tests.faults.between import Between, between
from tests.faults.conftest import Report
from tests.faults.fast_clock import fast
from tests.faults.processes import cleared, ended, eventually, kill, start
from tests.storage.samples import FACTS, ITEM, started
from tests.trackers.github_standin import GitHubStandIn
from tests.trackers.jira import JiraStandIn
from tests.trackers.linear import LinearStandIn
from tests.trackers.standin import StandIn

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

ITEMS = 200
KILLS = 6
PLACES = {
    TrackerKind.GITHUB: Place(
        kind=TrackerKind.GITHUB, project="acme/shop", board="project 7", service="github"
    ),
    TrackerKind.JIRA: Place(kind=TrackerKind.JIRA, project="SHOP", board="1", service="jira"),
    TrackerKind.LINEAR: Place(
        kind=TrackerKind.LINEAR, project="SHOP", board="cycles", service="linear"
    ),
}


class Workers:
    """Workers that are killed now and then, and replaced."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self._number = number
        self._chance = chance
        self.all: list[Process] = []
        self.fallen: asyncio.Queue[Process] = asyncio.Queue()
        self._command: tuple[str, ...] = ()

    async def begin(self, *command: str) -> None:
        """Start them."""
        self._command = ("tests/faults/ticket_worker.py", *command)
        self.all += [await start(*self._command) for _ in range(self._number)]

    def kill_one(self) -> None:
        """Kill any of them; which of two asked does not matter to a power cut."""
        alive = [each for each in self.all if each.returncode is None]
        if alive:
            victim = self._chance.choice(alive)
            kill(victim)
            self.fallen.put_nowait(victim)

    async def replace(self) -> None:
        """Start another for each that fell, for as long as they fall."""
        while True:
            await (await self.fallen.get()).communicate()
            self.all.append(await start(*self._command))

    async def end(self) -> list[int]:
        """End those that live; how they ended."""
        return [await ended(each) for each in self.all if each.returncode is None]


@asynccontextmanager
async def _trackers(begun: float) -> AsyncIterator[dict[TrackerKind, StandIn]]:
    now = fast(begun)
    async with AsyncExitStack() as stack:
        yield {
            TrackerKind.GITHUB: await stack.enter_async_context(GitHubStandIn(now)),
            TrackerKind.JIRA: await stack.enter_async_context(JiraStandIn(now=now)),
            TrackerKind.LINEAR: await stack.enter_async_context(LinearStandIn(now=now)),
        }


async def _promise(database: Database, there: dict[TrackerKind, StandIn], begun: float) -> None:
    """Let there be ITEMS items of three services, and an owner with accounts in their trackers."""
    at = fast(begun)()
    async with database.sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await people.remember(session, "T1", [Person(id="U1", name="Ada")], at)
        for kind, place in PLACES.items():
            account = Account(id=there[kind].account_of("ada"), name="Ada")
            await tracker_accounts.found(session, "T1", kind, "U1", account, at)
            await ticket_places.keep(session, "T1", place, at)
    for number, kind in zip(range(ITEMS), cycle(PLACES), strict=False):
        async with database.sessions.begin() as session:
            facts = replace(FACTS, service=kind.value)
            which = {"channel": f"C{number}", "submission": f"V{number}"}
            incident = await started(session, facts=facts, now=at, **which)
            item = replace(ITEM, what=f"Promise {number}")
            deed = Deed(by="U1", at=at, event=ADDED)
            await kept_items.add(session, "T1", incident.id, item, deed)


async def _all_are_known(database: Database) -> bool:
    query = select(func.count()).where(col(ActionItemRow.ticket) != "")
    made = select(func.count()).where(col(TicketRow.sprint) != "")
    async with database.sessions() as session:
        known = (await run(session, query)).scalar_one()
        return bool(known == (await run(session, made)).scalar_one() == ITEMS)


@pytest.mark.parametrize(
    ("database_url", "workers"), [("postgresql", 2), ("sqlite", 1)], indirect=["database_url"]
)
async def test_two_hundred_items_survive_kills_and_have_one_ticket_each(
    database: Database, database_url: str, workers: int, seed: int, report: Report
) -> None:
    began, begun, chance = monotonic(), time(), random.Random(seed)  # noqa: S311 - chance, not a secret
    ours = Workers(workers, chance)
    async with _trackers(begun) as there, AsyncExitStack() as stack, cleared(ours.all):
        await _promise(database, there, begun)
        of_each = range(2, ITEMS // len(there))
        gates = {
            kind: Between(ours.kill_one, set(chance.sample(of_each, KILLS)), chance)
            for kind in there
        }
        where = {
            kind: await stack.enter_async_context(between(there[kind].url, gate))
            for kind, gate in gates.items()
        }
        github = there[TrackerKind.GITHUB]
        assert isinstance(github, GitHubStandIn)
        await ours.begin(
            *(database_url, str(begun), where[TrackerKind.GITHUB], github.token),
            *(where[TrackerKind.JIRA], where[TrackerKind.LINEAR]),
        )
        replacing = asyncio.create_task(ours.replace())
        await eventually(partial(_all_are_known, database), 300, "Not every item has a ticket.")
        replacing.cancel()
        assert set(await ours.end()) == {0}
        made = [each.title for one in there.values() for each in one.tickets()]
    report(
        "tickets, kill -9",
        seed=seed,
        items=ITEMS,
        tickets=len(made),
        twice=len(made) - len(set(made)),
        missing=ITEMS - len(set(made)),
        kills=sum(sum(gate.deaths.values()) for gate in gates.values()),
        seconds=round(monotonic() - began, 1),
    )
    assert sorted(made) == sorted(f"Promise {number}" for number in range(ITEMS))
