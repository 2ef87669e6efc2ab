"""The demo's tracker: tickets appear there, what is done there comes back, and it is kept."""

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo import EMPTY, opened
from bot.demo_tracker import PROJECT, tickets_of
from bot.planner import Planner
from bot.tracker_settings import TrackerSettings
from domain.action_items import ItemState
from sandbox import Clock
from sandbox.tracker import Tracker
from storage.engine import open_database
from tests.scenarios.hearing import strike
from tests.scenarios.stage import NOW, Stage, unhurried

TICKET = f"{PROJECT}/1"


@asynccontextmanager
async def demo(
    folder: Path, *, keep: bool = False, port: int = 0
) -> AsyncIterator[tuple[Stage, Tracker]]:
    """What `closedloop demo --empty` runs, with a clock that stands still."""
    database, clock = folder / "demo.sqlite3", Clock(NOW)
    opening = opened(port=port, database=database, keep=keep, beginning=EMPTY, clock=clock)
    async with opening as it, unhurried(it.slack):
        stage = Stage(sandbox=it.slack, bot=it.bot, clock=it.clock)
        with it.bot.clock.held():
            yield stage, it.tracker
        await stage.settled()
        stage.check()


async def promised(stage: Stage) -> None:
    """Let Bob own an item, and its ticket be made."""
    await stage.started()
    await stage.promised()
    await strike(stage)


async def told(stage: Stage, tracker: Tracker) -> None:
    """Let the app hear what was done in the tracker, and do what follows."""
    await tracker.hooks.settled()
    await strike(stage)


async def tickets(stage: Stage) -> Sequence[str]:
    """What the items show of their tickets."""
    return [each.ticket for each in await stage.items()]


async def test_a_new_item_has_its_ticket_in_the_next_sprint(tmp_path: Path) -> None:
    async with demo(tmp_path) as (stage, tracker):
        await promised(stage)
        (ticket,) = tracker.hands.tickets()
        assert (ticket.title, ticket.assignee) == ("Drain connections first", "bob")
        assert ticket.sprint
        assert await tickets(stage) == [ticket.key]
        assert f"{tracker.url}{PROJECT}/issues/1" in stage.card().words()


async def test_closed_there_it_asks_the_owner_what_was_done(tmp_path: Path) -> None:
    async with demo(tmp_path) as (stage, tracker):
        await promised(stage)
        tracker.hands.close(TICKET, by="mei")
        await told(stage, tracker)
        (item,) = await stage.items()
        assert (item.state, item.ticket_closed) == (ItemState.OPEN, True)
        assert PROJECT in stage.person("bob").messages("@closed_loop")[-1].words()


async def test_the_tracker_is_kept_with_the_workspace(tmp_path: Path) -> None:
    async with demo(tmp_path) as (stage, _):
        await promised(stage)
    async with demo(tmp_path, keep=True) as (stage, tracker):
        assert [each.ref for each in tracker.hands.tickets()] == [TICKET]
        tracker.hands.close(TICKET, by="mei")
        await told(stage, tracker)
        (item,) = await stage.items()
        assert item.ticket_closed
    async with demo(tmp_path) as (_, tracker):
        assert tracker.hands.tickets() == []


async def test_a_demo_of_before_there_was_a_tracker_goes_on_with_tickets(tmp_path: Path) -> None:
    async with demo(tmp_path) as (stage, _):
        await promised(stage)
    tickets_of(tmp_path / "demo.sqlite3").unlink()
    database = open_database(f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    async with database.engine.begin() as connection:
        for statement in ("DELETE FROM ticket", "DELETE FROM ticket_place"):
            await connection.exec_driver_sql(statement)
    await database.close()
    async with demo(tmp_path, keep=True) as (stage, tracker):
        assert [each.title for each in tracker.hands.tickets()] == ["Drain connections first"]


async def test_with_its_port_in_use_an_earlier_demo_is_left_alone(tmp_path: Path) -> None:
    async with demo(tmp_path) as (stage, _):
        await promised(stage)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            async with demo(tmp_path, port=taken.getsockname()[1] - 1):
                pass
    async with demo(tmp_path, keep=True) as (stage, tracker):
        assert len(tracker.hands.tickets()) == len(await stage.items()) == 1


async def test_no_token_of_whoever_tries_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in TrackerSettings.model_fields:
        monkeypatch.setenv(name.upper(), "somebody's own")
    async with demo(tmp_path) as (stage, tracker):
        await promised(stage)
        assert len(tracker.hands.tickets()) == 1


async def test_closed_at_night_the_clock_can_be_turned_to_the_question(tmp_path: Path) -> None:
    async with demo(tmp_path) as (stage, tracker):
        await promised(stage)
        stage.clock.turn(timedelta(hours=14))
        tracker.hands.close(TICKET, by="mei")
        await told(stage, tracker)
        planner = Planner(stage.bot, stage.sandbox.workspace.team_id)
        now = stage.clock.now()
        coming = [each.what for each in await planner.coming(now, now + timedelta(days=1))]
        assert "Bob Okonjo is asked what was done about an item whose ticket was closed" in coming
