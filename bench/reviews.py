"""What a monthly review costs that has ten thousand open items: `python -m bench.reviews`.

Its beginning on SQLite, and on PostgreSQL where CLOSEDLOOP_BENCH_DATABASE names an empty database
of one; then its first card, a Next and its end, through the real app and a local workspace; then
the calls to Slack that the whole walk takes. Exit code 1 when an expectation is missed.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from bench.open_items import NOW, fill
from bench.review_beginning import NEXTS, beginning
from bench.review_walk import CHAIR, CHANNEL, Cost, begun, called, walks
from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH, NEXT_CARD
from bot.logs import set_up
from handlers.reviews import REVIEW_CARD
from storage.engine import open_database
from storage.migrate import migrate
from tests.scenarios.stage import Stage, staged

FEW, MANY = 100, 10_000
#: Of so many it is worked out what the walk takes.
WALKED = (300, MANY)
#: Of the memory that a review of many takes at its beginning to what one of few does.
MEMORY_RATIO = 1.5
#: The first card is in the channel so long after the review was to begin.
FIRST_CARD_S = 2.0
#: So long this waits for something that should come at once, in seconds.
PATIENCE = 120.0
_SUMMARY = "review_summary"


async def _beginnings() -> bool:
    """Print how a review begins on each database; whether an expectation is missed."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        urls = [f"sqlite:///{Path(folder) / 'bench.sqlite3'}"]
        urls += filter(None, [os.environ.get("CLOSEDLOOP_BENCH_DATABASE")])
        return any([await _compared(url) for url in urls])


async def _compared(url: str) -> bool:
    await migrate(url)
    database = open_database(url)
    try:
        few, many = [await beginning(database, size) for size in (FEW, MANY)]
    finally:
        await database.close()
    name = database.url.get_backend_name()
    print(f"{name:>26}{FEW:>10,}{MANY:>10,}{'':8}ratio")
    quick, small = many.seconds <= FIRST_CARD_S, many.peak <= MEMORY_RATIO * few.peak
    print(_row("a review begins, ms", few.seconds * 1_000, many.seconds * 1_000), end="")
    print(f"  {many.seconds:.1f} <= {FIRST_CARD_S:.0f} s {_verdict(quick)}")
    print(_row("it goes on, ms", few.on * 1_000, many.on * 1_000))
    print(_row("memory at its peak, KiB", few.peak / 1024, many.peak / 1024), end="")
    print(f"  <= {MEMORY_RATIO} {_verdict(small)}\n")
    return not (quick and small)


def _row(name: str, few: float, many: float) -> str:
    return f"{name:>26}{few:>10.1f}{many:>10.1f}{many / few:>13.2f}"


def _verdict(kept: bool) -> str:  # noqa: FBT001 - what the verdict is about
    return "ok" if kept else "MISSED"


async def _through_the_app() -> bool:
    """Print how long the first card, a Next and the end take; whether the first is too late."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with staged(Path(folder) / "app.sqlite3", at=NOW) as stage:
            team = stage.sandbox.workspace.team_id
            async with stage.bot.database.sessions.begin() as session:
                await fill(session, team, MANY)
            review = await called(stage)
            first = await _until_posted(stage, REVIEW_CARD, lambda: begun(stage, review))
            await stage.settled()
            nexts = sorted([await _next(stage) for _ in range(NEXTS)])
            end = await _ended(stage)
            await stage.settled()
            stage.check()
    kept = first <= FIRST_CARD_S
    print(f"{'through the app':>26}{MANY:>20,} items")
    print(f"{'first card after, s':>26}{first:>20.2f}  <= {FIRST_CARD_S:.0f} {_verdict(kept)}")
    print(f"{'Next to its card, p50 ms':>26}{nexts[NEXTS // 2] * 1_000:>20.0f}")
    print(f"{'closed to summary, s':>26}{end:>20.2f}\n")
    return not kept


async def _next(stage: Stage) -> float:
    chair = stage.person(CHAIR)
    spent = await _until_posted(
        stage, REVIEW_CARD, lambda: chair.click(CHANNEL, action_id=NEXT_CARD)
    )
    await stage.settled()
    return spent


async def _ended(stage: Stage) -> float:
    """Let everything be decided that must be, and the chair close the review."""
    await stage.run_sql(
        "UPDATE review_entry SET settled_at = '2026-12-01 09:00:00', settled_by = 'U1', "
        "reason = 'decided' WHERE why IN ('expired', 'overdue')"
    )
    form = await stage.opened(CHAIR, CLOSE_REVIEW_OF_MONTH, CHANNEL)

    async def sent() -> None:
        answer = await form.submit()
        assert answer.closed, answer.errors

    return await _until_posted(stage, _SUMMARY, sent)


async def _until_posted(stage: Stage, kind: str, act: Callable[[], Awaitable[None]]) -> float:
    """How long after an act one more message of this kind is in the channel, in seconds."""
    before = len(stage.posted(kind, CHANNEL))

    def look() -> bool | None:
        return len(stage.posted(kind, CHANNEL)) > before or None

    began = time.perf_counter()
    await act()
    await stage.sandbox.workspace.changes.until(look, PATIENCE, f"No {kind} came.")
    return time.perf_counter() - began


def table(costs: dict[str, Cost]) -> str:
    """What the walk costs in calls, beside the fewest there can be, and how long Slack takes."""
    heads = ("calls", "floor", "ratio", "posts", "at 1/s", "changes", "at 50/min")
    rows = [
        (
            name,
            f"{each.calls:,.0f}",
            f"{each.floor:,}",
            f"{each.calls / each.floor:.2f}",
            f"{each.posts:,.0f}",
            _hours(each.posting),
            f"{each.changes:,.0f}",
            _hours(each.changing),
        )
        for name, each in costs.items()
    ]
    return "\n".join(
        f"{name:>26}" + "".join(f"{cell:>12}" for cell in cells)
        for name, *cells in [("items, walked", *heads), *rows]
    )


def _hours(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60} h {minutes % 60:02} min"


async def main() -> int:
    """Print the tables; 1 where an expectation is missed."""
    set_up("WARNING", "console")
    missed = [await _beginnings(), await _through_the_app()]
    print(table(await walks(WALKED)))
    return int(any(missed))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
