"""The line to Slack or to the database breaks while a form is on its way: done once, or not."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import structlog
from sqlalchemy import make_url

from blocks import postmortems as forms
from bot.demo import MANIFEST, settings_for
from bot.process import running
from sandbox import Answer, Clock, DidNotAnswer, Modal, Sandbox
from storage.engine import open_database
from tests.faults.conftest import Report, on_server
from tests.scenarios.stage import FACTS, NOW, Stage

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
Arrived = asyncio.Queue[str]


@pytest.fixture
async def slack(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """The app in a workspace, on the test's database."""
    clock = Clock(NOW)
    with structlog.testing.capture_logs([structlog.contextvars.merge_contextvars]) as logs:
        async with Sandbox.open(manifest=MANIFEST, clock=clock) as sandbox:
            settings = settings_for(sandbox, tmp_path / "unused")
            settings = settings.model_copy(update={"database_url": database_url})
            async with running(settings, now=clock.now) as bot:
                yield Stage(sandbox=sandbox, bot=bot, clock=clock, logs=logs)


@pytest.fixture
def arrived(slack: Stage) -> Arrived:
    """What reaches the app's listeners, as it comes."""
    queue: Arrived = asyncio.Queue()

    async def see(body: dict[str, str], next_: Callable[[], Awaitable[None]]) -> None:
        queue.put_nowait(body.get("type", "command"))
        await next_()

    slack.bot.app.use(see)
    return queue


@asynccontextmanager
async def locked(database_url: str) -> AsyncIterator[None]:
    """Somebody else writes to the database as long as the block runs."""
    other = open_database(database_url)
    async with other.sessions.begin() as session:
        await session.connection()
        yield
    await other.close()


async def _cut_while_saving(
    slack: Stage, modal: Modal, arrived: Arrived, database_url: str
) -> Answer:
    """Press Save, cut the line while the app is at it, and let Slack send it again."""
    slack.sandbox.faults.ack_seconds = 30
    while not arrived.empty():  # what opened the form
        arrived.get_nowait()
    async with locked(database_url):
        saving = asyncio.create_task(modal.submit())
        assert await arrived.get() == "view_submission"
        await slack.sandbox.faults.disconnect()
        assert await arrived.get() == "view_submission"
    answer = await saving
    await slack.settled()
    return answer


@on_sqlite
async def test_a_start_form_sent_again_after_a_cut_starts_one_postmortem(
    slack: Stage, arrived: Arrived, database_url: str, report: Report
) -> None:
    modal = (await slack.start_form()).fill(**FACTS)
    answer = await _cut_while_saving(slack, modal, arrived, database_url)

    report("start form, line cut", sent=2, stored=await slack.count("postmortem"))
    assert (answer.closed, len(slack.cards())) == (True, 1)
    assert await slack.count("postmortem") == 1
    assert len(slack.logged("form_repeated")) == 1


@on_sqlite
async def test_an_item_sent_again_after_a_cut_is_kept_once(
    slack: Stage, arrived: Arrived, database_url: str, report: Report
) -> None:
    await slack.started()
    modal = (await slack.opened("ana", forms.ADD_ITEM)).fill(**slack.promise())
    answer = await _cut_while_saving(slack, modal, arrived, database_url)

    report("item form, line cut", sent=2, stored=len(await slack.items()))
    assert (answer.closed, len(slack.cards())) == (True, 1)
    assert len(await slack.items()) == 1
    assert await slack.count("item_history") == 1


@on_sqlite
async def test_a_form_that_waits_for_the_database_too_long_is_kept_once(
    slack: Stage, database_url: str
) -> None:
    modal = (await slack.start_form()).fill(**FACTS)
    async with locked(database_url):
        slack.sandbox.faults.ack_seconds = 0.3
        with pytest.raises(DidNotAnswer):
            await modal.submit()
        assert slack.person("ana").notice  # Slack's own sentence; the form stays as it was typed
        assert modal.is_open
    slack.sandbox.faults.ack_seconds = 30
    answer = await modal.submit()
    await slack.settled()

    assert (answer.closed, await slack.count("postmortem"), len(slack.cards())) == (True, 1, 1)


@asynccontextmanager
async def unreachable(socket: str, database_url: str) -> AsyncIterator[None]:
    """Cut every connection to the database, and let nobody in while the block runs."""
    name = make_url(database_url).database
    await on_server(socket, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await on_server(
        socket,
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608 - our own name
    )
    yield
    await on_server(socket, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@on_postgresql
async def test_without_its_database_the_app_says_so_and_goes_on_when_it_is_back(
    slack: Stage, postgres: str, database_url: str
) -> None:
    ana = slack.person("ana")
    modal = (await slack.start_form()).fill(**FACTS)
    async with unreachable(postgres, database_url):
        refused = await modal.submit()
        await slack.person("diego").command("#inc-payments-webhooks", "/postmortem")
        await slack.bot.opening.finish(5)
        told = slack.person("diego").messages("#inc-payments-webhooks")[-1]
    assert "Nothing you typed is lost" in next(iter(refused.errors.values()))
    assert "Something went wrong on our side" in told.text
    assert await slack.count("postmortem") == 0

    answer = await (await ana.modal()).submit()
    await slack.settled()
    assert (answer.closed, await slack.count("postmortem"), len(slack.cards())) == (True, 1, 1)
