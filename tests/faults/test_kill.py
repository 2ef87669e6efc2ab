"""kill -9 between storing and sending: everything arrives, nothing twice, each place in order."""

import asyncio
import random
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from functools import partial
from itertools import cycle
from time import monotonic

import pytest

from bot.clock import wall
from bot.demo import MANIFEST
from sandbox import Sandbox
from storage import deliveries
from storage.engine import Database
from tests.faults.conftest import Report
from tests.faults.desk import NOTE, WORKSPACE, said, standing
from tests.faults.processes import cleared, ended, eventually, kill, start

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

OWED = 10_000
KILLS = 12
PEOPLE = 300
CHANNELS = (
    "#general",
    "#inc-checkout-latency",
    "#inc-payments-webhooks",
    "#reliability",
    "#inc-auth-tokens",
)


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox.open(manifest=MANIFEST) as opened:
        for number in range(PEOPLE):
            opened.workspace.add_person(f"owner{number:04}", f"Owner {number}")
        # So that calls are under way when their process dies, and land after it.
        opened.faults.latency = 0.01
        yield opened


class Killer:
    """Kills a worker in the moment one of its messages has landed and nobody was told yet."""

    def __init__(self, slack: Sandbox, at: list[int], chance: random.Random) -> None:
        self._slack = slack
        self._at = at
        self._chance = chance
        self._before = self._messages()
        self.alive: list[Process] = []
        self.fallen: asyncio.Queue[Process] = asyncio.Queue()
        slack.workspace.changes.listen(self._look)

    def _messages(self) -> int:
        return sum(len(one.messages) for one in self._slack.workspace.channels.values())

    def _look(self) -> None:
        if self._at and self.alive and self._messages() - self._before >= self._at[0]:
            self._at.pop(0)
            victim = self._chance.choice(self.alive)
            self.alive.remove(victim)
            kill(victim)
            self.fallen.put_nowait(victim)


async def _owe(database: Database, slack: Sandbox) -> dict[str, list[str]]:
    """Owe every place its share of them, in one transaction; in which order each has to get it."""
    places = [slack.workspace.channel(name).id for name in CHANNELS]
    places += [slack.workspace.person(f"owner{number:04}").id for number in range(PEOPLE)]
    owed: dict[str, list[str]] = {place: [] for place in places}
    async with database.sessions.begin() as session:
        for number, place in zip(range(OWED), cycle(places), strict=False):
            await deliveries.enqueue(
                session, WORKSPACE, NOTE, str(number), channel=place, due_at=wall()
            )
            owed[place].append(f"{WORKSPACE}/{NOTE}/{number}")
    return owed


async def _work_and_die(command: Sequence[str], workers: int, killer: Killer) -> None:
    """Keep this many workers running: one is started for each that is killed."""
    for _ in range(workers):
        killer.alive.append(await start(*command))
    for _ in range(KILLS):
        await (await killer.fallen.get()).communicate()
        killer.alive.append(await start(*command))


@pytest.mark.parametrize(
    ("database_url", "workers"), [("postgresql", 2), ("sqlite", 1)], indirect=["database_url"]
)
async def test_ten_thousand_messages_survive_kills_and_arrive_once_and_in_order(
    slack: Sandbox, database: Database, database_url: str, workers: int, seed: int, report: Report
) -> None:
    began, chance = monotonic(), random.Random(seed)  # noqa: S311 - chance, not a secret
    killer = Killer(slack, sorted(chance.sample(range(20, OWED - 20), KILLS)), chance)
    command = ("tests/faults/worker.py", database_url, slack.api_url, slack.bot_token)
    owed = await _owe(database, slack)
    async with cleared(killer.alive):
        await _work_and_die(command, workers, killer)
        await eventually(partial(_nothing_owed, database), 200, "Not everything arrived.")
        assert [await ended(each) for each in killer.alive] == [0] * workers
    stands, placed = standing(slack), said(slack)
    report(
        "kill -9",
        seed=seed,
        owed=OWED,
        sent=stands.total(),
        duplicate=stands.total() - len(stands),
        lost=OWED - len(stands),
        disordered=sum(placed[place] != expected for place, expected in owed.items()),
        kills=KILLS,
        seconds=round(monotonic() - began, 1),
    )
    assert (len(stands), stands.total()) == (OWED, OWED)
    assert {place: placed[place] for place in owed} == owed


async def _nothing_owed(database: Database) -> bool:
    async with database.sessions() as session:
        return (await deliveries.health(session, wall())).owed == 0
