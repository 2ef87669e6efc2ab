"""The stand-in of Linear, and our tracker that asks it."""

from collections.abc import AsyncIterator

import pytest

from integrations.trackers.linear import Linear
from tests.trackers.linear import API_KEY, LinearStandIn
from tests.trackers.linear_stage import NOW


@pytest.fixture
async def linear() -> AsyncIterator[LinearStandIn]:
    """A Linear where it is NOW."""
    async with LinearStandIn(now=lambda: NOW) as standin:
        yield standin


@pytest.fixture
async def linear_tracker(linear: LinearStandIn) -> AsyncIterator[Linear]:
    """Our tracker with the key of the stand-in."""
    asking = Linear(API_KEY, linear.url, now=lambda: NOW)
    yield asking
    await asking.close()
