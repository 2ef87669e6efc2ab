import asyncio
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from storage.engine import open_database
from storage.migrate import alembic_config, migrate, under_lock
from storage.revisions import current_revision, newest_revision
from tests.storage.schema import schema_of

EVERYTHING = [
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
]


async def test_the_migrations_make_what_the_tables_say(database_url: str, empty_url: str) -> None:
    await under_lock(empty_url, SQLModel.metadata.create_all)

    assert await schema_of(database_url) == await schema_of(empty_url)


async def test_alembic_finds_nothing_left_to_do(database_url: str) -> None:
    await under_lock(database_url, lambda connection: command.check(alembic_config(connection)))


async def test_the_revision_is_the_newest_one_after_migrating(empty_url: str) -> None:
    database = open_database(empty_url)
    assert await current_revision(database) is None
    assert await migrate(database) == EVERYTHING
    assert await current_revision(database) == newest_revision() == EVERYTHING[-1]
    assert await migrate(database) == []
    await database.close()


def test_the_newest_file_is_what_alembic_takes_for_the_newest_revision() -> None:
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()

    assert head == newest_revision()


async def test_down_and_up_again_ends_where_it_began(database_url: str) -> None:
    before = await schema_of(database_url)
    await under_lock(
        database_url, lambda connection: command.downgrade(alembic_config(connection), "base")
    )
    assert await schema_of(database_url) == {}

    await migrate(database_url)
    assert await schema_of(database_url) == before


async def test_four_that_start_at_once_migrate_once(empty_url: str) -> None:
    applied = await asyncio.gather(*(migrate(empty_url) for _ in range(4)))

    assert sorted(applied) == [[], [], [], EVERYTHING]


async def test_an_open_database_can_be_migrated_too(empty_url: str) -> None:
    database = open_database(empty_url)
    assert await current_revision(database) is None
    assert await migrate(database) == EVERYTHING
    await database.close()


async def test_a_path_with_a_percent_sign_is_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "100% ours"
    folder.mkdir()
    assert await migrate(f"sqlite:///{folder}/bot.sqlite3") == EVERYTHING


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_migration_that_breaks_a_reference_is_not_kept(database_url: str) -> None:
    def orphan(connection: Connection) -> None:
        connection.execute(
            text("INSERT INTO responder VALUES (99, 'U1', 'T1', 0)"),
        )

    with pytest.raises(RuntimeError, match="refer to nothing"):
        await under_lock(database_url, orphan)
    await under_lock(database_url, lambda _: None)
