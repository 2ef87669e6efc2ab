"""What the demo's clock can be turned to: the app's side of the local workspace's diary."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.process import Bot
from domain.coming import Coming, kept, reviews
from handlers.in_hand import cancelled
from sandbox.diary import Diary, Due
from sandbox.workspace import Workspace
from storage import promises

log = structlog.get_logger(__name__)

#: No zone is further from UTC than this, so a day's morning lies within it.
FURTHEST_ZONE = timedelta(days=1)
#: Where the demo's programme lead is: reviews are at ten there.
LEAD_ZONE = "Europe/Berlin"
#: The diary is read anew this long after a change, in seconds: many come together.
A_WHILE = 0.2


class Planner:
    """Reads from the app's database what comes, and lets the app do what has come due."""

    def __init__(self, bot: Bot, workspace_id: str, zone: str) -> None:
        self._bot = bot
        self._workspace = workspace_id
        self._zone = ZoneInfo(zone)

    async def coming(self, after: datetime, until: datetime) -> Sequence[Due]:
        """Everything due after the one instant and until the other, in order."""
        days = (after - FURTHEST_ZONE).date(), (until + FURTHEST_ZONE).date()
        async with self._bot.database.sessions() as session:
            promised = [
                *await promises.due(session, self._workspace, *days),
                *await promises.running_out(session, self._workspace, *days),
            ]
            standing = await promises.open_items(session, self._workspace, after.date())
        review = f"monthly review day ({standing.in_words()} on {after.day} {after:%b})"
        held = [
            Coming(at=at, zone=self._zone, what=review, is_review=True)
            for at in reviews(after, until, self._zone)
        ]
        found = sorted([*kept(promised, after, until), *held], key=lambda each: each.at)
        return [_due(each) for each in found]

    async def catch_up(self) -> None:
        """Return once the app has done and sent everything that is due now."""
        await self._bot.clock.strike()
        while await self._bot.courier.send_due():
            pass


@asynccontextmanager
async def planned(workspace: Workspace, bot: Bot) -> AsyncIterator[None]:
    """Let the page know what the app has planned, and see it soon after it has changed."""
    diary = workspace.diary
    diary.planner = Planner(bot, workspace.team_id, LEAD_ZONE)
    await diary.look()
    changed = asyncio.Event()

    forget = workspace.changes.listen(changed.set)
    looking = asyncio.create_task(_looking(diary, changed, workspace.clock.now))
    try:
        yield
    finally:
        forget()
        await cancelled([looking])


async def _looking(diary: Diary, changed: asyncio.Event, now: Callable[[], datetime]) -> None:
    while True:
        with suppress(TimeoutError):  # the next thing due has come by itself
            async with asyncio.timeout(_until(diary.next, now())):
                await changed.wait()
        await asyncio.sleep(A_WHILE)
        changed.clear()
        try:
            await diary.look()
        except (SQLAlchemyError, OSError):
            log.exception("diary_not_read")  # the next change tries again


def _until(due: Due | None, now: datetime) -> float | None:
    return None if due is None else max(0.0, (due.at - now).total_seconds())


def _due(coming: Coming) -> Due:
    return Due(
        at=coming.at,
        zone=coming.zone.key,
        what=coming.what,
        is_review=coming.is_review,
        channel=coming.channel,
    )
