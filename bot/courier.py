"""The delivery worker: what the database owes, Slack gets, once, and each conversation in order."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot import canvases, homes, outcomes, posting
from domain.retry import Failure
from handlers.in_hand import cancelled
from handlers.outgoing import Compose, Later, Outgoing, OutgoingCanvas, OutgoingHome, Sendable
from storage import deliveries
from storage.deliveries import Delivery
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: An update, a post and a pin, or the three ways to draw a Home, take ten seconds each at most; a
#: search for an earlier attempt has what they leave of it.
LEASE = timedelta(seconds=60)
CALLS = 3
#: With a fallback the update and the post may both be made twice.
CALLS_WITH_FALLBACK = 5
#: As many as one process sends at the same time.
AT_ONCE = 8
#: At a stop the database has this long to take back the claims; later their leases run out.
GIVING_BACK_SECONDS = 2.0


class Courier:
    """Claims what is due, sends it, and notes what became of it.

    A client has the token of one workspace: naming it, the courier leaves those of others alone.
    """

    def __init__(
        self,
        sessions: Sessions,
        client: AsyncWebClient,
        kinds: Mapping[str, Compose],
        now: Callable[[], datetime],
        lease: timedelta = LEASE,
        workspace_id: str | None = None,
    ) -> None:
        self._sessions = sessions
        self._client = client
        self._kinds = kinds
        self._now = now
        self._lease = lease
        self._workspaces = () if workspace_id is None else (workspace_id,)
        self._call = timedelta(seconds=client.timeout)
        self._due = asyncio.Event()
        self._stopping = False
        #: Held while claims are made, until they are in hand.
        self._claiming = asyncio.Lock()
        self._in_hand: dict[asyncio.Task[None], Delivery] = {}
        #: Those of which Slack may have heard.
        self._on_the_wire: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something may be due: look at once."""
        self._due.set()

    async def run(self) -> None:
        """Send whatever is due, until told to stop."""
        try:
            while not self._stopping:
                self._due.clear()
                try:
                    await self._fill()
                except Exception:
                    log.exception("deliveries_not_claimed")
                await self._due.wait()
        except asyncio.CancelledError:
            for task in self._in_hand:
                task.cancel()
            raise

    async def stop(self, patience: float) -> None:
        """Finish what is in hand within `patience` seconds, give back the rest, let `run` end."""
        self._stopping = True
        self.wake()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                async with self._claiming:  # what is being claimed is as good as in hand
                    pass
                await self._sent()
        unfinished = [(each, task in self._on_the_wire) for task, each in self._in_hand.items()]
        if unfinished:
            await cancelled(tuple(self._in_hand))
            await self._give_back(unfinished)

    async def _give_back(self, unfinished: list[tuple[Delivery, bool]]) -> None:
        log.warning("deliveries_given_back", number=len(unfinished))
        # Slack may take it even now: whoever tries next lets the call run out, then looks.
        later = self._now() + self._call
        try:
            async with asyncio.timeout(GIVING_BACK_SECONDS), self._sessions.begin() as session:
                for delivery, on_the_wire in unfinished:
                    if on_the_wire:
                        await deliveries.retry_at(session, delivery, later, "stopped", holds=True)
                    else:
                        await deliveries.release(session, delivery)
        except (TimeoutError, OSError, SQLAlchemyError):
            log.exception("deliveries_kept_until_lease_ends")

    async def send_due(self) -> int:
        """Claim what is due now, and return when all that is in hand is sent; how many that was."""
        await self._fill()
        number = len(self._in_hand)
        await self._sent()
        return number

    async def _fill(self) -> None:
        """Claim what is due for every free place, and begin to send it."""
        async with self._claiming:
            free = AT_ONCE - len(self._in_hand)
            if not free:
                return
            async with self._sessions.begin() as session:
                claimed = await deliveries.claim(
                    session,
                    self._now(),
                    lease=self._lease,
                    limit=free,
                    workspaces=self._workspaces,
                )
            for each in claimed:
                task = asyncio.create_task(self._deliver(each))
                self._in_hand[task] = each
                task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._in_hand[task]
        self._on_the_wire.discard(task)
        self.wake()  # its place is free, and the next of its conversation has its turn

    async def _sent(self) -> None:
        if self._in_hand:
            await asyncio.wait(tuple(self._in_hand))

    async def _deliver(self, delivery: Delivery) -> None:
        context = {"delivery": delivery.key, "attempt": delivery.attempts}
        with structlog.contextvars.bound_contextvars(**context):
            try:
                await self._watched(delivery)
            except Exception:
                # The lease runs out by itself, and whoever tries next looks before sending.
                log.exception("delivery_not_noted")

    async def _watched(self, delivery: Delivery) -> None:
        try:
            await self._send(delivery)
        except SlackApiError as refused:
            await self._failed(delivery, posting.failure_of(refused))
        except posting.Vanished:
            async with self._sessions.begin() as session:
                await deliveries.vanished(session, delivery, self._now())
        except (TimeoutError, OSError, posting.CLIENT_ERRORS) as lost:
            await self._failed(delivery, posting.failure_of_network(lost))
        except Exception as bug:
            log.exception("delivery_broken")
            await self._failed(delivery, outcomes.failure_of_ours(bug))

    async def _failed(self, delivery: Delivery, failure: Failure) -> None:
        async with self._sessions.begin() as session:
            await outcomes.note_failure(session, delivery, failure, self._now())

    async def _send(self, delivery: Delivery) -> None:
        outgoing = await self._composed(delivery)
        if isinstance(outgoing, Later) and (stands := await self._in_doubt(delivery)):
            delivery, outgoing = stands, await self._composed(stands)
        if outgoing is None or isinstance(outgoing, Later):
            async with self._sessions.begin() as session:
                await outcomes.note_unsaid(session, delivery, outgoing, self._now())
            return
        known = await self._earlier(delivery, outgoing)
        # What is left of the lease must outlast an update, a post and a pin: a call that ends
        # after it could land behind the next worker's look.
        if not self._spare(delivery, _calls(outgoing)):
            raise posting.TooLate
        async with self._sessions() as session:
            if not await deliveries.still_mine(session, delivery, self._now()):
                log.warning("delivery_taken_over")
                return
        self._begin_call()
        place = await self._say(delivery, outgoing, known)
        async with self._sessions.begin() as session:
            await deliveries.sent(
                session, delivery, channel=place.channel, ts=place.ts, now=self._now()
            )
        log.info("delivered", channel=place.channel, ts=place.ts)

    async def _in_doubt(self, delivery: Delivery) -> Delivery | None:
        """What is to wait as it stands already, where an earlier attempt got through after all."""
        place = await posting.find_earlier(self._client, delivery, self._spare(delivery))
        if place is None or delivery.message_ts:
            return None
        return replace(delivery, posted_channel=place.channel, message_ts=place.ts)

    async def _earlier(self, delivery: Delivery, outgoing: Sendable) -> posting.Place | None:
        if not isinstance(outgoing, Outgoing):
            return None
        spare = self._spare(delivery, _calls(outgoing))
        return await posting.find_earlier(self._client, delivery, spare, outgoing.thread_ts)

    async def _say(
        self, delivery: Delivery, outgoing: Sendable, known: posting.Place | None
    ) -> posting.Place:
        if isinstance(outgoing, OutgoingCanvas):
            return await canvases.write(self._client, delivery, outgoing)
        if isinstance(outgoing, OutgoingHome):
            return await homes.publish(self._client, delivery, outgoing)
        place = await posting.post_or_update(self._client, delivery, outgoing, known)
        # Before it is noted as sent, or a crash in between would leave it unpinned for good.
        if outgoing.pin and (place != known or delivery.attempts > 1):
            await posting.pin(self._client, place)
        return place

    def _spare(self, delivery: Delivery, calls: int = CALLS) -> timedelta:
        """What the lease leaves for everything before so many calls."""
        over = delivery.lease_until or self._now()
        return max(timedelta(), over - self._now() - calls * self._call)

    def _begin_call(self) -> None:
        task = asyncio.current_task()
        if task in self._in_hand:
            self._on_the_wire.add(task)

    async def _composed(self, delivery: Delivery) -> Sendable | Later | None:
        async with self._sessions() as session:
            return await self._kinds[delivery.kind](session, delivery)


def _calls(outgoing: Sendable) -> int:
    """How many calls it may take to say this."""
    has_fallback = isinstance(outgoing, Outgoing) and outgoing.fallback is not None
    return CALLS_WITH_FALLBACK if has_fallback else CALLS
