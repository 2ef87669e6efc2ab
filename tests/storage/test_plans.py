"""What is asked often, or of much, is answered from an index on both databases."""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, select, text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.search import Wanted
from storage import agenda, causal_classes, claims, search, sources
from storage.engine import Database
from storage.statements import run
from storage.tables import DeliveryRow, PostmortemRow, PostmortemTextRow
from storage.whole import read_all
from tests.storage.samples import FACTS, NOW, started

Ask = Callable[[AsyncSession], Awaitable[object]]
TABLES = SQLModel.metadata.tables
POSTMORTEMS = 2_000
OWED = 10_000


@contextmanager
def noted(connection: Connection) -> Iterator[list[tuple[str, Any]]]:
    """Every statement and its values, as they go to the database."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, said: str, values: Any, *_: object) -> None:
        asked.append((said, values))

    event.listen(connection, "before_cursor_execute", note)
    yield asked
    event.remove(connection, "before_cursor_execute", note)


async def plans(database: Database, ask: Ask, *, small: bool = True) -> list[str]:
    """How the database goes about each query that `ask` makes.

    PostgreSQL reads a small table from end to end, and is right; so it is told not to.
    """
    async with database.sessions.begin() as session:
        connection = await session.connection()
        assert connection.sync_connection is not None
        with noted(connection.sync_connection) as asked:
            await ask(session)
        explain = "EXPLAIN QUERY PLAN"
        if connection.dialect.name == "postgresql":
            explain = "EXPLAIN"
            await run(session, text(f"SET LOCAL enable_seqscan = {'off' if small else 'on'}"))
        answers = [await connection.exec_driver_sql(f"{explain} {said}", it) for said, it in asked]
        return ["\n".join(str(row[-1]) for row in answer) for answer in answers]


def read_whole(plan: str) -> set[str]:
    """The tables that are read from end to end."""
    return set(TABLES) & set(re.findall(r"(?:SCAN|Seq Scan on) (\w+)", plan))


@pytest.mark.parametrize("plan", ["SCAN tagging USING INDEX i", "->  Seq Scan on tagging  (cost"])
def test_a_table_that_is_read_from_end_to_end_is_noticed(plan: str) -> None:
    assert read_whole(plan) == {"tagging"}
    assert read_whole("SCAN (subquery-3)\nSCAN anon_1\nSEARCH tagging USING INDEX i") == set()


async def test_entries_of_a_message_are_found_by_an_index(database: Database) -> None:
    async def ask(session: AsyncSession) -> object:
        return await sources.places(session, "T1", "C1", "1.1")

    [plan] = await plans(database, ask)
    assert "ix_timeline_entry_message" in plan, plan
    assert not read_whole(plan), plan


async def test_earlier_incidents_are_found_by_their_class(database: Database) -> None:
    async def ask(session: AsyncSession) -> object:
        return await causal_classes.earlier(session, "T1", 1, [1, 2], since=NOW)

    [plan] = await plans(database, ask)
    assert "ix_tagging_workspace_id_class_id_postmortem_id" in plan, plan
    assert not read_whole(plan), plan


async def test_items_of_the_same_service_are_found_by_their_workspace(database: Database) -> None:
    async with database.sessions.begin() as session:
        made = await started(session)

    async def ask(session: AsyncSession) -> object:
        await agenda.reviews_of(session, made)
        await agenda.earlier_items(session, made, [1], since=NOW)
        return await agenda.earlier_items(session, made, [1])

    for plan in await plans(database, ask):
        assert not read_whole(plan), plan


async def test_no_part_of_a_postmortem_is_looked_for_in_a_whole_table(database: Database) -> None:
    async with database.sessions.begin() as session:
        made = await started(session)

    async def ask(session: AsyncSession) -> object:
        return await read_all(session, made, FACTS.started_at)

    [plan] = await plans(database, ask)
    assert not read_whole(plan), plan


async def many_postmortems(session: AsyncSession) -> None:
    """Thousands, each with a word of its own."""
    await started(session)
    row = (await run(session, select(*TABLES["postmortem"].columns))).one()._asdict()
    numbers = range(2, POSTMORTEMS)
    rows = [row | {"id": each, "number": each, "channel": f"C{each}"} for each in numbers]
    await run(session, insert(PostmortemRow), rows)
    texts = [
        {"postmortem_id": each, "workspace_id": "T1", "words": f"incident word{each}"}
        for each in numbers
    ]
    await run(session, insert(PostmortemTextRow), texts)
    await run(session, text("ANALYZE"))


async def test_words_are_looked_up_in_the_full_text_index(database: Database) -> None:
    async with database.sessions.begin() as session:
        await many_postmortems(session)

    async def ask(session: AsyncSession) -> object:
        return await search.find(session, "T1", Wanted(words="incident word77"))

    for plan in await plans(database, ask):
        assert re.search("ix_postmortem_text_vector|postmortem_fts VIRTUAL TABLE INDEX", plan), plan
        assert not read_whole(plan), plan


async def owe(session: AsyncSession) -> None:
    """Owe thousands of people, one more every minute, all but six in the time to come."""
    same = {"workspace_id": "T1", "kind": "reminder", "created_at": NOW}
    same |= {"wanted": 1, "sent": 0, "attempts": 0}
    rows = [
        same | {"subject": who, "channel": who, "due_at": NOW + timedelta(minutes=number - 5)}
        for number, who in enumerate(f"U{each}" for each in range(OWED))
    ]
    await run(session, insert(DeliveryRow), rows)
    await run(session, text("ANALYZE"))


async def test_claiming_does_not_look_at_what_is_due_later(database: Database) -> None:
    async with database.sessions.begin() as session:
        await owe(session)

    async def ask(session: AsyncSession) -> None:
        assert len(await claims.claim(session, NOW, lease=timedelta(minutes=1), limit=50)) == 6

    plan = (await plans(database, ask, small=False))[-1]
    assert "ix_delivery_due_at_id" in plan, plan
    assert not read_whole(plan), plan
