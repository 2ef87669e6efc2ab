"""Tickets that are due: each is made, or it and its item follow each other (rule 14).

A ticket is in one worker's hand for as long as its lease. Nothing is locked while a tracker is
asked; whoever is stopped in the middle lets the lease run out, and the next one goes on.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from domain.kept_tickets import Ticket
from domain.ticket_turns import LEAST_WAIT
from handlers import ticket_trouble
from handlers.quiet import Quiet
from handlers.ticket_following import follow
from handlers.ticket_glances import put_down_as_left
from handlers.ticket_making import make
from handlers.ticket_situation import situation
from handlers.ticket_work import Lost, Overtaken, RefusedThis, Situation, Work
from integrations.trackers import Tracker, TrackerBusy, TrackerRefused
from storage import heard_hooks, tickets
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: So many are seen to at one strike, all at once; the others at the next.
AT_ONCE = 8
LEASE = timedelta(minutes=5)
#: Whoever makes a ticket is done long before their lease is over: it is looked for only then.
PATIENCE = timedelta(minutes=2)
#: A webhook that is told again after this has its ticket looked at once more, and nothing else.
HEARD_FOR, FORGET_EVERY = timedelta(days=7), timedelta(hours=1)


class Ticketing:
    """A duty of the clock: sees to the tickets of one workspace in one tracker.

    A tracker that says how long it wants to be left alone is. `clock` tells the time while a turn
    lasts, and `patience` is how long a ticket may take to be made.
    """

    def __init__(
        self,
        tracker: Tracker,
        workspace_id: str,
        clock: Callable[[], datetime],
        *,
        patience: timedelta = PATIENCE,
    ) -> None:
        self._tracker = tracker
        self._workspace_id = workspace_id
        self._clock = clock
        self._patience = patience
        self._quiet = Quiet()
        self._forgot_at: datetime | None = None

    async def __call__(self, sessions: Sessions, client: AsyncWebClient, now: datetime) -> None:
        """See to whatever is due; raises what went wrong with some, when all had their turn."""
        await self._forget(sessions, now)
        if self._quiet.lasts(sessions, now):
            return
        mine = self._workspace_id, self._tracker.kind, now
        async with sessions() as session:
            if not await tickets.has_due(session, *mine):
                return
        async with sessions.begin() as session:
            due = await tickets.claim(session, *mine, lease=LEASE, limit=AT_ONCE)
        work = Work(
            sessions=sessions,
            client=client,
            tracker=self._tracker,
            workspace_id=self._workspace_id,
            now=now,
            lease=LEASE,
            patience=self._patience,
            clock=self._clock,
        )
        more, unread = await put_down_as_left(work, due)
        turns = (_Turn(work, each, unread.get(each.item_id)) for each in more)
        became = await asyncio.gather(*(each.take() for each in turns), return_exceptions=True)
        if waits := [each for each in became if isinstance(each, timedelta)]:
            self._quiet.begin(sessions, now, now + max(waits))
        if broken := [each for each in became if isinstance(each, Exception)]:
            raise ExceptionGroup("tickets not seen to", broken)

    async def _forget(self, sessions: Sessions, now: datetime) -> None:
        if self._forgot_at is None or now >= self._forgot_at + FORGET_EVERY:
            self._forgot_at = now
            async with sessions.begin() as session:
                await heard_hooks.forget(session, now - HEARD_FOR)


class _Turn:
    """One ticket's turn; `unread` is what came already of asking how it stands, if not that."""

    def __init__(self, work: Work, ticket: Ticket, unread: BaseException | None) -> None:
        self._work = work
        self._ticket = ticket
        self._unread = unread
        self._at: Situation | None = None

    async def take(self) -> timedelta | None:
        """See to the ticket; a mistake of ours is raised, once the ticket says so.

        Returns how long the tracker wants to be left alone, if it said.
        """
        [became] = await asyncio.gather(self._see_to(), return_exceptions=True)
        if isinstance(became, Exception):
            await ticket_trouble.broken(self._work, self._ticket, self._at)
        if isinstance(became, BaseException):
            raise became
        return became

    async def _see_to(self) -> timedelta | None:
        work, ticket = self._work, self._ticket
        try:
            await self._go_on()
        except TrackerBusy as silent:
            await ticket_trouble.busy(work, ticket, self._at, silent)
            return silent.wait
        except (TrackerRefused, RefusedThis) as refused:
            of_place = isinstance(refused, TrackerRefused)
            await ticket_trouble.refused(work, ticket, self._at, str(refused), of_place=of_place)
        except Overtaken:
            await ticket_trouble.postpone(work, ticket, LEAST_WAIT)
        except Lost:
            log.info("ticket_lost", item=ticket.item_id)
        return None

    async def _go_on(self) -> None:
        if self._unread:
            self._at = await situation(self._work, self._ticket, asks=False)
            raise self._unread
        at = await self._look()
        if self._ticket.ref:
            await follow(self._work, self._ticket, at)
        else:
            await make(self._work, self._ticket, at)

    async def _look(self) -> Situation:
        """See how things stand; whom a silent tracker does not tell of is nobody's account."""
        try:
            self._at = await situation(self._work, self._ticket)
        except TrackerBusy:
            self._at = await situation(self._work, self._ticket, asks=False)
            raise
        return self._at
