"""The tick: APScheduler strikes, the database says what is due."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage.engine import Sessions

log = structlog.get_logger(__name__)

TICK_SECONDS = 1
#: What the clock does at each strike: reads what is due at `now`, and owes it.
Scheduled = Callable[[Sessions, datetime], Awaitable[None]]


def wall() -> datetime:
    """Now, as the machine's clock has it, in UTC."""
    return datetime.now(UTC)


class Clock:
    """Strikes every second; keeps no state, so a restart or a second replica changes nothing."""

    def __init__(
        self,
        sessions: Sessions,
        now: Callable[[], datetime],
        schedule: Mapping[str, Scheduled],
        wake: Callable[[], None],
    ) -> None:
        self._sessions = sessions
        self._now = now
        self._schedule = schedule
        self._wake = wake
        self._ticks = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        """Begin to tick. A late or a missed tick is made up for by the next."""
        self._ticks.add_job(
            self.strike,
            "interval",
            seconds=TICK_SECONDS,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._ticks.start()

    def stop(self) -> None:
        """Tick no more; what a strike has begun goes on to its end."""
        self._ticks.shutdown(wait=False)

    async def strike(self) -> None:
        """Owe whatever is due now, and wake the courier."""
        for name, scheduled in self._schedule.items():
            try:
                await scheduled(self._sessions, self._now())
            except Exception:
                log.exception("schedule_broken", duty=name)
        self._wake()
