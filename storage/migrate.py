"""Bring a database to the schema of this code, once, however many processes start together.

`python -m storage.migrate` does so for DATABASE_URL and prints the revisions it applied; when the
database refuses it says why on standard error and exits with REFUSED.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage import sqlite
from storage.engine import Database, driver_url, migrating_engine
from storage.revisions import REFUSED

#: Any number, as long as nobody else locks it: the letters CLSL.
_LOCK = 0x434C534C


async def migrate(where: str | Database) -> list[str]:
    """Apply what is missing in one transaction and return the revisions applied, oldest first.

    Others who migrate the same database meanwhile wait, and then find nothing to do.
    """
    applied: list[str] = []

    def upgrade(connection: Connection) -> None:
        config = alembic_config(connection)
        script = ScriptDirectory.from_config(config)
        before = _revision(connection)
        command.upgrade(config, "head")
        steps = script.iterate_revisions(_revision(connection) or "base", before or "base")
        applied.extend(step.revision for step in steps)

    await under_lock(where, upgrade)
    return applied[::-1]


async def under_lock(where: str | Database, work: Callable[[Connection], None]) -> None:
    """Run `work` in one transaction that no other migration runs beside."""
    url = driver_url(where) if isinstance(where, str) else where.url
    engine = migrating_engine(url)
    try:
        async with engine.begin() as connection:
            if url.get_backend_name() == "postgresql":
                await connection.execute(text(f"select pg_advisory_xact_lock({_LOCK})"))
            await connection.run_sync(work)
            await connection.run_sync(_check_references)
    except DBAPIError:
        await sqlite.let_go()
        raise
    finally:
        await engine.dispose()


def alembic_config(connection: Connection | None = None) -> Config:
    """Make the settings an alembic.ini would hold, wherever this package is installed."""
    config = Config()
    folder = str(Path(__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _check_references(connection: Connection) -> None:
    """Refuse to commit what refers to nothing: SQLite did not look meanwhile."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise RuntimeError(f"The migration leaves {len(broken)} rows that refer to nothing.")


if __name__ == "__main__":
    try:
        print("\n".join(asyncio.run(migrate(os.environ["DATABASE_URL"]))))  # noqa: T201 - its answer
    except DBAPIError as refused:
        print(refused.orig, file=sys.stderr)  # noqa: T201 - same
        sys.exit(REFUSED)
    except CommandError as newer:
        print(newer, file=sys.stderr)  # noqa: T201 - same
        sys.exit(REFUSED)
