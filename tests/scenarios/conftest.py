"""The running app in a local workspace, its database copied from one that was migrated once."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest

from sandbox import Clock
from tests.scenarios.shop import PEOPLE, Shop, hooks_of, settings_of
from tests.scenarios.stage import NOW, Mode, Stage, staged
from tests.trackers.github_standin import GitHubStandIn


@pytest.fixture
def mode(request: pytest.FixtureRequest) -> Mode:
    """How Slack reaches the app; a test that matters in both ways names both."""
    return cast("Mode", getattr(request, "param", "socket"))


@pytest.fixture
def also_set() -> dict[str, Any]:
    """Settings of the process beside those that lead to the workspace; a file may say others."""
    return {}


@pytest.fixture
def clock() -> Clock:
    """The time that everybody lives by; it stands still until it is turned."""
    return Clock(NOW)


@pytest.fixture
async def tracker(clock: Clock) -> AsyncIterator[GitHubStandIn]:
    """A GitHub beside the workspace, with some of its people."""
    async with GitHubStandIn(clock.now, people=PEOPLE) as github:
        yield github


@pytest.fixture
async def slack(
    mode: Mode, clock: Clock, also_set: dict[str, Any], sqlite_template: Path, tmp_path: Path
) -> AsyncIterator[Stage]:
    """The workspace with the app in it; at the end nothing may stand that Slack would refuse."""
    database = tmp_path / "closedloop.sqlite3"
    shutil.copyfile(sqlite_template, database)
    async with staged(database, mode, clock, **also_set) as stage:
        yield stage
        await stage.settled()
        stage.check()


@pytest.fixture
async def shop(
    tracker: GitHubStandIn, mode: Mode, clock: Clock, sqlite_template: Path, tmp_path: Path
) -> AsyncIterator[Shop]:
    """The workspace and GitHub, each of which hears of the other; the clock strikes when told."""
    database = tmp_path / "closedloop.sqlite3"
    shutil.copyfile(sqlite_template, database)
    async with staged(database, mode, clock, **settings_of(tracker)) as slack:
        tracker.hooks_to = hooks_of(slack)
        yield Shop(slack, tracker)
        await slack.settled()
        slack.check()
