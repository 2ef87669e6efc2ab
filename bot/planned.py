"""The diary of the demo's workspace: its page hears of what is planned soon after a change."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.planner import Planner, called_in
from bot.process import Bot
from handlers.in_hand import cancelled
from sandbox.diary import Diary, Due
from sandbox.workspace import Workspace

log = structlog.get_logger(__name__)

#: The diary is read anew this long after a change, in seconds: many come together.
A_WHILE = 0.2
#: A stop waits so long for what is being read, in seconds.
A_LOOK = 10.0


@asynccontextmanager
async def planned(workspace: Workspace, bot: Bot) -> AsyncIterator[None]:
    """Let the page know what the app has planned, and see it soon after it has changed."""
    diary = workspace.diary
    diary.planner = planner = Planner(bot, workspace.team_id, called_in(workspace))
    await diary.look()
    changed = asyncio.Event()

    forget = workspace.changes.listen(changed.set)
    waiting = asyncio.create_task(_looking(diary, changed, workspace.clock.now))
    try:
        yield
    finally:
        forget()
        diary.planner = None
        await cancelled([waiting])
        await planner.stop(A_LOOK)


async def _looking(diary: Diary, changed: asyncio.Event, now: Callable[[], datetime]) -> None:
    while True:
        with suppress(TimeoutError):  # the next thing due has come by itself
            async with asyncio.timeout(_until(diary.next, now())):
                await changed.wait()
        await asyncio.sleep(A_WHILE)
        changed.clear()
        await _look(diary)


async def _look(diary: Diary) -> None:
    try:
        await diary.look()
    except (SQLAlchemyError, OSError):
        log.exception("diary_not_read")  # the next change tries again


def _until(due: Due | None, now: datetime) -> float | None:
    return None if due is None else max(0.0, (due.at - now).total_seconds())
