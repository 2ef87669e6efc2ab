"""The command line refuses in one sentence, and needs no more than it says."""

import os
import signal
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


async def demonstrated(folder: Path, *options: str) -> list[str]:
    """Run `closedloop demo` until its page can be opened, stop it, and give what it said first."""
    process = await create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser", *options),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=PIPE,
        stderr=PIPE,
    )
    assert process.stdout
    said: list[str] = []
    while "Ctrl-C" not in "".join(said):
        line = await process.stdout.readline()
        assert line, (await process.communicate())[1].decode()
        said.append(line.decode())
    process.send_signal(signal.SIGINT)
    await process.communicate()
    assert process.returncode == 0
    return said


async def test_a_demo_is_begun_ended_and_gone_on_with(tmp_path: Path) -> None:
    said = "".join(await demonstrated(tmp_path, "--empty"))
    assert "Your workspace: http://127.0.0.1:" in said
    assert "The app itself: http://127.0.0.1:" in said
    assert "Stored in:      demo.sqlite3" in said
    await demonstrated(tmp_path, "--keep")
    assert (tmp_path / "demo.sqlite3").exists()
    assert (tmp_path / "demo.sqlite3.workspace").exists()


async def test_a_workspace_of_another_version_is_refused_in_a_sentence(tmp_path: Path) -> None:
    await demonstrated(tmp_path, "--empty")
    with sqlite3.connect(tmp_path / "demo.sqlite3.workspace") as shelf:
        shelf.execute("PRAGMA user_version = 9999")
    shelf.close()
    code, _, complaints = await ran(tmp_path, "-m", "bot", "demo", "--port", "0", "--keep")
    refusal = "demo.sqlite3.workspace was written by another version: start without --keep."
    assert (code, complaints) == (1, [refusal])
    await demonstrated(tmp_path, "--empty")
