"""The few words every query here is written with."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Executable, Select, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


async def run(
    session: AsyncSession,
    statement: Executable,
    values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
) -> CursorResult[*tuple[Any, ...]]:
    """Execute a statement in the session's transaction, once, or for each of a sequence of values.

    It goes straight to the connection: no object is tracked, so what is read is what is stored,
    and a view's worth of reads costs a third of what it does through the ORM.
    """
    connection = await session.connection()
    return await connection.execute(statement, values)


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
