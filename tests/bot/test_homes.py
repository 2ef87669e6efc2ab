"""A Home in which Slack refuses what it draws elsewhere: it is drawn another way at once."""

from collections.abc import AsyncIterator

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.parts import View, section
from bot.courier import CALLS, LEASE
from bot.slack import CALL_TIMEOUT
from handlers.outgoing import OutgoingHome
from storage.deliveries import Delivery
from storage.engine import Sessions
from tests.faults.desk import NOTE, Desk, opened_desk

PUBLISH = "views.publish"


def saying(words: str) -> View:
    return {"type": "home", "blocks": [section(words)]}


DRAWN = OutgoingHome(view=saying("charts"), fallbacks=(saying("tables"), saying("words")))


async def drawn(_session: AsyncSession, _delivery: Delivery) -> OutgoingHome:
    return DRAWN


@pytest.fixture
async def desk(sessions: Sessions) -> AsyncIterator[Desk]:
    async with opened_desk(sessions) as opened:
        opened.kinds[NOTE] = drawn
        yield opened


async def seen(desk: Desk) -> str:
    """What the Home of the one whom it is owed says, when it is delivered."""
    await desk.owe("1", to="@mei")
    await desk.deliver()
    home = desk.slack.workspace.views.homes.get(desk.place("@mei"))
    return home.blocks[0]["text"]["text"] if home else ""


@pytest.mark.parametrize("error", ["invalid_blocks", "invalid_arguments"])
@pytest.mark.parametrize(("refused", "words"), [(0, "charts"), (1, "tables"), (2, "words")])
async def test_it_is_drawn_as_slack_takes_it(
    desk: Desk, error: str, refused: int, words: str
) -> None:
    desk.slack.faults.refuse(PUBLISH, error, times=refused)
    assert await seen(desk) == words
    assert (await desk.row("1")).last_error is None


async def test_where_slack_takes_nothing_it_is_given_up(desk: Desk) -> None:
    desk.slack.faults.refuse(PUBLISH, "invalid_arguments", times=3)
    assert not await seen(desk)
    assert (await desk.row("1")).given_up_at is not None


async def test_any_other_refusal_is_no_reason_to_draw_it_otherwise(desk: Desk) -> None:
    desk.slack.faults.refuse(PUBLISH, "internal_error")
    assert not await seen(desk)
    await desk.deliver_all()
    assert await seen(desk) == "charts"


def test_a_lease_outlasts_every_way_to_draw_it() -> None:
    assert 1 + len(DRAWN.fallbacks) <= CALLS
    assert LEASE.total_seconds() > CALLS * CALL_TIMEOUT
