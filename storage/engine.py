"""One database, SQLite or PostgreSQL, behind the same few words.

A session made by `sessions()` reads one unchanging snapshot and can write nothing; one made by
`sessions.begin()` is a transaction that commits when its block ends.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool, QueuePool
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import sqlite
from storage.statements import to_its_end

ANSWERS_WITHIN_SECONDS = 5.0
#: A stop waits so long for connections whose tasks were cut off, and looks this often.
COMING_BACK_SECONDS, _A_MOMENT = 5.0, 0.01

Answer = TypeVar("Answer")

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}


class Sessions:
    """Makes sessions: `sessions()` to read, `sessions.begin()` to write in one transaction."""

    def __init__(self, reads: AsyncEngine, writes: AsyncEngine) -> None:
        self._reads = reads
        self._writes = writes
        #: Called after a commit that owes somebody a message, so that nobody waits for a tick.
        self.when_owed: Callable[[], None] = _nothing

    def __call__(self) -> AsyncSession:
        """Make a session that only reads; use it with `async with`."""
        return AsyncSession(self._reads, expire_on_commit=False)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that commits when the block ends and rolls back when it raises."""
        async with AsyncSession(self._writes, expire_on_commit=False) as session:
            transaction = await session.begin()
            try:
                yield session
            except BaseException:
                await to_its_end(transaction.rollback())
                raise
            # Cut off in the middle, a commit would leave a connection that nobody closes.
            await to_its_end(transaction.commit())
            owes = session.info.get("owes", False)
        if owes:
            self.when_owed()


def _nothing() -> None:
    """Wake nobody."""


@dataclass(frozen=True, kw_only=True)
class Database:
    """An open database. `engine` writes, `sessions` is what the rest of the house uses."""

    url: URL
    engine: AsyncEngine
    sessions: Sessions
    readers: AsyncEngine

    async def close(self) -> None:
        """Give every connection back; what is on its way back is waited for, a little."""
        for engine in (self.readers, self.engine):
            await _all_back(engine)
            await engine.dispose()

    async def answer(self, ask: Callable[[AsyncSession], Awaitable[Answer]]) -> Answer | None:
        """What the database answers now; None when it cannot, or takes too long."""
        try:
            async with asyncio.timeout(ANSWERS_WITHIN_SECONDS), self.sessions() as session:
                return await ask(session)
        except (OSError, SQLAlchemyError, TimeoutError):
            return None


async def _all_back(engine: AsyncEngine) -> None:
    """Return once no connection is in use: one that came back later would never be closed."""
    pool = engine.pool
    with suppress(TimeoutError):
        async with asyncio.timeout(COMING_BACK_SECONDS):
            while isinstance(pool, QueuePool) and pool.checkedout():  # noqa: ASYNC110 - a pool tells nobody
                await asyncio.sleep(_A_MOMENT)


def open_database(url: str) -> Database:
    """Open the database at a URL as people write it: `sqlite:///file`, `postgres://…`.

    Nothing is connected yet. A database in memory is refused, for its connections would each
    see another one.
    """
    target = driver_url(url)
    writes, reads = _postgres(target) if target.drivername in _ASYNCPG else sqlite.engines(target)
    return Database(url=target, engine=writes, sessions=Sessions(reads, writes), readers=reads)


_ASYNCPG = ("postgresql+asyncpg",)


def driver_url(url: str) -> URL:
    """Read a URL and choose the driver for it, or raise ValueError saying what to write."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError("Write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.") from None
    scheme, _, driver = parsed.drivername.partition("+")
    if scheme not in _DRIVERS or driver not in ("", _DRIVERS[scheme].partition("+")[2]):
        raise ValueError(f"{parsed.drivername} is not supported: use sqlite:/// or postgresql://.")
    target = parsed.set(drivername=_DRIVERS[scheme])
    if scheme == "sqlite" and target.database in (None, "", ":memory:"):
        raise ValueError("Name a file for SQLite, for example sqlite:///closedloop.sqlite3.")
    if "sslmode" in target.query:  # libpq's word for what asyncpg calls ssl
        mode = target.query["sslmode"]
        target = target.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
    return target


def _postgres(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    writes = create_async_engine(url, pool_pre_ping=True)
    # Both are said in BEGIN itself and cost no round trip of their own.
    reads = writes.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return writes, reads


def migrating_engine(url: URL) -> AsyncEngine:
    """Make an engine for one migration."""
    if url.drivername in _ASYNCPG:
        return create_async_engine(url, poolclass=NullPool)
    return sqlite.migrating_engine(url)
