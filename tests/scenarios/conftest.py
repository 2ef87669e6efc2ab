"""The running app in a local workspace, its database copied from one that was migrated once."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from tests.scenarios.stage import Mode, Stage, staged


@pytest.fixture
def mode(request: pytest.FixtureRequest) -> Mode:
    """How Slack reaches the app; a test that matters in both ways names both."""
    return cast("Mode", getattr(request, "param", "socket"))


@pytest.fixture
async def slack(mode: Mode, sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """The workspace with the app in it; at the end nothing may stand that Slack would refuse."""
    database = tmp_path / "closedloop.sqlite3"
    shutil.copyfile(sqlite_template, database)
    async with staged(database, mode) as stage:
        yield stage
        await stage.settled()
        stage.check()
