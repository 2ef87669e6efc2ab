"""The command line refuses in one sentence, and needs no more than it says."""

import os
import sqlite3
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from storage.revisions import newest_revision
from tests.bot.conftest import ROOT


async def ran(folder: Path, *arguments: str, **environment: str) -> tuple[int, str, list[str]]:
    """Give the exit code of Python with these arguments, what it said, and its complaints."""
    process = await create_subprocess_exec(
        *(sys.executable, *arguments),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        stdout=PIPE,
        stderr=PIPE,
    )
    told, complaints = await process.communicate()
    return process.returncode or 0, told.decode(), complaints.decode().splitlines()


async def migrated(folder: Path, url: str) -> tuple[int, str, list[str]]:
    """Run `closedloop migrate` with nothing but the database's address."""
    return await ran(folder, "-m", "bot", "migrate", DATABASE_URL=url)


async def test_migrating_needs_the_address_of_the_database_only(tmp_path: Path) -> None:
    code, told, complaints = await migrated(tmp_path, "sqlite:///new.sqlite3")
    assert (code, complaints) == (0, [])
    assert told.splitlines()[-1] == newest_revision()


async def test_a_wrong_address_is_asked_wrongly(tmp_path: Path) -> None:
    code, _, complaints = await migrated(tmp_path, "mysql://root:secret@db/closedloop")
    assert (code, len(complaints)) == (2, 1)
    assert complaints[0].startswith("DATABASE_URL: mysql is not supported")


async def test_a_newer_versions_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    await migrated(tmp_path, "sqlite:///new.sqlite3")
    with sqlite3.connect(tmp_path / "new.sqlite3") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    code, _, complaints = await migrated(tmp_path, "sqlite:///new.sqlite3")
    assert (code, len(complaints)) == (1, 1)
    assert complaints[0].startswith("The database refuses: Can't locate revision")


async def test_a_postgresql_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    code, _, complaints = await migrated(tmp_path, "postgresql://nobody@127.0.0.1:1/nothing")
    assert (code, len(complaints)) == (1, 1)
    assert complaints[0].startswith("The database does not answer: ")


async def test_a_postgresql_that_has_no_such_database_refuses_in_a_sentence(
    tmp_path: Path, postgres: str
) -> None:
    url = f"postgresql://postgres@/nothing?host={postgres}"
    code, _, complaints = await migrated(tmp_path, url)
    assert (code, len(complaints)) == (1, 1)
    assert complaints[0].startswith("The database refuses: ")


@pytest.mark.parametrize("there", [True, False])
async def test_it_runs_with_uvloop_and_without(tmp_path: Path, there: bool) -> None:  # noqa: FBT001 - a parameter
    away = "" if there else "sys.modules['uvloop'] = None; "
    script = f"import sys; {away}from bot.cli import main; sys.argv[1:] = ['serve']; main()"
    code, _, complaints = await ran(
        tmp_path,
        *("-c", script),
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="xapp-1",
        SLACK_API_URL="http://127.0.0.1:9/",
    )
    assert code == 1
    assert complaints[-1].startswith("Could not start: Cannot connect to host")
