"""What one side tells the other comes back as a webhook, and there it ends."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.tracker import Tracker
from tests.bot.test_demo_tracker import TICKET, demo, promised
from tests.scenarios.deciding import edited
from tests.scenarios.hearing import strike
from tests.scenarios.stage import Stage

#: What changes nothing in the tracker.
READING = {"read", "find", "check", "comments", "changed", "account"}


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[tuple[Stage, Tracker]]:
    """An item and its ticket, and all that either has to say of it said; nobody strikes but us."""
    async with demo(tmp_path) as (stage, tracker):
        await promised(stage)
        while await turned(stage, tracker):
            pass
        yield stage, tracker


async def turned(stage: Stage, tracker: Tracker) -> list[str]:
    """Let webhooks arrive and what they ask for be done; give what was asked of the tracker."""
    await tracker.hooks.settled()
    tracker.calls.clear()
    await strike(stage)
    return list(tracker.calls)


async def test_an_update_of_ours_that_comes_back_is_one_look_and_nothing_else(
    both: tuple[Stage, Tracker],
) -> None:
    stage, tracker = both
    await edited(stage, "bob", what="Drain all connections first")
    assert set(await turned(stage, tracker)) - READING == {"update"}
    assert tracker.hands.tickets()[0].title == "Drain all connections first"
    assert await turned(stage, tracker) == ["read"]
    assert await turned(stage, tracker) == []


async def test_a_change_of_theirs_is_taken_in_and_not_told_back(
    both: tuple[Stage, Tracker],
) -> None:
    stage, tracker = both
    tracker.hands.close(TICKET, by="bob")
    assert set(await turned(stage, tracker)) <= READING
    assert (await stage.items())[0].ticket_closed
    assert await turned(stage, tracker) == []


async def test_webhooks_without_end_about_one_ticket_change_nothing(
    both: tuple[Stage, Tracker],
) -> None:
    stage, tracker = both
    for _ in range(10):
        tracker.hands.comment(TICKET, "Any news?", by="mei")
        tracker.hands.assign(TICKET, "mei", by="mei")
        tracker.hands.assign(TICKET, "bob", by="mei")
    assert set(await turned(stage, tracker)) <= READING
    assert await turned(stage, tracker) == []
    assert (await stage.items())[0].owner == stage.id_of("bob")
