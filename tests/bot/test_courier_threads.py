"""A message may reply to another: in its thread, once, and looked for there when in doubt."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.parts import Message
from handlers.outgoing import Later, Outgoing
from storage import deliveries
from storage.deliveries import Delivery
from storage.engine import Sessions
from tests.faults.desk import NOTE, Desk, opened_desk, rows

REPLY = "reply"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def desk(sessions: Sessions) -> AsyncIterator[Desk]:
    async with opened_desk(sessions) as opened:

        async def reply(session: AsyncSession, delivery: Delivery) -> Outgoing | Later:
            parent = await deliveries.place(session, delivery.workspace_id, NOTE, delivery.subject)
            if parent is None:
                return Later(at=opened.clock.now() + MINUTE)
            message: Message = {"text": f"State {delivery.wanted}", "blocks": []}
            return Outgoing(message=message, thread_ts=parent[1])

        opened.kinds[REPLY] = reply
        yield opened


@pytest.mark.parametrize("to", ["#general", "@ana"])
async def test_a_reply_stands_in_the_thread_of_its_parent_and_is_updated_there(
    desk: Desk, to: str
) -> None:
    await desk.owe("1", to=to)
    for _ in range(2):
        await desk.owe("1", to=to, kind=REPLY)
        await desk.deliver()

    [parent], [reply] = desk.messages("1"), desk.messages("1", REPLY)
    assert (reply.thread_ts, reply.text) == (parent.ts, "State 2")
    assert (desk.called("chat.postMessage"), desk.called("chat.update")) == (2, 1)
    links = [call.args["unfurl_links"] for call in desk.slack.calls_of("chat.postMessage")]
    assert links[0] == links[1]


@pytest.mark.parametrize("to", ["#general", "@ana"])
async def test_a_reply_whose_answer_was_lost_is_found_in_its_thread(desk: Desk, to: str) -> None:
    await desk.owe("1", to=to)
    await desk.deliver()
    desk.slack.faults.drop_reply("chat.postMessage")
    await desk.owe("1", to=to, kind=REPLY)
    await desk.deliver()
    assert (await _reply(desk)).message_ts is None
    await desk.deliver_all()

    [reply] = desk.messages("1", REPLY)
    assert (await _reply(desk)).message_ts == reply.ts
    assert (desk.called("conversations.replies"), desk.called("conversations.history")) == (1, 0)


async def test_a_reply_waits_for_its_parent(desk: Desk) -> None:
    await desk.owe("1", kind=REPLY)
    await desk.deliver()
    assert (desk.slack.calls, (await _reply(desk)).due_at) == ([], desk.clock.now() + MINUTE)
    await desk.owe("1")
    await desk.deliver()
    await desk.deliver_all()

    [parent], [reply] = desk.messages("1"), desk.messages("1", REPLY)
    assert reply.thread_ts == parent.ts


async def _reply(desk: Desk) -> Delivery:
    return next(each for each in await rows(desk.sessions) if each.kind == REPLY)
