"""The few words every query here is written with."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Executable, Select, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

Answer = TypeVar("Answer")

#: A statement takes milliseconds; a database that answers no more is not waited for.
ENDING_SECONDS = 2.0


async def run(
    session: AsyncSession,
    statement: Executable,
    values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
) -> CursorResult[*tuple[Any, ...]]:
    """Execute a statement in the session's transaction, once, or for each of a sequence of values.

    It goes straight to the connection: no object is tracked, so what is read is what is stored,
    and a view's worth of reads costs a third of what it does through the ORM.
    """
    return await to_its_end(_execute(session, statement, values))


async def _execute(
    session: AsyncSession,
    statement: Executable,
    values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None,
) -> CursorResult[*tuple[Any, ...]]:
    connection = await session.connection()
    return await connection.execute(statement, values)


async def to_its_end(statement: Coroutine[Any, Any, Answer]) -> Answer:
    """Let a statement end before a cancellation goes on, so that its transaction is rolled back.

    Cut off in the middle, SQLite's connection would be closed with rows of a RETURNING unread: it
    keeps the write lock until Python collects it, and everybody else waits in vain.
    """
    running = asyncio.ensure_future(statement)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        if not running.done():
            await asyncio.wait([running], timeout=ENDING_SECONDS)
        await _put_down(running)
        raise


async def _put_down(running: asyncio.Future[Any]) -> None:
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@cache
def columns(row: type[SQLModel], domain: type, *also: str) -> Select[*tuple[Any, ...]]:
    """Select the columns of a table that bear the names of a domain class's fields.

    Put together once: that takes longer than SQLite takes to answer.
    """
    wanted = (*(field.name for field in fields(domain)), *also)
    return select(*(getattr(row, name) for name in wanted))


def of_postmortem(row: type[SQLModel], domain: type) -> Select[*tuple[Any, ...]]:
    """The same of one `:postmortem`; to be put together once and kept, for it is hot."""
    return columns(row, domain).where(row.postmortem_id == bindparam("postmortem"))  # type: ignore[attr-defined] # each such table has it


def upsert(session: AsyncSession, row: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """Insert into a table with ON CONFLICT, which both databases have and SQL has not."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(row)
    return sqlite.insert(row)
