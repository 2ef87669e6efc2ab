"""Processes of our own that a test starts, kills and looks after."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


async def start(*arguments: str, environment: Mapping[str, str] | None = None) -> Process:
    """Start Python with these arguments, from the project's root."""
    own = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env=own, stdout=PIPE, stderr=None
    )


def kill(process: Process) -> None:
    """End it as a power cut would: it has no moment to do anything more."""
    os.kill(process.pid, signal.SIGKILL)


async def ended(process: Process, seconds: float = 20) -> int:
    """Ask it to end, as a supervisor does; its exit code."""
    if process.returncode is None:
        process.terminate()
    async with asyncio.timeout(seconds):
        await process.communicate()
    return process.returncode or 0


@asynccontextmanager
async def cleared(processes: list[Process]) -> AsyncIterator[None]:
    """Leave none of these behind, however the block ends."""
    try:
        yield
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
                await process.communicate()


async def eventually(true: Callable[[], Awaitable[bool]], seconds: float, otherwise: str) -> None:
    """Return once it is true.

    Another process commits to the database and tells us nothing of it, so we look again and again.
    """
    try:
        async with asyncio.timeout(seconds):
            while not await true():  # noqa: ASYNC110 - another process has no event of ours
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise TimeoutError(otherwise) from None
