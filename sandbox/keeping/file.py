"""The file that a workspace is kept in: SQLite, one table, one row for each thing kept."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: "Clsp" in SQLite's header says whose file it is (sqlite.org: PRAGMA application_id).
APPLICATION = 0x436C7370
#: Count up when what the rows mean changes, other than by new attributes and fields.
FORMAT = 2
TABLES = (
    "DROP TABLE IF EXISTS kept",
    """CREATE TABLE kept (
        place INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        json TEXT NOT NULL,
        UNIQUE (kind, id)
    )""",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {FORMAT}",
)
#: A row that is there already keeps its place.
PUT = (
    "INSERT INTO kept (kind, id, json) VALUES (?, ?, ?) "
    "ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json"
)
TAKE = "DELETE FROM kept WHERE kind = ? AND id = ?"

#: Kind, id and the JSON to put there; None takes the row away.
Change = tuple[str, str, str | None]


class ShelfRefused(Exception):
    """The file cannot be used; says what to do instead."""


class ShelfFile:
    """One open file, which nobody else can open meanwhile."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._explained():
            # Used by one thread at a time, but not always by the same.
            self._connection = sqlite3.connect(
                path, timeout=0, isolation_level=None, check_same_thread=False
            )
        try:
            self._take_possession()
        except ShelfRefused:
            self.close()
            raise

    def _take_possession(self) -> None:
        with self._explained():
            self._one("PRAGMA locking_mode = EXCLUSIVE")
            self.is_new = self._one("SELECT count(*) FROM sqlite_master") == 0
            if not self.is_new and self._one("PRAGMA application_id") != APPLICATION:
                raise self._not_ours()
            self.is_of_today = self.is_new or self._one("PRAGMA user_version") == FORMAT
            # What is committed outlives the process, and a power cut corrupts nothing.
            self._one("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")

    def _one(self, statement: str) -> object:
        return self._connection.execute(statement).fetchone()[0]

    def _not_ours(self) -> ShelfRefused:
        return ShelfRefused(
            f"{self.path} does not hold a demo's workspace, so it is left alone. "
            "Name another file with --database."
        )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise ShelfRefused(
                    f"{self.path} is in use: end the other demo, "
                    "or name another file with --database."
                ) from None
            raise ShelfRefused(
                f"{self.path} cannot be used: {error}. Name another file with --database."
            ) from None
        except sqlite3.DatabaseError:
            raise self._not_ours() from None

    def other_version(self) -> ShelfRefused:
        """The refusal of a file whose rows cannot be understood."""
        return ShelfRefused(f"{self.path} was written by another version: start without --keep.")

    def read(self) -> dict[str, dict[str, str]]:
        """The JSON of each kind and id, in the order in which they were first put there."""
        if not self.is_of_today:
            raise self.other_version()
        found: dict[str, dict[str, str]] = defaultdict(dict)
        with self._explained():
            for kind, key, packed in self._connection.execute(
                "SELECT kind, id, json FROM kept ORDER BY place"
            ):
                found[kind][key] = packed
        return dict(found)

    def write(self, changes: Iterable[Change], *, anew: bool = False) -> None:
        """Make all changes or none; `anew` forgets everything first."""
        with self._explained(), self._transaction():
            for statement in TABLES if anew or self.is_new else ():
                self._connection.execute(statement)
            for kind, key, packed in changes:
                if packed is None:
                    self._connection.execute(TAKE, (kind, key))
                else:
                    self._connection.execute(PUT, (kind, key, packed))
        self.is_new, self.is_of_today = False, self.is_of_today or anew

    def clear(self) -> None:
        """Hold nothing, as a new file does."""
        with self._explained():
            self._connection.execute("DROP TABLE IF EXISTS kept")
        self.is_new = True

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        with self._connection:  # commits, or rolls back
            yield

    def close(self) -> None:
        """Let others open the file."""
        self._connection.close()
