"""The two files of a demo: the app's database, and beside it the workspace as it was left."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sandbox import Shelf, ShelfRefused, holds_workspace

__all__ = ["NotADemoError", "ShelfRefused", "begin_anew", "check", "is_kept", "shelf_of"]

#: What SQLite puts beside a file.
BESIDE = ("", "-wal", "-shm")


class NotADemoError(Exception):
    """The file holds something else than a demo's database."""


def shelf_of(database: Path) -> Path:
    """Name the file that the workspace is kept in, beside its database."""
    return Path(f"{database}.workspace")


def is_kept(database: Path) -> bool:
    """Whether there are both, the app's database and the workspace: one is nothing without."""
    return database.exists() and holds_workspace(shelf_of(database))


def begin_anew(database: Path, workspace: str, shelf: Shelf) -> None:
    """Take possession of an empty shelf, and remove what an earlier demo's app stored.

    From here on no other demo can use the two, and should this one end before the shelf is kept,
    the next begins anew too. Raises NotADemoError or ShelfRefused, and removes nothing, when a
    file is not a demo's or is in use.
    """
    check(database, workspace)
    shelf.clear()
    for suffix in BESIDE:
        Path(f"{database}{suffix}").unlink(missing_ok=True)


def check(database: Path, workspace: str) -> None:
    """Raise NotADemoError when the file knows of any other workspace."""
    if database.exists() and database.stat().st_size and not _is_a_demos(database, workspace):
        raise NotADemoError(
            f"{database} was not made by a demo, so it is left alone. "
            "Name another file with --database."
        )


def _is_a_demos(database: Path, workspace: str) -> bool:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            known = connection.execute("SELECT id FROM workspace").fetchall()
        except sqlite3.DatabaseError:
            return False
    return all(each == (workspace,) for each in known)
