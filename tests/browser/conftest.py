"""One Chromium for the whole run; for each test a workspace and tabs of its own."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.demo import HISTORY, opened
from sandbox import Clock, Sandbox
from tests.browser.hands import CHROMIUM, DATABASE, NOW, PATIENCE_MS, Hands, Tabs, chromium, gone_on
from tests.browser.showcase import Showcase

HERE = Path(__file__).parent
MISSING = "no Chromium here: apt-get install chromium, or name one in CHROMIUM"
#: Where a missing browser is a mistake and not a choice.
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give these tests one event loop, as they share one browser; skip them where there is none."""
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
        if CHROMIUM is None and not IN_CI:
            item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start the browser that all tests share."""
    if CHROMIUM is None:
        pytest.fail(f"The browser tests are never skipped in CI: {MISSING}.")
    expect.set_options(timeout=PATIENCE_MS)
    async with chromium() as it:
        yield it


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tell the fourteen months once; what the demo keeps of them is in this folder."""
    folder = tmp_path_factory.mktemp("told")
    database, clock = folder / DATABASE, Clock(NOW)
    async with opened(port=0, database=database, keep=False, beginning=HISTORY, clock=clock):
        pass
    return folder


@pytest.fixture
def kept(told: Path, tmp_path: Path) -> Path:
    """Copy what was told, for this test alone: it goes on from there."""
    folder = tmp_path / "demo"
    shutil.copytree(told, folder)
    return folder


@pytest.fixture
def clock() -> Clock:
    """Stand still, unless somebody turns it."""
    return Clock(NOW)


@pytest_asyncio.fixture(loop_scope="session")
async def slack(kept: Path, clock: Clock) -> AsyncIterator[Sandbox]:
    """Open the demo with its history."""
    async with gone_on(kept, clock) as it:
        yield it.slack


@pytest_asyncio.fixture(loop_scope="session")
async def show(tmp_path: Path) -> AsyncIterator[Showcase]:
    """Open a workspace whose app shows every block and input."""
    async with Showcase.open(tmp_path, Clock(NOW)) as it:
        yield it


@pytest_asyncio.fixture(loop_scope="session")
async def tabs(browser: Browser, slack: Sandbox) -> AsyncIterator[Tabs]:
    """Open tabs in this workspace; no test leaves an error in one, or a complaint of Slack's."""
    opens = Tabs(browser, slack)
    yield opens
    await opens.close()
    assert opens.troubles == []
    assert slack.complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    """Open a tab as Ana, the incident commander."""
    return await tabs.of("ana")
