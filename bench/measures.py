"""What a report costs, the list behind a number and a Home, by how many incidents there are.

`python -m bench.measures`: on SQLite, over 1,000, 10,000 and 100,000 incidents with three action
items each. How long the event loop is held is the longest time that a task waits which wants a turn
every millisecond; the least of some rounds, for what else the machine does only adds to it. Then
how SQLite goes about the statements that take longest, over the most incidents. Exit code 1 when an
expectation is missed.
"""

import asyncio
import gc
import sys
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from bench.costs import Ask, Cost, cost
from bench.many_incidents import NOW, OWNER, fill
from bot.logs import set_up
from domain.behind import OF_ITEMS, Asked, Which
from domain.report import Report, Wanted
from domain.windows import Dimension
from handlers.health import work_out
from handlers.home import home
from handlers.homes import opened
from handlers.report_numbers import gather, parts
from storage import claims, measures
from storage.engine import Database, open_database
from storage.incidents_behind import incidents_behind
from storage.items_behind import items_behind
from storage.migrate import migrate

SIZES = (1_000, 10_000, 100_000)
TEAM = "T1"
REPORT, HOME = "report over 12 months", "a Home"
#: Of the most incidents, in milliseconds; and what may hold the loop for so long, once warm.
EXPECTED = {"report over 6 months": 1_000, REPORT: 1_000, HOME: 50}
HELD_MS = 20
#: Those whose plans are shown.
_PLANNED = ("repeats", "recurrence", "times")


async def _asks(database: Database) -> dict[str, Ask]:
    """What is measured."""
    async with database.sessions() as session:
        report = await gather(session, TEAM, Wanted(months=12), NOW)
    asks: dict[str, Ask] = {
        f"report over {months} months": partial(_report, months) for months in (3, 6, 12)
    }
    asks |= {f"told apart by {by}": partial(_parts, report, by) for by in Dimension}
    asks |= {f"behind: {which}": partial(_behind, report, which) for which in Which}
    return asks | {HOME: await _home(database)}


async def _report(months: int, session: AsyncSession) -> object:
    return await gather(session, TEAM, Wanted(months=months), NOW)


async def _parts(report: Report, by: Dimension, session: AsyncSession) -> object:
    return await parts(session, TEAM, report, by)


async def _behind(report: Report, which: Which, session: AsyncSession) -> object:
    asked = Asked(which=which, window=report.window)
    return await (items_behind if which in OF_ITEMS else incidents_behind)(session, TEAM, asked)


async def _home(database: Database) -> Ask:
    """The Home of somebody with 80 open items, who has opened it, with its numbers there."""
    async with database.sessions.begin() as session:
        await opened(session, TEAM, OWNER, NOW)
    await work_out(database.sessions, AsyncWebClient(), NOW)
    async with database.sessions.begin() as session:
        [owed] = await claims.claim(session, NOW, lease=timedelta(minutes=1), limit=5)
    return lambda session: home(session, owed)


async def _measured(url: str, size: int) -> dict[str, Cost]:
    await migrate(url)
    database = open_database(url)
    try:
        async with database.sessions.begin() as session:
            await fill(session, TEAM, size)
        gc.collect()
        gc.freeze()  # to look through every module that is loaded takes 100 ms, whoever is unlucky
        asks = await _asks(database)
        found = {name: await cost(database, ask) for name, ask in asks.items()}
        if size == SIZES[-1]:
            await _show_plans(database)
    finally:
        await database.close()
    return found


async def _show_plans(database: Database) -> None:
    """Print how SQLite goes about the statements of a report that take longest."""
    async with database.sessions() as session:
        window = (await gather(session, TEAM, Wanted(months=12), NOW)).window
        asks: Mapping[str, Ask] = {
            "repeats": lambda it: measures.repeats(it, TEAM, [window]),
            "recurrence": lambda it: measures.recurrence(it, TEAM, NOW),
            "times": lambda it: measures.times(it, TEAM, [window]),
        }
        for name in _PLANNED:
            print(f"\n{name}:")
            for line in await _plan(session, asks[name]):
                print(f"  {line}")
    print()


async def _plan(session: AsyncSession, ask: Ask) -> list[str]:
    connection = await session.connection()
    said: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, words: str, values: Any, *_: object) -> None:
        said.append((words, values))

    event.listen(connection.sync_connection, "before_cursor_execute", note)
    await ask(session)
    event.remove(connection.sync_connection, "before_cursor_execute", note)
    explained = [
        await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
        for words, values in said
    ]
    lines = [str(row[-1]) for rows in explained for row in rows]
    return [line for line in dict.fromkeys(lines) if line.startswith(("SCAN", "SEARCH", "USE"))]


def _table(costs: list[dict[str, Cost]]) -> bool:
    """Print what everything costs; whether an expectation is missed."""
    heads = "".join(f"{size:>9,}" for size in SIZES)
    print(f"{'ms':>30}{heads}{'ratio':>8}{'cpu':>8}{'held':>7}{'own':>7}")
    missed = False
    for name in costs[0]:
        few, *_, many = each = [each[name] for each in costs]
        spent = "".join(f"{cost.spent:>9.1f}" for cost in each)
        kept = many.spent <= EXPECTED.get(name, float("inf"))
        kept &= max(many.held, many.own) <= HELD_MS
        missed |= not kept
        wanted = f"<= {EXPECTED[name]:,}, " if name in EXPECTED else ""
        print(
            f"{name:>30}{spent}{many.spent / few.spent:>8.1f}{many.cpu:>8.1f}{many.held:>7.1f}"
            f"{many.own:>7.1f}  {wanted}held <= {HELD_MS} {'ok' if kept else 'MISSED'}"
        )
    return missed


async def main() -> int:
    """Print the plans and the table; 1 where an expectation is missed."""
    set_up("WARNING", "console")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        costs = [
            await _measured(f"sqlite:///{Path(folder) / f'{size}.sqlite3'}", size) for size in SIZES
        ]
    return int(_table(costs))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
