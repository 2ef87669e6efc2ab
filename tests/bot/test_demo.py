from pathlib import Path

import pytest

from bot.demo import NotADemoError, begin_anew
from storage import workspaces
from storage.engine import open_database
from storage.migrate import migrate

DEMO, COMPANY = "T0SANDBOX01", "T0COMPANY"


async def stored(file: Path, workspace: str) -> None:
    """A database as the app leaves it behind, of one workspace."""
    database = open_database(f"sqlite:///{file}")
    await migrate(database)
    async with database.sessions.begin() as session:
        await workspaces.ensure(session, workspace)
    await database.close()


def left(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


async def test_what_an_earlier_demo_stored_is_removed(tmp_path: Path) -> None:
    await stored(tmp_path / "demo.sqlite3", DEMO)
    begin_anew(tmp_path / "demo.sqlite3", DEMO)

    assert left(tmp_path) == []


async def test_a_companys_database_is_left_alone(tmp_path: Path) -> None:
    await stored(tmp_path / "closedloop.sqlite3", COMPANY)
    with pytest.raises(NotADemoError, match=r"left alone\. Name another file with --database"):
        begin_anew(tmp_path / "closedloop.sqlite3", DEMO)

    assert "closedloop.sqlite3" in left(tmp_path)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Buy milk")
    with pytest.raises(NotADemoError):
        begin_anew(tmp_path / "notes.txt", DEMO)

    assert (tmp_path / "notes.txt").read_text() == "Buy milk"
