"""The tracker, and somebody who calls it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from sandbox import Clock
from sandbox.tracker import Tracker


@pytest.fixture
async def tracker(clock: Clock) -> AsyncIterator[Tracker]:
    """Open a tracker in which it is as late as in the workspace."""
    async with Tracker.open(now=clock.now) as opened:
        yield opened


@pytest.fixture
async def api(tracker: Tracker) -> AsyncIterator[httpx.AsyncClient]:
    """Call it with a token that may do everything."""
    said = {"Authorization": f"Bearer {tracker.token}"}
    async with httpx.AsyncClient(base_url=tracker.api_url, headers=said) as client:
        yield client


@pytest.fixture
async def anybody(tracker: Tracker) -> AsyncIterator[httpx.AsyncClient]:
    """Call it without a token, as a browser does the page."""
    async with httpx.AsyncClient(base_url=tracker.url) as client:
        yield client
