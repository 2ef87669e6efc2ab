"""The clock strikes where it is told to, and each duty goes once at a time."""

import asyncio
from datetime import datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import TICK_SECONDS, Clock, wall
from storage.engine import Sessions


async def test_a_held_clock_does_not_tick_and_ticks_again_afterwards(sessions: Sessions) -> None:
    struck = asyncio.Event()

    async def strike(_sessions: Sessions, _client: AsyncWebClient, _now: datetime) -> None:
        struck.set()

    clock = Clock(sessions, AsyncWebClient(), wall, {"strike": strike}, lambda: None)
    clock.start()
    with clock.held():
        with clock.held():
            pass  # whoever lets go first lets nobody tick
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(struck.wait(), TICK_SECONDS * 1.3)
        await clock.strike()
        assert struck.is_set()
        struck.clear()
    await asyncio.wait_for(struck.wait(), TICK_SECONDS * 10)
    await clock.stop(1)


async def test_a_stop_waits_for_what_a_strike_has_begun(sessions: Sessions) -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def strike(_sessions: Sessions, _client: AsyncWebClient, _now: datetime) -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    clock = Clock(sessions, AsyncWebClient(), wall, {"strike": strike}, lambda: None)
    clock.start()
    await asyncio.wait_for(begun.wait(), TICK_SECONDS * 10)
    stopping = asyncio.create_task(clock.stop(10))
    asyncio.get_running_loop().call_soon(may_end.set)
    await stopping
    assert ended.is_set()


async def test_a_strike_waits_for_the_tick_of_the_same_duty(sessions: Sessions) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()
    ended: list[bool] = []

    async def look(_sessions: Sessions, _client: AsyncWebClient, _now: datetime) -> None:
        begun.set()
        await may_end.wait()
        ended.append(True)

    clock = Clock(sessions, AsyncWebClient(), wall, {"look": look}, lambda: None)
    clock.start()
    await asyncio.wait_for(begun.wait(), TICK_SECONDS * 10)
    with clock.held():
        striking = asyncio.create_task(clock.strike())
        asyncio.get_running_loop().call_soon(may_end.set)
        await striking
    assert ended == [True, True]
    await clock.stop(1)
