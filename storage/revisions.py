"""Which schema a database is at, and which this code was written for, without loading Alembic."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.engine import Database

#: What `python -m storage.migrate` exits with when the database refuses.
REFUSED = 3
_VERSIONS = Path(__file__).parent / "migrations" / "versions"


def newest_revision() -> str:
    """The revision this code was written for: its files are numbered in order."""
    return max(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))


async def current_revision(database: Database) -> str | None:
    """The revision the database is at; None when it is empty, or does not answer."""
    try:
        async with database.sessions() as session:
            connection = await session.connection()
            found = (
                await connection.execute(text("SELECT version_num FROM alembic_version"))
            ).all()
    except DBAPIError:
        return None
    return str(found[0][0]) if found else None
