"""The process asks the Prometheus that its settings name, and goes on when that is silent."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.demo import MANIFEST, settings_for
from bot.process import Bot, running
from domain.services import Service
from sandbox import Clock, Sandbox
from storage import services
from tests.integrations.watching import Server, vector, watching
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import NOW


@pytest.fixture
async def prometheus() -> AsyncIterator[Server]:
    """A Prometheus that is asked."""
    async with watching() as server:
        yield server


@pytest.fixture
async def bot(prometheus: Server, sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Bot]:
    """A process that is to ask it."""
    database = shutil.copyfile(sqlite_template, tmp_path / "closedloop.sqlite3")
    clock = Clock(NOW)
    named = {"prometheus_url": prometheus.url, "prometheus_token": SecretStr("secret")}
    async with Sandbox.open(manifest=MANIFEST, clock=clock) as sandbox:
        settings = settings_for(sandbox, database).model_copy(update=named)
        async with running(settings, now=clock.now) as bot:
            yield bot


async def asked(bot: Bot) -> Service:
    """Give checkout as it is known once the clock has struck."""
    async with bot.database.sessions.begin() as session:
        service = await services.taken(session, TEAM, "checkout")
        await services.change(session, replace(service, query="sum(burned)", ask_at=NOW))
    await bot.clock.strike()
    async with bot.database.sessions() as session:
        found = await services.named(session, TEAM, "checkout")
    assert found is not None
    return found


async def test_what_it_says_is_known(bot: Bot, prometheus: Server) -> None:
    service = await asked(bot)
    assert (service.burned, service.is_burning) == (82.5, True)
    assert prometheus.asked == [("sum(burned)", "Bearer secret")]


async def test_what_it_does_not_say_is_trouble(bot: Bot, prometheus: Server) -> None:
    prometheus.body = vector("1", "2")
    assert "yields 2 numbers" in (await asked(bot)).trouble
