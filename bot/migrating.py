"""At the start: tables brought up to date, in a process of its own where there is work to do.

Alembic is needed for that second only, and would hold 10 MiB for as long as the process lives.
"""

import asyncio
import os
import sys
from pathlib import Path

import structlog

from storage.engine import Database
from storage.revisions import REFUSED, current_revision, newest_revision

log = structlog.get_logger(__name__)


class DatabaseRefusedError(Exception):
    """The database could not be migrated; the message is its own."""


async def bring_up_to_date(database: Database) -> None:
    """Migrate if this database is not at this code's revision.

    Of several processes that start at once one migrates and the others wait for it. Raises
    DatabaseRefusedError when the database, or a newer version's tables in it, do not let us.
    """
    if await current_revision(database) == newest_revision():
        return
    url = database.url.render_as_string(hide_password=False)
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # a folder `storage` may lie where we were started: it is not ours
        "-m",
        "storage.migrate",
        env={**os.environ, "PYTHONPATH": _python_path(), "DATABASE_URL": url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    applied, complaints = (each.decode() for each in await child.communicate())
    if child.returncode == REFUSED:
        raise DatabaseRefusedError(complaints.strip().splitlines()[-1])
    if child.returncode:
        raise RuntimeError(complaints)
    log.info("migrated", revisions=applied.split())


def _python_path() -> str:
    """Where the child finds this very code, also in a checkout that is not installed."""
    ours = str(Path(__file__).parents[1])
    return os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), ours)))
