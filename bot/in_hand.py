"""What a stop finishes: tasks the app keeps hold of, and the time there is for all of them."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

import structlog

from handlers.opening import Opening

log = structlog.get_logger(__name__)

Answer = TypeVar("Answer")

#: A cancelled task gets this long to put down what it holds: connections, transactions.
LETTING_GO_SECONDS = 1.0


class Deadline:
    """One span of time that several steps share; it begins when the first of them asks."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._over: float | None = None

    def left(self) -> float:
        """Seconds that are left; 0 when it is over."""
        now = asyncio.get_running_loop().time()
        if self._over is None:
            self._over = now + self._seconds
        return max(0.0, self._over - now)


class InHand:
    """Keeps hold of tasks, so that a stop can wait for them, and end those that take too long."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def begin(self, work: Coroutine[Any, Any, Answer]) -> asyncio.Task[Answer]:
        """Start `work` now."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def finish(self, patience: float) -> int:
        """Wait up to `patience` seconds, then cancel what is left; the number cancelled."""
        if not self._tasks:
            return 0
        _, unfinished = await asyncio.wait(self._tasks, timeout=patience)
        if unfinished:
            log.warning("requests_not_answered", number=len(unfinished))
        await cancelled(unfinished)
        return len(unfinished)


class Forms(Opening):
    """Forms being opened, which a stop can end."""

    async def finish(self, patience: float) -> int:
        """Wait up to `patience` seconds, then cancel what is left; the number cancelled."""
        unfinished = await self.drain(patience)
        if unfinished:
            log.warning("forms_not_opened", number=unfinished)
        await cancelled(tuple(self._tasks))
        return unfinished


async def cancelled(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel them, and return when they have let go of what they held."""
    ending = set(tasks)
    for task in ending:
        task.cancel()
    if ending:
        await asyncio.wait(ending, timeout=LETTING_GO_SECONDS)
