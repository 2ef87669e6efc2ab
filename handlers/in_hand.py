"""Tasks the app keeps hold of, so that a stop can finish them."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

import structlog

log = structlog.get_logger(__name__)

Answer = TypeVar("Answer")

#: A cancelled task gets this long to put down what it holds: connections, transactions.
LETTING_GO_SECONDS = 1.0


class InHand:
    """Keeps hold of tasks, so that a stop can wait for them, and end those that take too long.

    `unfinished` is what the log says of those.
    """

    def __init__(self, unfinished: str) -> None:
        self._unfinished = unfinished
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
            log.warning(self._unfinished, number=len(unfinished))
        await cancelled(unfinished)
        return len(unfinished)


async def cancelled(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel them, and return when they have let go of what they held."""
    ending = set(tasks)
    for task in ending:
        task.cancel()
    if ending:
        await asyncio.wait(ending, timeout=LETTING_GO_SECONDS)
