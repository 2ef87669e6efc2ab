"""A courier in a process of its own, to be killed: `worker.py DATABASE API_URL TOKEN`."""

import asyncio
import sys
from datetime import timedelta

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock, wall
from bot.courier import Courier
from bot.logs import set_up
from bot.serve import told_to_stop
from storage.engine import open_database
from tests.faults.desk import NOTE, note

#: As in the app the lease outlasts an update and a post by far, but nobody waits a minute for it.
CALL_SECONDS = 1
LEASE = timedelta(seconds=4)


async def work(database_url: str, api_url: str, token: str) -> None:
    """Send what is due until told to stop."""
    set_up("WARNING", "console")
    database = open_database(database_url)
    limit = aiohttp.ClientTimeout(total=CALL_SECONDS)
    async with aiohttp.ClientSession(timeout=limit) as session:
        client = AsyncWebClient(
            token, api_url, session=session, timeout=CALL_SECONDS, retry_handlers=[]
        )
        courier = Courier(database.sessions, client, {NOTE: note}, wall, LEASE)
        clock = Clock(database.sessions, client, wall, {}, courier.wake)
        clock.start()
        worker = asyncio.create_task(courier.run())
        await told_to_stop()
        await clock.stop(CALL_SECONDS)
        await courier.stop(10)
        await worker
    await database.close()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
