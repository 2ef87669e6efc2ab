"""`closedloop serve`: run until told to stop."""

import asyncio
import gc
import signal

from bot.process import running
from bot.settings import Settings


async def serve(settings: Settings) -> None:
    """Run the process until SIGTERM or SIGINT, then stop it gracefully."""
    async with running(settings):
        # What is loaded by now stays: looking through all of it at each full collection would hold
        # the loop for about a tenth of a second.
        gc.collect()
        gc.freeze()
        await told_to_stop()


async def told_to_stop() -> None:
    """Return when the process is asked to end."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, asked.set)
    await asked.wait()
