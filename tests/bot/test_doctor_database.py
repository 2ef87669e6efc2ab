"""`closedloop doctor` and a database on a server."""

import asyncpg
import pytest

from bot.doctor_database import Content, examine
from bot.findings import State
from storage.engine import Database, open_database
from tests.bot.clinic import NOW

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


async def test_a_server_that_answers_is_well(database: Database) -> None:
    content, found = await examine(database, NOW)
    assert (content, {each.state for each in found}) == (Content.READABLE, {State.OK})
    assert " at a socket answers, and can be written to." in found[0].says


async def test_a_server_that_only_reads_is_told(database: Database, postgres: str) -> None:
    name = database.url.database
    server = await asyncpg.connect(host=postgres, user="postgres", database="postgres")
    await server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await server.close()
    _, (there, *_) = await examine(database, NOW)
    assert there.state is State.WRONG
    assert "cannot execute UPDATE in a read-only transaction" in there.says


async def test_a_server_that_is_not_there_is_told(database: Database) -> None:
    elsewhere = open_database("postgresql://closedloop:secret@127.0.0.1:9/closedloop")
    content, (silent,) = await examine(elsewhere, NOW)
    assert (content, silent.state, database.url.drivername) == (
        Content.UNKNOWN,
        State.WRONG,
        elsewhere.url.drivername,
    )
    assert "Look at DATABASE_URL" in silent.says
    assert "secret" not in silent.says
