"""What SQLite needs to be told, so that many tasks and a few processes can share one file.

A writing transaction takes the write lock with its first statement: one that read first and asked
for the lock later would be refused at once when somebody else wrote in between, whatever the busy
timeout.
"""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, AdaptedConnection, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

BUSY_SECONDS = 10.0
READERS = 2
_BRIEFLY_MS = 100
_LETTING_GO_SECONDS = 1.0


def engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """Make the engine that writes and the one that reads."""
    # One writer: whoever waits for it waits here in order, and not in SQLite's lock by luck.
    writes = _engine(url, pool_size=1, max_overflow=0, pool_timeout=BUSY_SECONDS)
    _for_writing(writes, "foreign_keys=ON")
    # Never more for a burst: each is a thread that fights for the interpreter, and a read is short.
    reads = _engine(url, pool_size=READERS, max_overflow=0, pool_timeout=BUSY_SECONDS)
    event.listen(reads.sync_engine, "connect", _pragma("query_only=ON"))
    event.listen(reads.sync_engine, "begin", _begin)
    return writes, reads


def migrating_engine(url: URL) -> AsyncEngine:
    """Make an engine for one migration.

    A change of a table means a new table and DROP of the old one, which would delete what refers
    to it: foreign keys are off meanwhile, and checked at the end.
    """
    engine = _engine(url, poolclass=NullPool)
    _for_writing(engine, "foreign_keys=OFF")
    return engine


async def let_go() -> None:
    """Return when connections that could not be opened are gone.

    aiosqlite ends their threads in its own time, and each complains aloud when the loop has ended.
    """
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, _LETTING_GO_SECONDS)


def _engine(url: URL, **pool: Any) -> AsyncEngine:
    Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    driver = {"timeout": BUSY_SECONDS, "isolation_level": None}  # we say BEGIN ourselves
    return create_async_engine(url, connect_args=driver, **pool)


def _for_writing(engine: AsyncEngine, pragma: str) -> None:
    event.listen(engine.sync_engine, "connect", _keep_log)
    event.listen(engine.sync_engine, "connect", _pragma(pragma))
    event.listen(engine.sync_engine, "begin", _begin_immediately)


def _pragma(pragma: str) -> Callable[[AdaptedConnection, object], None]:
    def connected(connection: AdaptedConnection, _record: object) -> None:
        _say(connection, f"PRAGMA {pragma}")

    return connected


def _begin_immediately(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    """Begin to read. It locks nothing, so nothing can refuse it."""
    _say(cast("AdaptedConnection", connection.connection.dbapi_connection), "BEGIN")


def _keep_log(connection: AdaptedConnection, _record: object) -> None:
    """Turn on the log with which readers and the writer do not wait for each other.

    The file remembers it. Two that turn it on at once can each hold what the other waits for:
    so wait briefly, let go, and ask again.
    """
    _say(connection, f"PRAGMA busy_timeout={_BRIEFLY_MS}")
    over = time.monotonic() + BUSY_SECONDS
    while not _asked_for_log(connection, last=time.monotonic() > over):
        connection.run_async(lambda _: asyncio.sleep(_BRIEFLY_MS / 10_000))
    _say(connection, f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}")


def _asked_for_log(connection: AdaptedConnection, *, last: bool) -> bool:
    try:
        _say(connection, "PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as busy:
        if last or busy.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _say(connection: AdaptedConnection, statement: str) -> None:
    """Go straight to the driver: a cursor would visit its thread three times to say one word."""
    connection.run_async(lambda driver: driver.execute_fetchall(statement))
