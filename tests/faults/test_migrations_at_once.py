"""Several processes start together on an empty database: one migrates it, all go on."""

import asyncio

import pytest

from storage.engine import open_database
from storage.revisions import current_revision, newest_revision
from tests.faults.conftest import Report
from tests.faults.processes import cleared, start

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

PROCESSES = 6
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


async def test_of_many_that_migrate_at_once_one_does_and_all_succeed(
    empty_database_url: str, report: Report
) -> None:
    settings = {**TOKENS, "DATABASE_URL": empty_database_url}
    migrating = [
        await start("-m", "bot", "migrate", environment=settings) for _ in range(PROCESSES)
    ]
    async with cleared(migrating):
        told = await asyncio.gather(*(process.communicate() for process in migrating))

    applied = [out for out, _ in told if b"Nothing to do" not in out]
    report("migrate at once", processes=PROCESSES, applied=len(applied))
    assert [process.returncode for process in migrating] == [0] * PROCESSES
    assert len(applied) == 1
    database = open_database(empty_database_url)
    assert await current_revision(database) == newest_revision()
    await database.close()
