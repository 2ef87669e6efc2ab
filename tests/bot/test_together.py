"""Many small deeds as a few large ones: nobody is left out, and nobody waits for nothing."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.together import Together


class Work:
    """Doubles numbers once it may; zero breaks it."""

    def __init__(self) -> None:
        self.may = asyncio.Event()
        self.done: list[Sequence[int]] = []

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        """Double them."""
        self.done.append(list(numbers))
        await self.may.wait()
        return [(1 // each and 2 * each) or 2 * each for each in numbers]


async def a_turn() -> None:
    """Let everybody go on as far as they can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def asked(together: Together[int, int], *numbers: int) -> list[asyncio.Task[int]]:
    """Ask for each of them, in this order."""
    tasks = [asyncio.create_task(together.do(each)) for each in numbers]
    await a_turn()
    return tasks


async def test_what_comes_meanwhile_is_done_together() -> None:
    work = Work()
    tasks = await asked(Together(work, most=3), 1, 2, 3, 4, 5)
    work.may.set()
    assert await asyncio.gather(*tasks) == [2, 4, 6, 8, 10]
    assert work.done == [[1], [2, 3, 4], [5]]


async def test_an_error_is_told_to_those_whom_it_was_for() -> None:
    work = Work()
    together = Together(work, most=9)
    tasks = await asked(together, 1, 0, 2)
    work.may.set()
    told = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in told] == [int, ZeroDivisionError, ZeroDivisionError]
    assert await together.do(3) == 6


@pytest.mark.parametrize("cut", [0, 1, 2])
async def test_whoever_is_cut_off_takes_nobody_along(cut: int) -> None:
    work = Work()
    together = Together(work, most=9)
    tasks = await asked(together, 1, 2, 3)
    tasks[cut].cancel()
    await a_turn()
    work.may.set()
    told = await asyncio.gather(*tasks, return_exceptions=True)
    assert [each for place, each in enumerate(told) if place != cut] == [
        each for place, each in enumerate([2, 4, 6]) if place != cut
    ]
    assert isinstance(told[cut], asyncio.CancelledError)


async def test_when_whoever_works_for_others_is_cut_off_they_are_done_next() -> None:
    work = Work()
    together = Together(work, most=9)
    first, second, third = await asked(together, 1, 2, 3)
    first.cancel()
    await a_turn()
    assert work.done == [[1], [2, 3]]
    second.cancel()
    await a_turn()
    work.may.set()
    assert await third == 6
    assert work.done[-1] in ([2, 3], [3])
