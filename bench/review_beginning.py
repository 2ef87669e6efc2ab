"""How a monthly review of many items begins: how long that takes, and how much memory."""

import time
import tracemalloc
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bench.open_items import NOW, fill
from domain.reviews import Review
from handlers import reviews as walk
from storage import reviews, workspaces
from storage.engine import Database

#: So often a review goes on to be timed.
NEXTS = 20


class _Undone(Exception):
    """Nothing of this is to be kept."""


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """How long the transaction took in which a review began, and how much memory at its peak.

    `on` is how long those take in which it goes on, on the average.
    """

    seconds: float
    peak: int
    on: float


async def beginning(database: Database, size: int) -> Beginning:
    """Begin a review of so many items: once to weigh it, which is undone, and once to time it."""
    team = f"T{size}"
    async with database.sessions.begin() as session:
        await fill(session, team, size)
        review = await reviews.call(session, _review(team))
    await _begun(database, review, keeps=False)  # what is put together once, is
    tracemalloc.start()
    await _begun(database, review, keeps=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    seconds = await _begun(database, review, keeps=True)
    return Beginning(seconds=seconds, peak=peak, on=await _went_on(database, review))


def _review(team: str) -> Review:
    return Review(
        workspace=team,
        facilitator="U1",
        called_by="",
        called_at=NOW - timedelta(days=3),
        due_at=NOW,
        due_on=NOW.date(),
        channel="C1",
    )


async def _begun(database: Database, review: Review, *, keeps: bool) -> float:
    began = time.perf_counter()
    with suppress(_Undone):
        async with database.sessions.begin() as session:
            await workspaces.ensure(session, review.workspace)
            await walk.begin(session, review, NOW)
            if not keeps:
                raise _Undone
    return time.perf_counter() - began


async def _went_on(database: Database, review: Review) -> float:
    began = time.perf_counter()
    for _ in range(NEXTS):
        async with database.sessions.begin() as session:
            under_way = await reviews.lock(session, review.workspace, review.id or 0)
            await walk.bring_up(session, under_way or review, NOW)
    return (time.perf_counter() - began) / NEXTS
