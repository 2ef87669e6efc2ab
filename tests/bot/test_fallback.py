"""Blocks that a workspace cannot show yet: the same is said without them."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.courier import CALLS_WITH_FALLBACK, LEASE
from bot.slack import CALL_TIMEOUT
from handlers.outgoing import Outgoing
from storage.deliveries import Delivery
from storage.engine import Sessions
from tests.faults.desk import NOTE, Desk, opened_desk

CHARTED = Outgoing(
    message={"text": "A chart", "blocks": []}, fallback={"text": "A table", "blocks": []}
)


@pytest.fixture
async def desk(sessions: Sessions) -> AsyncIterator[Desk]:
    async with opened_desk(sessions) as opened:
        opened.kinds[NOTE] = charted
        yield opened


async def charted(_session: AsyncSession, _delivery: Delivery) -> Outgoing:
    return CHARTED


async def test_where_slack_takes_the_blocks_they_are_what_it_gets(desk: Desk) -> None:
    await desk.owe("1")
    await desk.deliver()
    assert [each.text for each in desk.messages("1")] == ["A chart"]


async def test_where_it_refuses_them_the_fallback_is_said_at_once(desk: Desk) -> None:
    desk.slack.faults.refuse("chat.postMessage", "invalid_blocks")
    await desk.owe("1")
    await desk.deliver()
    assert [each.text for each in desk.messages("1")] == ["A table"]
    assert (await desk.row("1")).last_error is None


async def test_it_is_found_out_anew_each_time(desk: Desk) -> None:
    desk.slack.faults.refuse("chat.postMessage", "invalid_blocks")
    await desk.owe("1")
    await desk.deliver()
    await desk.owe("1")
    await desk.deliver()
    assert [each.text for each in desk.messages("1")] == ["A chart"]


async def test_an_update_falls_back_too(desk: Desk) -> None:
    await desk.owe("1")
    await desk.deliver()
    desk.slack.faults.refuse("chat.update", "invalid_blocks")
    await desk.owe("1")
    await desk.deliver()
    assert [each.text for each in desk.messages("1")] == ["A table"]


async def test_without_a_fallback_refused_blocks_are_given_up(desk: Desk) -> None:
    async def bare(_session: AsyncSession, _delivery: Delivery) -> Outgoing:
        return replace(CHARTED, fallback=None)

    desk.kinds[NOTE] = bare
    desk.slack.faults.refuse("chat.postMessage", "invalid_blocks")
    await desk.owe("1")
    await desk.deliver()
    assert desk.messages("1") == []
    assert (await desk.row("1")).given_up_at is not None


async def test_any_other_refusal_is_no_reason_to_fall_back(desk: Desk) -> None:
    desk.slack.faults.refuse("chat.postMessage", "internal_error")
    await desk.owe("1")
    await desk.deliver()
    await desk.deliver_all()
    assert [each.text for each in desk.messages("1")] == ["A chart"]


def test_a_lease_outlasts_what_a_fallback_takes() -> None:
    assert LEASE.total_seconds() > CALLS_WITH_FALLBACK * CALL_TIMEOUT
