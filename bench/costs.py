"""What reading something costs, and for how long everybody else waits meanwhile."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.engine import Database

ROUNDS = 5
_TURN_S = 0.001

Ask = Callable[[AsyncSession], Awaitable[object]]


@dataclass(frozen=True)
class Cost:
    """What something costs, in milliseconds; of each the least of some rounds.

    `spent` is how long it took, `cpu` what it took of processors, `held` the longest that another
    task waited for its turn. `own` is the longest that the loop's thread worked between two turns,
    the first round included, in which statements are put together that are kept from then on.
    """

    spent: float
    cpu: float
    held: float
    own: float


async def cost(database: Database, ask: Ask) -> Cost:
    """Ask for it some times, each in a session of its own."""
    rounds = [await _round(database, ask) for _ in range(ROUNDS)]
    own = max(each.own for each in rounds)
    spent, cpu, held = (
        min(getattr(each, name) for each in rounds) for name in ("spent", "cpu", "held")
    )
    return Cost(spent, cpu, held, own)


async def _round(database: Database, ask: Ask) -> Cost:
    async with _ticking() as turns, database.sessions() as session:
        began, of_all = time.perf_counter(), time.process_time()
        await ask(session)
        spent, cpu = time.perf_counter() - began, time.process_time() - of_all
    held, own = (max(each) for each in zip(*turns, strict=True))
    return Cost(*(1_000 * each for each in (spent, cpu, held, own)))


@asynccontextmanager
async def _ticking() -> AsyncIterator[list[tuple[float, float]]]:
    """How much later than it wanted a task has its turn, and what the loop worked until then."""
    turns: list[tuple[float, float]] = []

    async def tick() -> None:
        while True:
            began, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(_TURN_S)
            waited = time.perf_counter() - began - _TURN_S
            turns.append((waited, time.thread_time() - worked))

    ticking = asyncio.ensure_future(tick())
    yield turns
    await asyncio.sleep(2 * _TURN_S)  # what held it last is noticed with the next turn
    ticking.cancel()
