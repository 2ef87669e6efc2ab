"""Ten thousand webhooks at once, and the process stopped or killed among them: none is lost."""

import asyncio
import hashlib
import hmac
import json
import socket
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import count
from time import monotonic

import aiohttp
import psutil
import pytest
from sqlalchemy import func, select
from sqlmodel import col

from bot.clock import wall
from bot.demo import MANIFEST
from domain.tickets import Place, Seen, TicketState, TrackerKind
from sandbox import Sandbox
from storage import action_items, ticket_places, tickets
from storage.engine import Database
from storage.statements import run
from storage.tables import HeardHookRow, TicketRow
from tests.faults.conftest import Report
from tests.faults.desk import WORKSPACE
from tests.faults.processes import cleared, ended, eventually, kill, start
from tests.storage.samples import ITEM, started

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

HOOKS, TICKETS, CONNECTIONS = 10_000, 200, 200
#: What a burst may hold in memory beside what the process needs anyhow, in MiB.
MEMORY_MOST = 64
SECRET = "what the two of them know"
#: As long as what GitHub tells of an issue with a description of a few lines.
_ABOUT = "x" * 12_000


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox.open(manifest=MANIFEST) as opened:
        yield opened


def _hook(number: int) -> tuple[dict[str, str], bytes]:
    issue = {"number": number % TICKETS + 1, "body": _ABOUT, "updated_at": number}
    told = {"action": "edited", "issue": issue, "repository": {"full_name": "acme/shop"}}
    body = json.dumps(told).encode()
    sign = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return {"X-GitHub-Event": "issues", "X-Hub-Signature-256": f"sha256={sign}"}, body


async def _tickets(database: Database) -> None:
    """Let there be items with tickets that nobody needs to look at for a day."""
    now, numbers = wall(), count(1)
    async with database.sessions.begin() as session:
        for _ in range(TICKETS):
            made = await started(session, WORKSPACE, None)
            add = partial(action_items.add, session, WORKSPACE, made.id, ITEM)
            item = await add(by="U1", now=now, submission="")
            place = Place(kind=TrackerKind.GITHUB, project="acme/shop")
            await ticket_places.keep(session, WORKSPACE, place, now)
            await tickets.begin(session, WORKSPACE, item.id or 0, now)
        lease = timedelta(minutes=1)
        claim = partial(tickets.claim, session, WORKSPACE, TrackerKind.GITHUB, now)
        for each in await claim(lease=lease, limit=TICKETS):
            ref = f"acme/shop/{next(numbers)}"
            seen = Seen(ref=ref, key=ref, url=ref, state=TicketState.OPEN, updated_at=now)
            later = now + timedelta(days=1)
            await tickets.settle(session, each, seen=seen, told=None, next_at=later, now=now)


@dataclass
class App:
    """The app as its users start it, always at the same port, with its memory watched."""

    slack: Sandbox
    url: str
    port: int
    all: list[Process] = field(default_factory=list)
    least: int = 0
    most: int = 0

    async def start(self) -> None:
        """Start it, and wait until it listens."""
        settings = {
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
            "DATABASE_URL": self.url,
            "GITHUB_WEBHOOK_SECRET": SECRET,
            "PORT": str(self.port),
            "LOG_LEVEL": "WARNING",
        }
        self.all.append(await start("-m", "bot", "serve", environment=settings))
        await eventually(self._listens, 60, "The app did not start.")
        self.least = self.least or self._memory()

    async def _listens(self) -> bool:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.close()
            return True
        return False

    def _memory(self) -> int:
        return int(psutil.Process(self.all[-1].pid).memory_info().rss / 2**20)

    def look(self) -> None:
        """See how much memory it has now."""
        with suppress(psutil.NoSuchProcess):
            self.most = max(self.most, self._memory())

    async def end(self, how: str) -> None:
        """Stop it gently, or cut its power."""
        if how == "kill":
            kill(self.all[-1])
            await self.all[-1].communicate()
        else:
            assert await ended(self.all[-1]) == 0


@dataclass
class Sender:
    """Sends every webhook until somebody answers, as trackers do; `answers` are by status."""

    app: App
    answers: dict[int, int] = field(default_factory=dict)
    again: int = 0

    async def send(self, http: aiohttp.ClientSession, numbers: asyncio.Queue[int]) -> None:
        """Send one after the other until there are none left."""
        while not numbers.empty():
            status = await self._answered(http, numbers.get_nowait())
            self.answers[status] = self.answers.get(status, 0) + 1
            if not sum(self.answers.values()) % 100:
                self.app.look()

    async def _answered(self, http: aiohttp.ClientSession, number: int) -> int:
        headers, body = _hook(number)
        url = f"http://127.0.0.1:{self.app.port}/api/trackers/github"
        while True:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with http.post(url, data=body, headers=headers) as answer:
                    if answer.status < 500:
                        return answer.status
            self.again += 1
            await asyncio.sleep(0.2)

    async def answered(self, number: int) -> bool:
        """Whether so many were answered."""
        return sum(self.answers.values()) >= number


async def _burst(app: App, sender: Sender, how: str) -> None:
    numbers: asyncio.Queue[int] = asyncio.Queue()
    for number in range(HOOKS):
        numbers.put_nowait(number)
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector) as http:
        sending = [asyncio.create_task(sender.send(http, numbers)) for _ in range(CONNECTIONS)]
        await eventually(partial(sender.answered, HOOKS // 3), 300, "The burst is not answered.")
        await app.end(how)
        await app.start()
        await asyncio.gather(*sending)


async def _kept(database: Database) -> tuple[int, int]:
    """How many webhooks were heard, and how many tickets are to be looked at for them."""
    async with database.sessions() as session:
        heard = (await run(session, select(func.count()).select_from(HeardHookRow))).scalar_one()
        named = select(func.count()).where(col(TicketRow.wanted) > 1)
        return int(heard), int((await run(session, named)).scalar_one())


@pytest.mark.parametrize("how", ["stop", "kill"])
async def test_ten_thousand_webhooks_at_once_survive_a_restart(
    slack: Sandbox, database: Database, database_url: str, how: str, report: Report
) -> None:
    await _tickets(database)
    app = App(slack, database_url, _free_port())
    async with cleared(app.all):
        await app.start()
        began, sender = monotonic(), Sender(app)
        await _burst(app, sender, how)
        seconds = monotonic() - began
    heard, named = await _kept(database)
    told = {f"answered {status}": number for status, number in sorted(sender.answers.items())}
    grew = app.most - app.least
    report("webhooks", heard=heard, named=named, **told, again=sender.again, grew=f"{grew} MiB",
           seconds=round(seconds, 1))  # fmt: skip
    assert (heard, named) == (HOOKS, TICKETS)
    assert set(sender.answers) <= {200, 409}
    assert grew < MEMORY_MOST


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
