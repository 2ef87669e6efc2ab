"""Places are filled as they get free; a stop finishes what is in hand, or gives it back."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.courier import AT_ONCE
from bot.slack import CALL_TIMEOUT
from handlers.outgoing import Outgoing
from storage.deliveries import Delivery
from storage.engine import Sessions
from tests.faults.desk import NOTE, Desk, note, opened_desk
from tests.sandbox.on_the_wire import on_the_wire

CALL = timedelta(seconds=CALL_TIMEOUT)
POST = "chat.postMessage"


@pytest.fixture
async def desk(sessions: Sessions) -> AsyncIterator[Desk]:
    async with opened_desk(sessions) as opened:
        yield opened


async def _at_work(desk: Desk) -> asyncio.Task[None]:
    """Let the courier run; return when it has something in hand."""
    begun = asyncio.Event()

    async def compose(session: AsyncSession, delivery: Delivery) -> Outgoing:
        begun.set()
        return await note(session, delivery)

    desk.kinds[NOTE] = compose
    worker = asyncio.create_task(desk.courier.run())
    await begun.wait()
    return worker


async def test_a_stop_finishes_what_is_in_hand(desk: Desk) -> None:
    desk.slack.faults.delay(POST, 0.1)
    await desk.owe("1")
    worker = await _at_work(desk)
    await desk.courier.stop(5)
    await worker

    assert (await desk.row("1")).message_ts == desk.messages("1")[0].ts


async def test_a_stop_gives_back_what_takes_too_long(desk: Desk) -> None:
    desk.slack.faults.delay(POST, 2)
    await desk.owe("1")
    worker = await _at_work(desk)
    await on_the_wire(desk.slack.traffic, POST)
    await desk.courier.stop(0.1)
    await worker

    row = await desk.row("1")
    assert (row.token, row.due_at, row.last_error) == (None, desk.clock.now() + CALL, "stopped")
    await desk.landed(1)  # Slack took it all the same
    desk.clock.turn(CALL)
    assert await desk.another().send_due() == 1
    assert len(desk.messages("1")) == 1


async def test_a_stop_gives_back_what_slack_never_heard_of_as_if_never_claimed(desk: Desk) -> None:
    begun = asyncio.Event()

    async def compose(session: AsyncSession, delivery: Delivery) -> Outgoing:
        begun.set()
        await asyncio.Event().wait()
        return await note(session, delivery)

    desk.kinds[NOTE] = compose
    await desk.owe("1")
    worker = asyncio.create_task(desk.courier.run())
    await begun.wait()
    await desk.courier.stop(0)
    await worker

    row = await desk.row("1")
    assert (row.token, row.attempts, row.due_at) == (None, 0, desk.clock.now())
    desk.kinds[NOTE] = note
    assert await desk.another().send_due() == 1
    assert desk.called("conversations.history") == 0


async def test_one_that_takes_long_does_not_hold_up_the_others(desk: Desk) -> None:
    held = asyncio.Event()

    async def slow(session: AsyncSession, delivery: Delivery) -> Outgoing:
        await held.wait()
        return await note(session, delivery)

    desk.kinds["slow"] = slow
    await desk.owe("slow", kind="slow", to="@ana")
    await desk.owe(*(str(number) for number in range(3 * AT_ONCE)))
    worker = asyncio.create_task(desk.courier.run())
    await desk.landed(3 * AT_ONCE)
    assert (await desk.row("slow")).token is not None
    held.set()
    await desk.courier.stop(5)
    await worker
