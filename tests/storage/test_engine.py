import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import workspaces
from storage.engine import Database, Sessions, driver_url, open_database
from storage.statements import run


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///bot.sqlite3", "sqlite+aiosqlite:///bot.sqlite3"),
        ("sqlite+aiosqlite:///bot.sqlite3", "sqlite+aiosqlite:///bot.sqlite3"),
        ("postgres://u@db/bot", "postgresql+asyncpg://u@db/bot"),
        ("postgresql://u@db/bot?sslmode=require", "postgresql+asyncpg://u@db/bot?ssl=require"),
    ],
)
def test_a_url_as_people_write_it_gets_its_driver(written: str, used: str) -> None:
    assert str(driver_url(written)) == used


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://u@db/bot", "postgresql+psycopg2://u@db/b"]
)
def test_a_url_that_cannot_work_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"sqlite:///"):
        driver_url(url)


async def test_a_reading_session_can_write_nothing(sessions: Sessions) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        async with sessions() as session:
            await workspaces.ensure(session, "T1")


async def test_a_reading_session_sees_one_unchanging_state(sessions: Sessions) -> None:
    count = text("select count(*) from workspace")
    async with sessions() as reading:
        before = (await run(reading, count)).scalar_one()
        async with sessions.begin() as writing:
            await workspaces.ensure(writing, "T1")
        after = (await run(reading, count)).scalar_one()

    assert (before, after) == (0, 0)


async def test_what_raises_inside_a_transaction_undoes_it(sessions: Sessions) -> None:
    async def fail() -> None:
        async with sessions.begin() as session:
            await workspaces.ensure(session, "T1")
            await run(session, text("update workspace set last_number = -1"))

    with pytest.raises(IntegrityError):
        await fail()
    async with sessions() as session:
        assert (await run(session, text("select count(*) from workspace"))).scalar_one() == 0


async def test_forty_writers_at_once_all_get_their_turn(sessions: Sessions) -> None:
    async def write() -> int:
        async with sessions.begin() as session:
            return await workspaces.next_number(session, "T1")

    assert sorted(await asyncio.gather(*(write() for _ in range(40)))) == list(range(1, 41))


async def test_two_processes_with_the_same_file_wait_for_each_other(database_url: str) -> None:
    async def count_to_ten() -> list[int]:
        database = open_database(database_url)  # an engine of its own, as another process has
        numbers = []
        for _ in range(10):
            async with database.sessions.begin() as session:
                numbers.append(await workspaces.next_number(session, "T1"))
        await database.close()
        return numbers

    one, other = await asyncio.gather(count_to_ten(), count_to_ten())
    assert sorted(one + other) == list(range(1, 21))


async def _one(session: AsyncSession) -> int:
    return int((await run(session, text("select 1"))).scalar_one())


async def test_a_database_that_is_there_answers(database: Database) -> None:
    assert await database.answer(_one) == 1


async def test_what_the_database_cannot_answer_is_none(database: Database) -> None:
    async def strange(session: AsyncSession) -> int:
        return int((await run(session, text("select x from nowhere"))).scalar_one())

    assert await database.answer(strange) is None


async def test_a_database_that_is_not_there_answers_nothing(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path}", f"postgresql://nobody@/nothing?host={tmp_path}"):
        database = open_database(url)
        assert await database.answer(_one) is None
        await database.close()
    for thread in threading.enumerate():  # aiosqlite lets go of a failed connection in its own time
        if "_connection_worker_thread" in thread.name:
            thread.join()


async def test_a_folder_for_the_file_is_made(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/new/folder/bot.sqlite3")
    assert await database.answer(_one) == 1
    await database.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_sqlite_keeps_a_log_and_its_references(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        journal = (await run(session, text("PRAGMA journal_mode"))).scalar_one()
        references = (await run(session, text("PRAGMA foreign_keys"))).scalar_one()

    assert (journal, references) == ("wal", 1)


async def test_a_transaction_that_is_cut_off_anywhere_holds_nobody_up(sessions: Sessions) -> None:
    async def write() -> None:
        async with sessions.begin() as session:
            await workspaces.next_number(session, "T1")  # RETURNING: rows that nobody may read

    for steps in range(60):
        cut_off = asyncio.create_task(write())
        for _ in range(steps):
            await asyncio.sleep(0)
        cut_off.cancel()
        await asyncio.gather(cut_off, return_exceptions=True)
        async with asyncio.timeout(5):
            await write()
