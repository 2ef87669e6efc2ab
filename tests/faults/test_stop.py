"""SIGTERM while forms are being opened and messages sent: all of it done, the rest left whole."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from time import monotonic

import pytest

from bot.clock import wall
from bot.demo import MANIFEST
from handlers.sections import CARD
from sandbox import Sandbox
from storage import deliveries
from storage.engine import Database
from tests.faults.conftest import Report
from tests.faults.desk import WORKSPACE, owe, rows, standing
from tests.faults.processes import cleared, ended, eventually, start
from tests.storage.samples import started

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

CARDS = 40
CHANNEL = "#inc-checkout-latency"


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox.open(manifest=MANIFEST) as opened:
        # A process needs its time to start.
        opened.faults.ack_seconds = opened.faults.trigger_seconds = 30
        yield opened


async def _serve(slack: Sandbox, database_url: str) -> Process:
    """Start the app as its users do."""
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
        "PORT": "0",
    }
    return await start("-m", "bot", "serve", environment=settings)


async def _owe_cards(slack: Sandbox, database: Database) -> None:
    """Start a postmortem in each of many channels, and owe each its card."""
    bot = slack.workspace.app.bot_user
    for number in range(CARDS):
        channel = slack.workspace.add_channel(f"inc-{number}", ["ana", bot]).id
        async with database.sessions.begin() as session:
            made = await started(session, WORKSPACE, channel)
        await owe(database.sessions, str(made.id), channel, wall(), kind=CARD)


async def _stopped_at_work(slack: Sandbox, database: Database, url: str) -> float:
    """Stop a process with messages and a form in its hands; how long that took."""
    ana = slack.person("ana")
    process = await _serve(slack, url)
    async with cleared([process]):
        await ana.command(CHANNEL, "/postmortem help")  # answered as soon as it is connected
        await _owe_cards(slack, database)
        await eventually(lambda: _in_hand(database), 20, "Nothing was claimed.")
        await ana.command(CHANNEL, "/postmortem")
        asked = monotonic()
        assert await ended(process, seconds=30) == 0
        return round(monotonic() - asked, 1)


async def _finished_by_another(slack: Sandbox, database: Database, url: str) -> None:
    """Start the next process, with a command waiting for it, and let it send the rest."""
    bob = slack.person("bob")
    asking = asyncio.create_task(bob.command(CHANNEL, "/postmortem"))
    process = await _serve(slack, url)
    async with cleared([process]):
        await asking
        await eventually(lambda: _nothing_owed(database), 40, "Not everything arrived.")
        await bob.modal()
        assert await ended(process) == 0


@pytest.mark.parametrize(("delay", "within"), [(1.5, 10), (60, 15)], ids=["slow", "stuck"])
async def test_a_stop_finishes_what_is_in_hand_and_the_next_process_goes_on(
    slack: Sandbox, database: Database, database_url: str, delay: float, within: int, report: Report
) -> None:
    for method in ("chat.postMessage", "views.open"):
        slack.faults.delay(method, delay)
    took = await _stopped_at_work(slack, database, database_url)
    stored = await rows(database.sessions)
    before = standing(slack).total()
    assert before == len([each for each in stored if each.message_ts])
    assert [each for each in stored if each.token] == []
    if delay < 3:
        assert slack.workspace.views.of(slack.person("ana").id)
        assert 0 < before < CARDS

    for method in ("chat.postMessage", "views.open"):
        slack.faults.delay(method, 0)
    await _finished_by_another(slack, database, database_url)
    stands = standing(slack)
    report("stop", owed=CARDS, before=before, sent=stands.total(), seconds=took)
    assert (len(stands), stands.total()) == (CARDS, CARDS)
    assert took < within


async def _in_hand(database: Database) -> bool:
    return any(each.token for each in await rows(database.sessions))


async def _nothing_owed(database: Database) -> bool:
    async with database.sessions() as session:
        return (await deliveries.health(session, wall())).owed == 0
