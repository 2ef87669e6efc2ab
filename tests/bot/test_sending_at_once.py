"""`closedloop due --send` beside a server, and beside itself: what is due is sent once."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.demo import settings_for
from bot.process import running
from bot.sending import Outcome
from sandbox import Sandbox
from tests.bot.test_cli_due import A_MINUTE, owe, sent
from tests.bot.test_stop import database, sandbox

__all__ = ["database", "sandbox"]

AT = datetime(2026, 11, 24, 10, tzinfo=UTC)


def posts(sandbox: Sandbox) -> int:
    return len(sandbox.calls_of("chat.postMessage"))


async def test_three_that_send_at_once_send_it_once(sandbox: Sandbox, database: Path) -> None:
    await owe(sandbox, database, AT)
    sandbox.faults.delay("chat.postMessage", 0.2)

    became = await asyncio.gather(*(sent(sandbox, database, AT) for _ in range(3)))

    assert posts(sandbox) == 1
    outcomes = {each.outcome for one in became for each in one}
    assert Outcome.SENT in outcomes
    assert outcomes <= {Outcome.SENT, Outcome.LATER}


async def test_a_server_that_runs_loses_nothing_and_doubles_nothing(
    sandbox: Sandbox, database: Path
) -> None:
    await owe(sandbox, database, AT)
    sandbox.faults.delay("chat.postMessage", 0.2)
    async with running(settings_for(sandbox, database), now=lambda: AT) as server:
        await sent(sandbox, database, AT)
        await server.clock.strike()
        await server.courier.send_due()
        assert await sent(sandbox, database, AT + A_MINUTE) == []
    assert posts(sandbox) == 1
