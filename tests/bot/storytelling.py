"""The told story, for tests: the workspace as a visitor finds it, at an hour that never changes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.demo import MANIFEST, settings_for
from bot.demo_tracker import listened_to, settings_of, track, tracker_beside
from bot.process import running
from bot.story import read_story, read_today, staff, tell
from sandbox import Clock, Sandbox
from sandbox.tracker import Tracker
from tests.scenarios.stage import Stage, unhurried

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@asynccontextmanager
async def story_told(folder: Path) -> AsyncIterator[Stage]:
    """Tell all of it, and let people go on from there until the block ends."""
    clock = Clock(NOW - timedelta(weeks=62))
    async with (
        Sandbox.open(manifest=MANIFEST, clock=clock, seed=staff) as slack,
        unhurried(slack),
        running(settings_for(slack, folder / "story.sqlite3"), now=clock.now) as bot,
    ):
        await tell(slack.workspace, bot, read_story(), read_today(), NOW)
        stage = Stage(sandbox=slack, bot=bot, clock=clock)
        with bot.clock.held():
            yield stage
        stage.check()


@dataclass(frozen=True, kw_only=True)
class Toured(Stage):
    """The same, with the company's tracker."""

    tracker: Tracker


@asynccontextmanager
async def story_toured(folder: Path) -> AsyncIterator[Toured]:
    """Tell all of it, with tickets of what is open."""
    clock, database = Clock(NOW - timedelta(weeks=62)), folder / "story.sqlite3"
    async with (
        Sandbox.open(manifest=MANIFEST, clock=clock, seed=staff) as slack,
        unhurried(slack),
        tracker_beside(slack.workspace, clock, database, 0, goes_on=False) as tracker,
        running(settings_for(slack, database, **settings_of(tracker)), now=clock.now) as bot,
    ):
        listened_to(tracker, bot)
        await tell(slack.workspace, bot, read_story(), read_today(), NOW)
        await track(bot, slack.workspace)
        stage = Toured(sandbox=slack, bot=bot, clock=clock, tracker=tracker)
        with bot.clock.held():
            yield stage
        stage.check()
