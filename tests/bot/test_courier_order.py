"""Each conversation hears things in the order in which they are due, and waits for no other."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.outcomes import HOLDING_ATTEMPTS
from bot.posting import EVENT_TYPE
from handlers.outgoing import Later, Outgoing
from storage.deliveries import Delivery
from storage.engine import Sessions
from tests.faults.desk import NOTE, Desk, note, opened_desk

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
FIVE = ["0", "1", "2", "3", "4"]


@pytest.fixture
async def desk(sessions: Sessions) -> AsyncIterator[Desk]:
    async with opened_desk(sessions) as opened:
        yield opened


@pytest.mark.parametrize("fault", ["lost", "limited", "down", "fatal", "done", "broken"])
async def test_what_fails_for_a_moment_is_not_overtaken(desk: Desk, fault: str) -> None:
    faults, post = desk.slack.faults, "chat.postMessage"
    begin: dict[str, Callable[[], object]] = {
        "lost": lambda: faults.drop_reply(post),
        "limited": lambda: faults.rate_limit(post, 30),
        "down": faults.down,
        "fatal": lambda: faults.refuse(post, "fatal_error"),
        "done": lambda: faults.refuse(post, "internal_error", done=True),
        "broken": lambda: faults.broken(post, 502),
    }
    begin[fault]()
    await desk.owe(*FIVE)
    await desk.deliver()
    assert len(desk.order()) < 2
    faults.clear()
    await desk.deliver_all()

    assert desk.order() == FIVE


async def test_a_conversation_that_waits_holds_up_no_other(desk: Desk) -> None:
    desk.slack.faults.rate_limit("chat.postMessage", 30)
    await desk.owe(*FIVE)
    await desk.deliver()
    await desk.owe("to Ana", to="@ana")
    await desk.deliver()

    assert (desk.order(), desk.order("@ana")) == ([], ["to Ana"])


async def test_what_a_person_has_to_mend_holds_up_nothing(desk: Desk) -> None:
    channel = desk.slack.workspace.channel("#general")
    us = desk.slack.workspace.app.bot_user
    channel.members.remove(us)
    await desk.owe("0")
    await desk.deliver()
    channel.members.append(us)
    await desk.owe("1")
    await desk.deliver()
    assert desk.order() == ["1"]

    await desk.deliver(HOUR)
    assert desk.order() == ["1", "0"]


async def test_a_message_that_cannot_be_composed_holds_up_nothing(desk: Desk) -> None:
    async def broken(_session: AsyncSession, delivery: Delivery) -> Outgoing:
        raise KeyError(delivery.subject)

    desk.kinds["broken"] = broken
    await desk.owe("0", kind="broken")
    await desk.owe("1")
    await desk.deliver()

    assert desk.order() == ["1"]


async def test_a_message_that_only_slack_chokes_on_lets_the_others_go_after_a_while(
    desk: Desk,
) -> None:
    desk.slack.faults.refuse("chat.postMessage", "internal_error", times=HOLDING_ATTEMPTS)
    began = desk.clock.now()
    await desk.owe("0", "1")
    await desk.deliver_all()

    [other], [late] = desk.messages("1"), desk.messages("0")
    assert HOUR / 3 < timedelta(seconds=float(other.ts) - began.timestamp()) < HOUR
    assert desk.order() == ["1", "0"]
    assert late.ts > other.ts


async def test_what_is_not_to_be_said_yet_is_composed_again_then(desk: Desk) -> None:
    at = desk.clock.now() + 9 * HOUR
    await _owe_until(desk, at)
    await desk.deliver()
    row = await desk.row("0")
    assert (row.due_at, row.attempts, row.last_error, desk.order()) == (at, 0, None, ["1"])

    await desk.deliver(9 * HOUR)
    assert desk.order() == ["1", "0"]
    assert desk.called("conversations.history") == 0  # it was never tried


async def test_an_instant_that_is_past_is_soon(desk: Desk) -> None:
    await _owe_until(desk, desk.clock.now() + SECOND, answer=desk.clock.now() - HOUR)
    await desk.deliver()
    assert (await desk.row("0")).due_at == desk.clock.now() + SECOND
    await desk.deliver(SECOND)

    assert desk.order() == ["1", "0"]


async def _owe_until(desk: Desk, at: datetime, answer: datetime | None = None) -> None:
    """Owe a message that answers Later until this instant, and another behind it."""

    async def waits(session: AsyncSession, delivery: Delivery) -> Outgoing | Later:
        if desk.clock.now() < at:
            return Later(at=answer or at)
        return await note(session, delivery)

    desk.kinds["waits"] = waits
    await desk.owe("0", kind="waits")
    await desk.owe("1")


async def test_a_courier_leaves_what_is_owed_to_another_workspace(
    desk: Desk, sessions: Sessions
) -> None:
    async with opened_desk(sessions, "T0SANDBOX02", desk.clock) as other:
        await desk.owe("0")
        await other.owe("0")
        await desk.deliver()
        assert (desk.order(), other.order()) == (["0"], [])
        await other.deliver()

        [message] = other.messages("0")
        key = {"key": f"T0SANDBOX02/{NOTE}/0"}
        assert message.metadata == {"event_type": EVENT_TYPE, "event_payload": key}
