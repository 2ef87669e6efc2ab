"""Waiting for something to become true in the workspace, without looking again and again."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Changes:
    """Tells those who wait that something changed."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []
        self._listeners: list[Callable[[], object]] = []

    def happened(self) -> None:
        """Something changed: whoever waits looks again."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)
        for listener in tuple(self._listeners):
            listener()

    def listen(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Call `listener()` after every change until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def until(
        self, probe: Callable[[], Found | None], seconds: float, otherwise: str
    ) -> Found:
        """What `probe` finds once it finds something; `TimeoutError` says `otherwise`."""
        try:
            async with asyncio.timeout(seconds):
                while (found := probe()) is None:
                    future = asyncio.get_running_loop().create_future()
                    self._waiting.append(future)
                    await future
        except TimeoutError:
            raise TimeoutError(otherwise) from None
        return found
