"""The tick: APScheduler strikes, the database says what is due."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_sdk.web.async_client import AsyncWebClient

from handlers.in_hand import InHand
from storage.engine import Sessions

log = structlog.get_logger(__name__)

TICK_SECONDS = 1
#: What the clock does at each strike: reads what is due at `now`, and owes it. With the client it
#: only asks.
Scheduled = Callable[[Sessions, AsyncWebClient, datetime], Awaitable[None]]


def wall() -> datetime:
    """Now, as the machine's clock has it, in UTC."""
    return datetime.now(UTC)


class Clock:
    """Strikes every second; keeps no state, so a restart or a second replica changes nothing.

    Each duty goes by itself: one that waits for Slack holds up no other.
    """

    def __init__(
        self,
        sessions: Sessions,
        client: AsyncWebClient,
        now: Callable[[], datetime],
        schedule: Mapping[str, Scheduled],
        wake: Callable[[], None],
    ) -> None:
        self._sessions = sessions
        self._client = client
        self._now = now
        self._schedule = schedule
        self._wake = wake
        self._ticks = AsyncIOScheduler(timezone=UTC)
        self._in_hand = InHand("strikes_not_finished")
        self._holders = 0
        #: A duty begins again only when it has ended: a strike waits for the tick before it.
        self._turns = {name: asyncio.Lock() for name in schedule}

    def start(self) -> None:
        """Begin to tick. A late or a missed tick is made up for by the next."""
        for deed in (self._nudge, *(partial(self._tick, name) for name in self._schedule)):
            self._ticks.add_job(
                deed,
                "interval",
                seconds=TICK_SECONDS,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._ticks.start()

    async def stop(self, patience: float) -> None:
        """Tick no more; finish what is begun within `patience` seconds, and cancel the rest.

        What is cancelled is rolled back, and begun anew by whoever ticks next.
        """
        self._ticks.shutdown(wait=False)
        await self._in_hand.finish(patience)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Do not tick while the block lasts; it strikes only where it is told to.

        Several may hold it: it ticks again when the last one lets go.
        """
        self._holders += 1
        self._ticks.pause()
        try:
            yield
        finally:
            self._holders -= 1
            if not self._holders:
                self._ticks.resume()

    async def strike(self) -> None:
        """Owe whatever is due now, one duty after the other, and wake the courier."""
        for name in self._schedule:
            await self._do(name)
        await self._nudge()

    async def _nudge(self) -> None:
        self._wake()

    async def _tick(self, name: str) -> None:
        duty = self._in_hand.begin(self._do(name))
        with suppress(asyncio.CancelledError):  # at a stop, which waits for the duty itself
            await asyncio.wait({duty})

    async def _do(self, name: str) -> None:
        async with self._turns[name]:
            try:
                await self._schedule[name](self._sessions, self._client, self._now())
            except Exception:
                log.exception("schedule_broken", duty=name)
