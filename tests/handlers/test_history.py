"""A channel's history, read a page at a time, whatever size Slack gives pages."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo import MANIFEST
from bot.slack import Clients, connect
from handlers import history
from sandbox import Clock, Sandbox
from sandbox.posting import post

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATEST = f"{(NOW + timedelta(hours=2)).timestamp():.6f}"
WHERE = "#inc-checkout-latency"


class Ear:
    """Hears how far it got."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, int]] = []

    async def __call__(self, messages: int, seconds: int) -> None:
        """Hear it."""
        self.heard.append((messages, seconds))


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A workspace where 40 messages more were said, one a minute."""
    clock = Clock(NOW)
    async with Sandbox.open(manifest=MANIFEST, clock=clock) as opened:
        place, ana = opened.workspace.channel(WHERE), opened.workspace.person("ana").id
        for number in range(40):
            clock.turn(timedelta(minutes=1))
            post(opened.workspace, place, ana, f"message {number}")
        yield opened


@pytest.fixture
async def clients(sandbox: Sandbox) -> AsyncIterator[Clients]:
    """The app's own clients of it."""
    made = connect(sandbox.bot_token, sandbox.api_url)
    yield made
    await made.close()


@pytest.mark.parametrize(("page_size", "calls"), [(200, 1), (15, 3), (1, 45)])
async def test_all_is_read_whatever_the_size_of_a_page(
    sandbox: Sandbox, clients: Clients, page_size: int, calls: int
) -> None:
    channel, ear = sandbox.workspace.channel(WHERE).id, Ear()
    look = await history.read(
        clients.clicks, channel, NOW - timedelta(days=1), LATEST, ear, page_size=page_size
    )

    assert len({each["ts"] for each in look.messages}) == 45
    assert look.before == ""
    assert len(sandbox.calls_of("conversations.history")) == calls
    assert ear.heard == [(number * page_size, 0) for number in range(1, calls)]


async def test_what_lies_before_is_not_read(sandbox: Sandbox, clients: Clients) -> None:
    channel = sandbox.workspace.channel(WHERE).id
    oldest = NOW + timedelta(minutes=30, seconds=30)
    look = await history.read(clients.clicks, channel, oldest, LATEST, Ear())

    assert [each["text"] for each in look.messages] == [f"message {n}" for n in range(39, 29, -1)]


async def test_the_newest_page_is_not_waited_for(sandbox: Sandbox, clients: Clients) -> None:
    sandbox.faults.delay("conversations.history", 0.5)
    look = await history.newest(clients.clicks, sandbox.workspace.channel(WHERE).id, 0.05)

    assert look.messages == []
