"""Many small deeds as a few large ones: what comes while one is done is done together next."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")


class Together(Generic[Asked, Answered]):
    """Does `work` for up to `most` at a time; an error of it is everybody's whom it was for."""

    def __init__(
        self, work: Callable[[Sequence[Asked]], Awaitable[Sequence[Answered]]], most: int
    ) -> None:
        self._work = work
        self._most = most
        self._turn = asyncio.Lock()
        self._waiting: deque[tuple[Asked, asyncio.Future[Answered]]] = deque()

    async def do(self, asked: Asked) -> Answered:
        """The answer to this one. Who is cut off is left out, unless it is being worked on."""
        answer: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        try:
            async with self._turn:
                if not answer.done():
                    await self._next()
            return await answer
        except asyncio.CancelledError:
            answer.cancel()
            raise

    async def _next(self) -> None:
        number = min(self._most, len(self._waiting))
        taken = [self._waiting.popleft() for _ in range(number)]
        taken = [each for each in taken if not each[1].done()]
        try:
            answers = await self._work([asked for asked, _ in taken])
        except asyncio.CancelledError:
            # Only whoever worked is cut off; the others are for whoever comes next.
            self._waiting.extendleft(reversed(taken))
            raise
        except Exception as error:  # noqa: BLE001 - each of those who wait raises it
            for _, answer in taken:
                _say(answer, error)
        else:
            for (_, answer), said in zip(taken, answers, strict=True):
                _say(answer, said)


def _say(answer: "asyncio.Future[Answered]", said: Answered | Exception) -> None:
    if answer.done():
        return
    if isinstance(said, Exception):
        answer.set_exception(said)
    else:
        answer.set_result(said)
