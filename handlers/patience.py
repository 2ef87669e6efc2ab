"""How long somebody's moment waits for what Slack says of people and channels.

Each place says how many seconds its own moment is worth, and does without the answer after them.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class _Machine:
    """The machine this process runs on."""

    slowness = 1.0


def within(seconds: float) -> asyncio.Timeout:
    """Give what goes on in the block this long, on a machine that has nothing else to do."""
    return asyncio.timeout(seconds * _Machine.slowness)


@contextmanager
def slow_machine(times: float) -> Iterator[None]:
    """Have all patience last this many times as long while the block runs, in this process."""
    before, _Machine.slowness = _Machine.slowness, times
    try:
        yield
    finally:
        _Machine.slowness = before
