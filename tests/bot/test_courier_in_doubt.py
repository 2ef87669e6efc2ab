"""Where an attempt's outcome is not known, or another has the claim: once all the same."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
import structlog
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.courier import LEASE, Courier
from bot.slack import CALL_TIMEOUT
from handlers.outgoing import Compose, Outgoing
from sandbox import posting
from storage.deliveries import Delivery
from storage.engine import Sessions
from tests.faults.desk import NOTE, Desk, note, opened_desk, standing

ONCE = {f"T0SANDBOX01/note/{number}": 1 for number in range(30)}
CALL = timedelta(seconds=CALL_TIMEOUT)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def desk(sessions: Sessions) -> AsyncIterator[Desk]:
    async with opened_desk(sessions) as opened:
        yield opened


def composing(act: Callable[[], Awaitable[object]]) -> Compose:
    """Let something happen in the moment a message is put together."""

    async def compose(session: AsyncSession, delivery: Delivery) -> Outgoing:
        await act()
        return await note(session, delivery)

    return compose


@pytest.mark.parametrize("to", ["#general", "#inc-auth-tokens", "@ana"])
async def test_a_message_whose_reply_was_lost_is_found_and_not_sent_again(
    desk: Desk, to: str
) -> None:
    desk.slack.faults.drop_reply("chat.postMessage")
    await desk.owe("1", to=to)
    await desk.deliver()
    assert (await desk.row("1")).message_ts is None
    await desk.deliver_all()

    assert (len(desk.messages("1")), desk.called("chat.postMessage")) == (1, 1)
    assert (await desk.row("1")).message_ts == desk.messages("1")[0].ts


async def test_the_earlier_message_is_found_behind_hundreds_of_others(desk: Desk) -> None:
    desk.slack.faults.drop_reply("chat.postMessage")
    await desk.owe("1")
    await desk.deliver()
    general, ana = desk.slack.workspace.channel("#general"), desk.place("@ana")
    for number in range(450):
        posting.post(desk.slack.workspace, general, ana, f"Line {number}")
    await desk.deliver_all()

    assert (len(desk.messages("1")), desk.called("conversations.history")) == (1, 3)


async def test_a_look_that_would_outlast_the_lease_ends_and_is_a_failure(desk: Desk) -> None:
    desk.slack.faults.drop_reply("chat.postMessage")
    await desk.owe("1")
    await desk.deliver()
    desk.slack.faults.delay("conversations.history", 0.3)
    desk.clock.turn(LEASE)
    lease = 3 * CALL + timedelta(seconds=0.2)
    with structlog.testing.capture_logs() as logs:
        await Courier(
            desk.sessions, desk.client.posts, desk.kinds, desk.clock.now, lease
        ).send_due()
    row = await desk.row("1")
    assert [line["event"] for line in logs] == ["search_not_finished", "delivery_postponed"]
    assert (row.token, row.last_error, row.attempts) == (None, "TooLate", 2)

    desk.slack.faults.delay("conversations.history", 0)
    await desk.deliver_all()
    assert (len(desk.messages("1")), desk.called("chat.postMessage")) == (1, 1)


async def test_while_the_look_fails_the_message_waits(desk: Desk) -> None:
    desk.slack.faults.drop_reply("chat.postMessage")
    desk.slack.faults.drop_reply("conversations.history", times=2)  # aiohttp repeats a GET once
    await desk.owe("1")
    await desk.deliver()
    await desk.deliver(timedelta(minutes=1))
    assert (await desk.row("1")).sent == 0
    await desk.deliver_all()

    assert (len(desk.messages("1")), desk.called("chat.postMessage")) == (1, 1)


async def test_what_never_arrived_is_sent_after_the_look(desk: Desk) -> None:
    desk.slack.faults.down()
    await desk.owe("1")
    await desk.deliver()
    desk.slack.faults.down(on=False)
    await desk.deliver_all()

    methods = [call.method for call in desk.slack.calls]
    assert methods == ["conversations.history", "chat.postMessage"]


@pytest.mark.parametrize("status", [None, 503])
async def test_an_update_that_gets_no_answer_is_made_again(desk: Desk, status: int | None) -> None:
    await desk.owe("1")
    await desk.deliver()
    desk.slack.faults.down(status=status)  # a proxy's answer is plain text, without Slack's code
    await desk.owe("1")
    with structlog.testing.capture_logs() as logs:
        await desk.deliver()
    desk.slack.faults.down(on=False)
    await desk.deliver_all()

    assert [line["event"] for line in logs] == ["delivery_postponed"]
    assert (len(desk.messages("1")), (await desk.row("1")).sent) == (1, 2)


async def test_a_wish_that_comes_meanwhile_does_not_take_the_doubt_away(desk: Desk) -> None:
    desk.slack.faults.drop_reply("chat.postMessage")
    await desk.owe("1")
    await desk.deliver()
    desk.slack.faults.rate_limit("conversations.history", 30)
    desk.kinds[NOTE] = composing(lambda: desk.owe("1"))
    await desk.deliver(timedelta(minutes=1))
    desk.kinds[NOTE] = note
    await desk.deliver_all()

    assert (len(desk.messages("1")), desk.called("chat.postMessage")) == (1, 1)
    assert (await desk.row("1")).wanted == 2


async def test_a_pause_slack_asks_for_holds_for_all_that_goes_to_the_channel(
    desk: Desk,
) -> None:
    desk.slack.faults.rate_limit("chat.postMessage", 30)
    await desk.owe(*(str(number) for number in range(15)))
    await desk.deliver()
    await desk.owe(*(str(number) for number in range(15, 30)))
    await desk.deliver(29 * SECOND)
    assert desk.called("chat.postMessage") == 1
    await desk.deliver(SECOND)

    assert standing(desk.slack) == ONCE
    assert desk.called("conversations.history") == 0  # what was limited cannot have arrived


async def test_whose_lease_is_nearly_over_does_not_send(desk: Desk) -> None:
    async def dawdle() -> None:
        desk.clock.turn(LEASE - 2 * CALL)

    desk.kinds[NOTE] = composing(dawdle)
    await desk.owe("1")
    await desk.courier.send_due()
    assert desk.slack.calls == []
    assert (await desk.row("1")).last_error == "TooLate"
    desk.kinds[NOTE] = note
    await desk.deliver_all()

    assert len(desk.messages("1")) == 1


async def test_two_couriers_never_send_the_same(desk: Desk) -> None:
    await desk.owe(*(str(number) for number in range(30)))

    async def work(courier: Callable[[], Awaitable[int]]) -> None:
        while await courier():
            pass

    await asyncio.gather(work(desk.courier.send_due), work(desk.another().send_due))

    assert standing(desk.slack) == ONCE
    assert desk.called("chat.postMessage") == 30


async def test_a_worker_that_dies_leaves_nothing_lost_and_nothing_twice(desk: Desk) -> None:
    await desk.owe(*(str(number) for number in range(30)))
    worker = asyncio.create_task(desk.courier.run())
    await desk.landed(11)
    worker.cancel()
    for _ in range(2):  # what it had put on the wire arrives before the answer to this
        await desk.client.clicks.auth_test()
    await desk.slack.settled()
    desk.clock.turn(LEASE)
    successor = desk.another()
    while await successor.send_due():
        pass

    assert standing(desk.slack) == ONCE


async def test_a_database_that_fails_for_a_moment_stops_nothing(desk: Desk) -> None:
    await desk.owe("1")
    with structlog.testing.capture_logs() as logs:
        await _rename(desk, "delivery", "away")
        worker = asyncio.create_task(desk.courier.run())
        await asyncio.sleep(0)
        await desk.courier.stop(5)
        await worker
    await _rename(desk, "away", "delivery")
    await desk.deliver()

    assert [line["event"] for line in logs] == ["deliveries_not_claimed"]
    assert len(desk.messages("1")) == 1


async def _rename(desk: Desk, old: str, new: str) -> None:
    async with desk.sessions.begin() as session:
        await (await session.connection()).execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_was_sent_but_could_not_be_noted_is_found(desk: Desk) -> None:
    await desk.owe("1")
    async with desk.sessions.begin() as session:
        full = (
            "CREATE TRIGGER full BEFORE UPDATE ON delivery WHEN OLD.token IS NOT NULL "
            "BEGIN SELECT RAISE(FAIL, 'disk is full'); END"
        )
        await (await session.connection()).execute(text(full))
    with structlog.testing.capture_logs() as logs:
        await desk.deliver()
    async with desk.sessions.begin() as session:
        await (await session.connection()).execute(text("DROP TRIGGER full"))
    await desk.deliver(LEASE)

    assert [line["event"] for line in logs][-1] == "delivery_not_noted"
    assert (len(desk.messages("1")), desk.called("chat.postMessage")) == (1, 1)
    assert (await desk.row("1")).message_ts == desk.messages("1")[0].ts
