"""At the start the tables are brought up to date by a process of its own."""

from pathlib import Path

import pytest

from bot.migrating import bring_up_to_date
from storage.engine import open_database
from storage.revisions import current_revision, newest_revision


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_storage_folder_where_it_is_started_is_not_taken_for_ours(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "storage").mkdir()
    (tmp_path / "storage" / "__init__.py").write_text("raise SystemExit('not ours')")
    monkeypatch.chdir(tmp_path)
    database = open_database(empty_url)
    await bring_up_to_date(database)
    assert await current_revision(database) == newest_revision()
    await database.close()
