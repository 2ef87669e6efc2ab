"""What is owed arrives once, in its newest state, and whoever asked hears of trouble."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.courier import Courier
from bot.posting import EVENT_TYPE
from bot.slack import CALL_TIMEOUT
from handlers.cards import TROUBLE, trouble_of
from handlers.outgoing import Outgoing
from sandbox import posting
from storage import deliveries
from storage.deliveries import Delivery
from storage.engine import Sessions
from tests.bot.refusing import refusal
from tests.faults.desk import NOTE, Desk, opened_desk

HOUR = timedelta(hours=1)


@pytest.fixture
async def desk(sessions: Sessions) -> AsyncIterator[Desk]:
    async with opened_desk(sessions) as opened:
        yield opened


async def test_what_is_owed_is_posted_with_its_key_and_its_place_is_noted(desk: Desk) -> None:
    await desk.owe("1")
    await desk.deliver()

    [message] = desk.messages("1")
    row = await desk.row("1")
    assert message.metadata == {
        "event_type": EVENT_TYPE,
        "event_payload": {"key": "T0SANDBOX01/note/1"},
    }
    assert (row.message_ts, row.due_at, row.sent_at) == (message.ts, None, desk.clock.now())


async def test_a_newer_state_updates_the_message_that_stands(desk: Desk) -> None:
    for _ in range(3):
        await desk.owe("1")
        await desk.deliver()

    assert len(desk.messages("1")) == 1
    assert (desk.called("chat.postMessage"), desk.called("chat.update")) == (1, 2)


async def test_ten_wishes_before_it_is_sent_are_one_message_in_its_newest_state(
    desk: Desk,
) -> None:
    for _ in range(10):
        await desk.owe("1")
    await desk.deliver()

    row = await desk.row("1")
    assert (row.wanted, row.sent, desk.called("chat.postMessage")) == (10, 10, 1)
    assert desk.called("conversations.history") == 0


async def test_what_has_nothing_to_say_any_more_is_dropped(desk: Desk) -> None:
    async def nothing(_session: AsyncSession, _delivery: Delivery) -> None:
        return None

    desk.kinds[NOTE] = nothing
    await desk.owe("1")
    await desk.deliver()

    assert (desk.slack.calls, (await desk.row("1")).due_at) == ([], None)


async def test_a_message_somebody_deleted_is_posted_anew(desk: Desk) -> None:
    await desk.owe("1")
    await desk.deliver()
    general = desk.slack.workspace.channel("#general")
    posting.delete(desk.slack.workspace, general, desk.messages("1")[0])
    await desk.owe("1")
    await desk.deliver()

    assert len(desk.messages("1")) == 1
    assert (await desk.row("1")).message_ts == desk.messages("1")[0].ts


async def test_a_message_posted_anew_is_not_posted_twice_when_the_reply_is_lost(
    desk: Desk,
) -> None:
    await desk.owe("1")
    await desk.deliver()
    general = desk.slack.workspace.channel("#general")
    posting.delete(desk.slack.workspace, general, desk.messages("1")[0])
    desk.slack.faults.drop_reply("chat.postMessage")
    await desk.owe("1")
    await desk.deliver()
    await desk.deliver_all()

    assert (len(desk.messages("1")), desk.called("chat.postMessage")) == (1, 2)


class TooOld(AsyncWebClient):
    """A workspace whose messages cannot be edited any more after some time."""

    async def chat_update(self, *_: Any, **_more: Any) -> AsyncSlackResponse:
        """Refuse."""
        raise refusal("edit_window_closed")


async def test_a_message_too_old_to_change_is_posted_anew(desk: Desk) -> None:
    await desk.owe("1")
    await desk.deliver()
    await desk.owe("1")
    token, session = desk.client.posts.token, desk.client.session
    client = TooOld(token, desk.slack.api_url, session=session, timeout=CALL_TIMEOUT)
    later = Courier(desk.sessions, client, desk.kinds, desk.clock.now)
    while await later.send_due():
        pass

    [old, new] = desk.messages("1")
    row = await desk.row("1")
    assert old.ts != new.ts
    assert (row.message_ts, row.sent, row.given_up_at) == (new.ts, 2, None)


async def _pinned(_session: AsyncSession, _delivery: Delivery) -> Outgoing:
    return Outgoing(message={"text": "Pin me", "blocks": []}, pin=True)


async def test_a_pin_follows_the_message_and_is_not_set_twice(desk: Desk) -> None:
    desk.kinds[NOTE] = _pinned
    for _ in range(2):
        await desk.owe("1")
        await desk.deliver()

    assert desk.messages("1")[0].pinned
    assert (await desk.row("1")).sent == 2


@pytest.mark.parametrize("fault", ["limited", "lost"])
async def test_a_refused_pin_is_no_reason_to_send_again(desk: Desk, fault: str) -> None:
    desk.kinds[NOTE] = _pinned
    if fault == "limited":
        desk.slack.faults.rate_limit("pins.add", 30)
    else:
        desk.slack.faults.drop_reply("pins.add")
    await desk.owe("1")
    await desk.deliver(HOUR)

    assert ((await desk.row("1")).due_at, desk.called("chat.postMessage")) == (None, 1)


async def test_whoever_asked_is_told_once_what_to_mend(desk: Desk) -> None:
    await desk.owe("1", to="#sec-review", asked_by="@ana")
    for _ in range(3):
        await desk.deliver(HOUR)

    row = await desk.row("1")
    [told] = desk.messages(trouble_of(row), TROUBLE)
    assert (row.attempts, row.last_error) == (3, "channel_not_found")
    assert "Invite it with /invite" in told.text
    assert desk.called("chat.postMessage") == 2  # the first attempt, and the word to Ana


async def test_another_trouble_than_before_is_told_too(desk: Desk) -> None:
    desk.slack.faults.down()
    await desk.owe("1", to="#sec-review", asked_by="@ana")
    await desk.deliver()
    assert desk.messages(trouble_of(await desk.row("1")), TROUBLE) == []
    desk.slack.faults.down(on=False)
    await desk.deliver(HOUR)

    assert len(desk.messages(trouble_of(await desk.row("1")), TROUBLE)) == 1


async def test_what_no_waiting_mends_is_given_up_and_told(desk: Desk) -> None:
    await desk.owe("1", to="@pager", asked_by="@ana")
    await desk.deliver()

    row = await desk.row("1")
    assert (row.given_up_at, row.last_error) == (desk.clock.now(), "cannot_dm_bot")
    assert len(desk.messages(trouble_of(row), TROUBLE)) == 1


async def test_an_invitation_sends_what_waited_for_it(desk: Desk) -> None:
    await desk.owe("1", to="#sec-review", asked_by="@ana")
    await desk.deliver()
    bot = desk.slack.workspace.app.bot_user
    posting.join(desk.slack.workspace, desk.slack.workspace.channel("#sec-review"), bot)
    async with desk.sessions.begin() as session:
        place = desk.place("#sec-review")
        await deliveries.hurry(session, "T0SANDBOX01", place, desk.clock.now())
    await desk.deliver()

    assert len(desk.messages("1")) == 1


async def test_a_message_that_cannot_be_composed_is_tried_again(desk: Desk) -> None:
    good = desk.kinds.pop(NOTE)
    await desk.owe("1")
    await desk.deliver()
    assert (await desk.row("1")).last_error == "internal: KeyError"
    desk.kinds[NOTE] = good
    await desk.deliver_all()

    assert len(desk.messages("1")) == 1
