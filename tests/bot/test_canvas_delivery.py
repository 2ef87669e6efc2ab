"""Canvases: written where they stand, made once, and never over what people wrote."""

from collections.abc import AsyncIterator

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.outgoing import OutgoingCanvas
from sandbox.canvases import Canvas
from storage.deliveries import Delivery
from storage.engine import Sessions
from tests.faults.desk import Desk, opened_desk

PAGE = "canvas"


async def page(_session: AsyncSession, delivery: Delivery) -> OutgoingCanvas:
    words = f"# PM-{delivery.subject} · Latency\n\nState {delivery.wanted}."
    return OutgoingCanvas(title="PM", markdown=words, mark=f"PM-{delivery.subject} · ")


@pytest.fixture
async def desk(sessions: Sessions) -> AsyncIterator[Desk]:
    async with opened_desk(sessions) as opened:
        opened.kinds[PAGE] = page
        yield opened


def canvases(desk: Desk) -> list[Canvas]:
    return list(desk.slack.workspace.canvases.values())


async def test_a_canvas_is_made_once_and_then_written_where_it_stands(desk: Desk) -> None:
    for _ in range(3):
        await desk.owe("1", kind=PAGE)
        await desk.deliver()

    assert [one.markdown for one in canvases(desk)] == ["# PM-1 · Latency\n\nState 3."]
    assert canvases(desk)[0].channels_own


async def test_a_canvas_whose_reply_was_lost_is_found_and_not_made_again(desk: Desk) -> None:
    desk.slack.faults.drop_reply("conversations.canvases.create")
    await desk.owe("1", kind=PAGE)
    await desk.deliver_all()

    assert len(canvases(desk)) == 1
    assert desk.called("conversations.canvases.create") == 1
    assert (await desk.row("1")).message_ts == canvases(desk)[0].id


@pytest.mark.parametrize("words", ["Our own words", "# Notes\n\nSee PM-1 · Latency"])
async def test_what_people_wrote_in_the_channels_canvas_is_left_alone(
    desk: Desk, words: str
) -> None:
    channel = desk.place("#general")
    theirs = await desk.client.posts.conversations_canvases_create(
        channel_id=channel, document_content={"type": "markdown", "markdown": words}
    )
    desk.slack.faults.drop_reply("conversations.canvases.create")
    await desk.owe("1", kind=PAGE)
    await desk.deliver_all()

    own, ours = canvases(desk)
    assert (own.id, own.markdown) == (theirs["canvas_id"], words)
    assert (ours.channels_own, ours.channel) == (False, channel)


async def test_a_canvas_that_was_deleted_is_made_anew(desk: Desk) -> None:
    await desk.owe("1", kind=PAGE)
    await desk.deliver()
    desk.slack.workspace.canvases.clear()

    await desk.owe("1", kind=PAGE)
    await desk.deliver_all()

    assert [one.markdown for one in canvases(desk)] == ["# PM-1 · Latency\n\nState 2."]
