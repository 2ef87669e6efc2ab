"""The duties of three trackers in a process of its own, to be killed: see `main`."""

import asyncio
import sys
from contextlib import AsyncExitStack

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.logs import set_up
from bot.serve import told_to_stop
from handlers.ticketing import Ticketing
from integrations.trackers import Tracker
from integrations.trackers.github import GitHub
from integrations.trackers.github.app import Token
from integrations.trackers.jira import Jira
from integrations.trackers.linear import Linear
from storage.engine import open_database
from tests.faults.fast_clock import fast
from tests.trackers import jira, linear


async def main(
    database_url: str, begun: str, github: str, token: str, jiras: str, linears: str
) -> None:
    """See to tickets until told to stop; the trackers are at these addresses."""
    set_up("ERROR", "console")
    now, database = fast(float(begun)), open_database(database_url)
    trackers: list[Tracker] = [
        GitHub(github, Token(token), now),
        Jira(jiras, jira.USER, jira.TOKEN, now),
        Linear(linear.API_KEY, linears, now=now),
    ]
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        for each in trackers:
            stack.push_async_callback(each.close)
        # Nobody is at that address: what tickets need of people is known.
        client = AsyncWebClient(base_url="http://127.0.0.1:9/api/")
        duties = {each.kind.value: Ticketing(each, "T1", now) for each in trackers}
        clock = Clock(database.sessions, client, now, duties, lambda: None)
        clock.start()
        await told_to_stop()
        await clock.stop(20)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
