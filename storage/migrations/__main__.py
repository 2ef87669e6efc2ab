"""Draft the next migration: `python -m storage.migrations "what changes"`.

It holds what differs between the migrations so far and the tables. Changed CHECKs and the values
of an enum are not noticed: write those by hand, the tests compare them on both databases.
"""

import asyncio
import sys
import tempfile

from alembic import command
from sqlalchemy import Connection

from storage.migrate import alembic_config, migrate, under_lock
from storage.revisions import newest_revision


async def draft(message: str) -> None:
    """Write the draft beside the others, numbered after them."""
    number = f"{int(newest_revision()) + 1:04d}"

    def write(connection: Connection) -> None:
        config = alembic_config(connection)
        command.revision(config, message, autogenerate=True, rev_id=number)

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/draft.sqlite3"
        await migrate(url)
        await under_lock(url, write)


if __name__ == "__main__":
    asyncio.run(draft(" ".join(sys.argv[1:])))
