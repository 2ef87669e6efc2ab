"""What a tick costs with nothing due, by how many items wait: `python -m bench.ticks`.

On SQLite, and on PostgreSQL where CLOSEDLOOP_BENCH_DATABASE names an empty database of one. A tick
looks for hearings and for questions that nobody answered. The expectation is a ratio of one run;
exit code 1 when it is missed.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import insert, select, text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.rooms import SCHEDULE
from domain.action_items import ItemKind, ItemState, Progress
from domain.postmortems import Facts, Severity
from domain.programme import Priority
from storage import postmortems
from storage.engine import Database, open_database
from storage.migrate import migrate
from storage.statements import run

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000)
TICKS = 300
#: Of the median tick with the most items to the one with the fewest.
EXPECTED = 1.5
_TABLES = SQLModel.metadata.tables


async def main() -> int:
    """Print the table of each database; 1 where an expectation is missed."""
    with tempfile.TemporaryDirectory() as folder:
        urls = [f"sqlite:///{Path(folder) / 'bench.sqlite3'}"]
        urls += filter(None, [os.environ.get("CLOSEDLOOP_BENCH_DATABASE")])
        return int(any([await _measured(url) for url in urls]))


async def _measured(url: str) -> bool:
    """Whether the expectation is missed there."""
    await migrate(url)
    database = open_database(url)
    print(f"{database.url.get_backend_name():>12}{'p50':>10}{'p99':>10}  ms a tick, nothing due")
    medians = []
    for before, size in zip((0, *SIZES), SIZES, strict=False):
        async with database.sessions.begin() as session:
            await _fill(session, before, size)
        spent = await _ticks(database)
        medians.append(statistics.median(spent))
        p99 = statistics.quantiles(spent, n=100)[98]
        print(f"{size:>12,}{medians[-1]:>10.2f}{p99:>10.2f}")
    await database.close()
    ratio = medians[-1] / medians[0]
    print(f"{'ratio':>12}{ratio:>10.2f}  <= {EXPECTED} {'ok' if ratio <= EXPECTED else 'MISSED'}\n")
    return ratio > EXPECTED


async def _fill(session: AsyncSession, before: int, size: int) -> None:
    """Let there be so many items, each to be heard of on a day to come."""
    facts = Facts(title="Checkout", service="checkout", severity=Severity.P2, started_at=NOW)
    if not before:
        await postmortems.start(
            session,
            "T1",
            channel=None,
            channel_name="",
            is_private=False,
            facts=facts,
            created_by="U1",
            submission="V0",
            now=NOW,
        )
    table = _TABLES["postmortem"]
    first = (await run(session, table.select().limit(1))).one()._asdict()
    del first["id"]  # the database gives them out: nobody who comes later is given one again
    new = range(before + 2, size + 2)
    rows = [first | {"number": each, "submission": f"V{each}"} for each in new]
    await run(session, insert(table), rows)
    ids = (await run(session, select(table.c.id).where(table.c.number > before + 1))).scalars()
    await run(session, insert(_TABLES["action_item"]), [_item(each) for each in ids])
    await run(session, text("ANALYZE"))


def _item(number: int) -> dict[str, object]:
    due = NOW + timedelta(days=1 + number % 60)
    return {
        "workspace_id": "T1",
        "postmortem_id": number,
        "position": 1,
        "what": "Drain connections before a failover",
        "done_when": "A failover under load loses no request",
        "owner": f"U{number % 300}",
        "priority": Priority.P2,
        "due_on": due.date(),
        "kind": ItemKind.GUARDRAIL,
        "state": ItemState.OPEN,
        "created_by": "U1",
        "created_at": NOW,
        "reschedules": 0,
        "reviews_seen": 0,
        "progress": Progress.NOT_STARTED,
        "hear_at": due,
    } | dict.fromkeys(("note", "shipped", "evidence", "link", "proposed_owner", "proposed_by"), "")


async def _ticks(database: Database) -> list[float]:
    clock = Clock(database.sessions, AsyncWebClient(), lambda: NOW, SCHEDULE, _nobody)
    spent = []
    for _ in range(TICKS):
        began = time.perf_counter()
        await clock.strike()
        spent.append(1_000 * (time.perf_counter() - began))
    return spent[TICKS // 10 :]


def _nobody() -> None:
    """Wake nobody."""


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
