"""The processes of a run: the fake Slack, and the app that is measured."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psutil

from bench.workspace import Asked

PATIENCE = 60
LOOK_EVERY = 0.01
#: What an app printed, in its folder.
LOG = "log"


@dataclass(frozen=True)
class Slack:
    """The fake Slack, seen from the one who gives the orders."""

    orders: str
    session: aiohttp.ClientSession
    certificate: Path | None

    async def app_connected(self) -> None:
        """Return when an app's connection is open."""
        await self._ask("connected")

    async def told(self) -> dict[str, str]:
        """What an app must be told to find it, as environment variables."""
        settings = {
            "SLACK_API_URL": f"{(await self._ask('address'))['address']}/api/",
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "SLACK_APP_TOKEN": "xapp-bench",
        }
        trust = {"SSL_CERT_FILE": str(self.certificate)} if self.certificate else {}
        return settings | trust

    async def _ask(self, what: str) -> dict[str, Any]:
        async with self.session.get(f"{self.orders}/orders/{what}") as answer:
            answer.raise_for_status()
            told: dict[str, Any] = await answer.json()
            return told

    async def send(self, commands: list[Asked], delay: float = 0.0) -> dict[str, Any]:
        """Have these commands sent; every Web API call takes `delay` seconds meanwhile."""
        order = {"delay": delay, "commands": [(each.after, each.channel) for each in commands]}
        async with self.session.post(f"{self.orders}/orders/commands", json=order) as answer:
            answer.raise_for_status()
            timings: dict[str, Any] = await answer.json()
            return timings


@dataclass(frozen=True)
class App:
    """A running app; `ready` is how many seconds it took until a command could come."""

    process: psutil.Popen
    ready: float

    def cpu(self) -> float:
        """Seconds of processor time used so far, its threads' included."""
        used = self.process.cpu_times()
        return float(used.user + used.system)

    def resident(self) -> float:
        """Resident memory now, in MiB."""
        return float(self.process.memory_info().rss) / 2**20


@asynccontextmanager
async def slack(certificate: Path | None, key: Path | None) -> AsyncIterator[Slack]:
    """Run the fake Slack, over TLS with a certificate."""
    command = [sys.executable, "-m", "bench.fake_slack", *(str(e) for e in (certificate, key) if e)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        port = int(await process.stdout.readline())
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
            yield Slack(f"http://127.0.0.1:{port}", session, certificate)
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def bare(slack: Slack, folder: Path) -> AsyncIterator[App]:
    """Run the bare Bolt app."""
    started, process = _start("bench.bare", folder, await slack.told())
    try:
        await slack.app_connected()
        yield App(process, time.monotonic() - started)
    finally:
        _stop(process)


@asynccontextmanager
async def ours(slack: Slack, folder: Path) -> AsyncIterator[App]:
    """Run the product on a database that does not exist yet; ready when it says so itself."""
    port = _free_port()
    settings = {"DATABASE_URL": database_url(folder), "PORT": str(port)}
    started, process = _start("bot serve", folder, await slack.told() | settings)
    try:
        await slack.app_connected()
        await _says_ready(slack.session, port)
        yield App(process, time.monotonic() - started)
    finally:
        _stop(process)


def database_url(folder: Path) -> str:
    """Where our app keeps its data."""
    return f"sqlite:///{folder / 'bench.sqlite3'}"


def _start(what: str, folder: Path, told: dict[str, str]) -> tuple[float, psutil.Popen]:
    command = [sys.executable, "-m", *what.split()]
    with (folder / LOG).open("w") as log:
        started = time.monotonic()
        process = psutil.Popen(command, cwd=folder, env=os.environ | told, stdout=log, stderr=log)
    return started, process


async def _says_ready(session: aiohttp.ClientSession, port: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.ok:
                        return
            except aiohttp.ClientConnectionError:
                pass  # it does not listen yet
            await asyncio.sleep(LOOK_EVERY)


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _stop(process: psutil.Popen) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE / 4)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait()
