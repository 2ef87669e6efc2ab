"""What the demo's clock can be turned to: the app's side of the local workspace's diary."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any, TypeVar

from bot.process import Bot
from domain.coming import Coming, OpenItems, heard
from domain.review_plan import Step
from handlers.asking import AGREEMENT, REMINDERS, UNANSWERED
from handlers.budget_items import BUDGET
from handlers.digests import DIGEST
from handlers.follow_ups import FOLLOW_UP
from handlers.foreseen import Foreseen, digests_by
from handlers.in_hand import InHand
from handlers.people import nobody
from handlers.report_clock import reports_by
from handlers.review_hours import zone_of
from handlers.review_notices import NOTICE
from handlers.reviews_foreseen import ForeseenStep, reviews_by
from handlers.sprint import SPRINT
from handlers.ticket_news import TICKET
from sandbox.diary import Due
from sandbox.workspace import Workspace
from storage import due, people, promises

#: So many of each kind are looked at: far more than a demo has.
MOST = 1_000
#: What is owed for a later instant, and what it is then.
OWED_AHEAD = {
    AGREEMENT: "is asked to agree with a timeline",
    **dict.fromkeys(REMINDERS, "is asked again to agree with a timeline"),
    UNANSWERED: "hears who has not agreed",
    DIGEST: "hears of what needs them",
    FOLLOW_UP: "hears what became of its items",
    NOTICE: "hears what the monthly review will walk of theirs",
    BUDGET: "hears which of their items went up a priority",
    SPRINT: "hears what to take into the sprint",
    TICKET: "is asked what was done about an item whose ticket was closed",
}


Answer = TypeVar("Answer")
#: What somebody or a channel is called of which the app's database does not tell the name.
Called = Callable[[str], str]


def _nameless(who: str) -> str:
    """A channel of which no incident tells the name, or somebody of whom nobody does."""
    return "a channel" if who.startswith(("C", "G")) else who


def called_in(workspace: Workspace) -> Called:
    """What the workspace calls its public channels: a team's may have had no incident."""

    def called(who: str) -> str:
        place = workspace.channels.get(who)
        return f"#{place.name}" if place and place.kind == "public" else _nameless(who)

    return called


class Planner:
    """Reads from the app's database what comes, and lets the app do what has come due."""

    def __init__(self, bot: Bot, workspace_id: str, called: Called = _nameless) -> None:
        self._bot = bot
        self._workspace = workspace_id
        self._called = called
        self._in_hand = InHand("plan_not_read_to_its_end")

    async def stop(self, patience: float) -> None:
        """Finish what is begun within `patience` seconds."""
        await self._in_hand.finish(patience)

    async def coming(self, after: datetime, until: datetime) -> Sequence[Due]:
        """What is due after the one instant and until the other, in order.

        Of digests only those that come next: then others are planned.
        """
        return await self._whole(self._coming(after, until))

    async def _whole(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Do it to its end, should the page that waits for it be closed.

        Cut off in the middle it would leave a connection open.
        """
        return await asyncio.shield(self._in_hand.begin(work))

    async def _coming(self, after: datetime, until: datetime) -> Sequence[Due]:
        found = [
            *await self._digests(after, until),
            *await self._owed(until),
            *await self._reports(after, until),
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
            concerned = {who for who, *_ in owed + asked}
            met = await people.known(session, self._workspace, concerned)
            called = await due.names(session, self._workspace, concerned)
        named = {who: met.get(who, nobody(who)) for who, *_ in owed + asked}
        coming = [
            Coming(
                at=at, zone=named[who].tzinfo, what=f"{called.get(who) or self._called(who)} {what}"
            )
            for who, at, what in owed + asked
        ]
        return list(dict.fromkeys(coming))  # what reads the same tells nothing more

    async def _reviews(self, after: datetime, until: datetime) -> list[Coming]:
        """What becomes of monthly reviews, until the next one has begun."""
        async with self._bot.database.sessions() as session:
            found = await reviews_by(session, self._workspace, until, after)
            standing = await promises.open_items(session, self._workspace, after.date())
            zone = await zone_of(session, self._workspace)
        return [
            Coming(
                at=each.at,
                zone=zone,
                what=_of_review(each, standing, after),
                is_review=each.step is Step.BEGIN,
            )
            for each in found
        ]

    async def _reports(self, after: datetime, until: datetime) -> list[Coming]:
        """The next monthly report."""
        async with self._bot.database.sessions() as session:
            found = await reports_by(session, until, after)
            zone = await zone_of(session, self._workspace)
        return [
            Coming(at=each.at, zone=zone, what="monthly report is posted")
            for each in found
            if each.workspace_id == self._workspace
        ]

    async def catch_up(self) -> None:
        """Return once the app has done and sent everything that is due now."""
        await self._whole(self._catch_up())

    async def _catch_up(self) -> None:
        await self._bot.clock.strike()
        while await self._bot.courier.send_due():
            pass


def _heard(foreseen: Foreseen) -> Coming:
    reader = foreseen.reader
    what = f"{reader.name or reader.id} hears of {heard(foreseen.needs)}"
    return Coming(at=foreseen.at, zone=reader.tzinfo, what=what)


def _of_review(step: ForeseenStep, standing: OpenItems, now: datetime) -> str:
    """What becomes of a monthly review; when it begins, with what it would find today."""
    match step.step:
        case Step.CALL:
            return f"monthly review {step.what}"
        case Step.BEGIN:
            return f"monthly review {step.what} ({standing.in_words()} on {now.day} {now:%b})"
    return f"monthly review: {step.what}"


def _due(coming: Coming) -> Due:
    return Due(at=coming.at, zone=coming.zone.key, what=coming.what, is_review=coming.is_review)
