"""Two replicas of the app between one database and a local Slack; the year is turned by hand."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import select
from sqlmodel import col

from bot import slack as web
from bot.clock import Clock
from bot.courier import Courier
from bot.demo import MANIFEST
from bot.rooms import DELIVERIES, SCHEDULE
from handlers.in_hand import cancelled
from sandbox import Clock as Hands
from sandbox import Sandbox, bare
from sandbox.web_api import Call
from storage import people, workspaces
from storage.engine import Database, open_database
from storage.statements import run
from storage.tables import DeliveryRow
from tests.faults.deeds import described
from tests.faults.desk import WORKSPACE
from tests.faults.organisation import BEGIN, IS_STOPPED, Down, Owner

#: One morning of so many sees both replicas at work in the same moment; else one or the other.
TOGETHER = 3
#: One strike of a morning in so many is killed on its way, and one round of sending.
A_KILL = 25
#: In one round of so many Slack hangs up on posts that it has taken.
A_DROUGHT = 25
#: A kill comes within so many seconds, which is about what a strike or a post takes.
SOON = 0.03
_A_SECOND = timedelta(seconds=1)
_NOBODY = "http://127.0.0.1:1/api/"


class Replica:
    """One process of the app, as far as it does anything by itself."""

    def __init__(self, database: Database, clients: web.Clients, now: Hands) -> None:
        self.database = database
        self.clients = clients
        self._now = now
        self.restart()

    def restart(self) -> None:
        """Begin anew with nothing but what the database knows."""
        sessions = self.database.sessions
        self.courier = Courier(sessions, self.clients.posts, DELIVERIES, self._now)
        wake = self.courier.wake
        self.clock = Clock(sessions, self.clients.reads, self._now, SCHEDULE, wake)

    async def send(self) -> None:
        """Send until nothing is due."""
        while await self.courier.send_due():
            pass

    def calls_at(self, address: str) -> None:
        """Look for Slack there."""
        for client in (self.clients.posts, self.clients.reads):
            client.base_url = address


@dataclass
class World:
    """The organisation's Slack, the app in it, and all that goes wrong."""

    slack: Sandbox
    hands: Hands
    replicas: Sequence[Replica]
    away: Sequence[Down]
    chance: random.Random
    #: All that Slack was asked for.
    calls: list[Call] = field(default_factory=list)
    #: When something went wrong by chance.
    trouble: list[datetime] = field(default_factory=list)
    kills: int = 0

    def turn_to(self, at: datetime) -> None:
        """Let it be then, with the weather of that time."""
        before = self._down()
        self.hands.turn(at - self.hands.now())
        if (down := self._down()) == before:
            return
        how = down.how if down else ""
        status = 503 if how == "answers 503" else None
        self.slack.faults.down(how == "hangs up" or status is not None, status=status)
        for replica in self.replicas:
            replica.calls_at(_NOBODY if how == "refuses" else self.slack.api_url)

    @property
    def is_stopped(self) -> bool:
        """Whether the app is not running."""
        down = self._down()
        return down is not None and down.how == IS_STOPPED

    def _down(self) -> Down | None:
        return next((down for down in self.away if down.covers(self.hands.now())), None)

    async def strike(self, *, is_morning: bool) -> None:
        """Let a clock strike, or both at once."""
        if is_morning and self._by_chance(A_KILL):
            victim = self.chance.choice(self.replicas)
            await self._kill(asyncio.create_task(victim.clock.strike()), victim)
        await asyncio.gather(*(replica.clock.strike() for replica in self._at_it()))

    def _at_it(self) -> Sequence[Replica]:
        number = 1 if self.chance.randrange(TOGETHER) else len(self.replicas)
        return self.chance.sample(self.replicas, number)

    async def send(self, until: datetime) -> None:
        """Send what is due before then, turning the clock to it; while Slack is away, once."""
        soonest = self.hands.now()
        while (due := await self.next_due()) is not None and (at := max(due, soonest)) < until:
            self.turn_to(at)
            await self._round()
            self._note()
            if self._down():
                return
            soonest = at + _A_SECOND

    async def _round(self) -> None:
        if self._by_chance(A_DROUGHT):
            times = self.chance.randint(1, 4)
            self.slack.faults.drop_reply("chat.postMessage", times=times)
        if self._by_chance(A_KILL):
            victim = self.chance.choice(self.replicas)
            await self._kill(asyncio.create_task(victim.courier.run()), victim)
        await asyncio.gather(*(replica.send() for replica in self._at_it()))
        self.slack.faults.drop_reply("chat.postMessage", times=0)

    def _by_chance(self, one_in: int) -> bool:
        if self.chance.randrange(one_in):
            return False
        self.trouble.append(self.hands.now())
        return True

    async def _kill(self, task: asyncio.Task[None], victim: Replica) -> None:
        """End it wherever it is, with all that it holds in memory."""
        self.kills += 1
        await asyncio.wait({task}, timeout=self.chance.random() * SOON)
        await cancelled([task])
        victim.restart()

    def _note(self) -> None:
        """Slack's own list forgets what is old."""
        last = self.calls[-1] if self.calls else None
        fresh = list(takewhile(lambda call: call is not last, reversed(self.slack.calls)))
        self.calls += reversed(fresh)

    async def next_due(self) -> datetime | None:
        """When something can be sent next; None when nothing is owed."""
        due, lease = col(DeliveryRow.due_at), col(DeliveryRow.lease_until)
        query = select(col(DeliveryRow.channel), due, lease).where(due.is_not(None))
        async with self.replicas[0].database.sessions() as session:
            owed = (await run(session, query)).all()
        at: dict[str, datetime] = {}
        held: dict[str, datetime] = {}
        for channel, due_at, lease_until in owed:
            at[channel] = min(at.get(channel, due_at), due_at)
            held[channel] = max(held.get(channel, BEGIN), lease_until or BEGIN)
        return min((max(at[each], held[each]) for each in at), default=None)


@asynccontextmanager
async def opened(
    url: str, everybody: Sequence[Owner], away: Sequence[Down], chance: random.Random
) -> AsyncIterator[World]:
    """Open the organisation's Slack, and two replicas; at the end Slack may complain of nothing."""
    hands = Hands(BEGIN)
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(
            Sandbox.open(manifest=MANIFEST, clock=hands, seed=bare)
        )
        for owner in everybody:
            slack.workspace.add_person(owner.handle, owner.handle, tz=owner.zone)
        replicas = []
        for _ in range(2):
            database = open_database(url)
            stack.push_async_callback(database.close)
            clients = web.connect(slack.bot_token, slack.api_url)
            stack.push_async_callback(clients.close)
            replicas.append(Replica(database, clients, hands))
        async with database.sessions.begin() as session:
            await workspaces.ensure(session, WORKSPACE, "Local workspace")
            await people.remember(session, WORKSPACE, map(described, everybody), BEGIN)
        yield World(slack=slack, hands=hands, replicas=replicas, away=away, chance=chance)
        assert slack.complaints == []
