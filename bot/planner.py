"""What the demo's clock can be turned to: the app's side of the local workspace's diary."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.process import Bot
from domain.coming import Coming, heard, reviews
from handlers.asking import AGREEMENT, REMINDERS, UNANSWERED
from handlers.digests import DIGEST
from handlers.foreseen import Foreseen, digests_by
from handlers.in_hand import InHand, cancelled
from handlers.people import nobody
from sandbox.diary import Diary, Due
from sandbox.workspace import Workspace
from storage import due, people, promises

log = structlog.get_logger(__name__)

#: Where the demo's programme lead is: reviews are at ten there.
LEAD_ZONE = "Europe/Berlin"
#: The diary is read anew this long after a change, in seconds: many come together.
A_WHILE = 0.2
#: A stop waits so long for what is being read, in seconds.
A_LOOK = 10.0
#: So many of each kind are looked at: far more than a demo has.
MOST = 1_000
#: What is owed for a later instant, and what it is then.
OWED_AHEAD = {
    AGREEMENT: "is asked to agree with a timeline",
    **dict.fromkeys(REMINDERS, "is asked again to agree with a timeline"),
    UNANSWERED: "hears who has not agreed",
    DIGEST: "hears of what needs them",
}


class Planner:
    """Reads from the app's database what comes, and lets the app do what has come due."""

    def __init__(self, bot: Bot, workspace_id: str, zone: str) -> None:
        self._bot = bot
        self._workspace = workspace_id
        self._zone = ZoneInfo(zone)

    async def coming(self, after: datetime, until: datetime) -> Sequence[Due]:
        """What is due after the one instant and until the other, in order.

        Of digests only those that come next: then others are planned.
        """
        found = [
            *await self._digests(after, until),
            *await self._owed(until),
            *await self._reviews(after, until),
        ]
        later = (each for each in found if after < each.at <= until)
        return [_due(each) for each in sorted(later, key=lambda each: each.at)]

    async def _digests(self, after: datetime, until: datetime) -> list[Coming]:
        """Who hears next of what they promised."""
        next_one = await self._next_hearing(after, until)
        while at := next_one:
            found = await digests_by(self._bot.database.sessions, at, after, MOST)
            mine = [each for each in found if each.workspace_id == self._workspace]
            if coming := [_heard(each) for each in mine if each.at > after]:
                return coming
            next_one = await self._next_hearing(at, until)
        return []

    async def _next_hearing(self, after: datetime, until: datetime) -> datetime | None:
        async with self._bot.database.sessions() as session:
            return await promises.next_hearing(session, self._workspace, after, until)

    async def _owed(self, until: datetime) -> list[Coming]:
        """Messages that wait for their instant, and questions that return without an answer."""
        async with self._bot.database.sessions() as session:
            owed = [
                (each.channel, each.due_at, OWED_AHEAD[each.kind])
                for each in await due.owed(session, until, MOST)
                if each.workspace_id == self._workspace and each.kind in OWED_AHEAD and each.due_at
            ]
            asked = [
                (
                    each.proposed_owner,
                    each.returns_at,
                    f"is silent, PM-{each.number}/{each.position} returns",
                )
                for each in await due.returning(session, until, MOST)
                if each.workspace_id == self._workspace
            ]
            met = await people.known(session, self._workspace, {who for who, *_ in owed + asked})
        named = {who: met.get(who, nobody(who)) for who, *_ in owed + asked}
        return [
            Coming(at=at, zone=named[who].tzinfo, what=f"{named[who].name or who} {what}")
            for who, at, what in owed + asked
        ]

    async def _reviews(self, after: datetime, until: datetime) -> list[Coming]:
        async with self._bot.database.sessions() as session:
            standing = await promises.open_items(session, self._workspace, after.date())
        what = f"monthly review day ({standing.in_words()} on {after.day} {after:%b})"
        return [
            Coming(at=at, zone=self._zone, what=what, is_review=True)
            for at in reviews(after, until, self._zone)
        ]

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
    changed, looks = asyncio.Event(), InHand("diary_not_read_to_its_end")

    forget = workspace.changes.listen(changed.set)
    waiting = asyncio.create_task(_looking(diary, changed, workspace.clock.now, looks))
    try:
        yield
    finally:
        forget()
        await cancelled([waiting])
        await looks.finish(A_LOOK)  # cut off in the middle it would leave a connection open


async def _looking(
    diary: Diary, changed: asyncio.Event, now: Callable[[], datetime], looks: InHand
) -> None:
    while True:
        with suppress(TimeoutError):  # the next thing due has come by itself
            async with asyncio.timeout(_until(diary.next, now())):
                await changed.wait()
        await asyncio.sleep(A_WHILE)
        changed.clear()
        await asyncio.wait({looks.begin(_look(diary))})


async def _look(diary: Diary) -> None:
    try:
        await diary.look()
    except (SQLAlchemyError, OSError):
        log.exception("diary_not_read")  # the next change tries again


def _until(due: Due | None, now: datetime) -> float | None:
    return None if due is None else max(0.0, (due.at - now).total_seconds())


def _heard(foreseen: Foreseen) -> Coming:
    reader = foreseen.reader
    what = f"{reader.name or reader.id} hears of {heard(foreseen.needs)}"
    return Coming(at=foreseen.at, zone=reader.tzinfo, what=what)


def _due(coming: Coming) -> Due:
    return Due(at=coming.at, zone=coming.zone.key, what=coming.what, is_review=coming.is_review)
