"""Everything the workspace asks of the app: sent, waited for, and sent again where Slack does."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sandbox.changes import Changes
from sandbox.faults import Faults
from sandbox.line.traffic import Exchange, Traffic, name_of
from sandbox.refusals import DidNotAnswer, Json

Kind = Literal["events_api", "slash_commands", "interactive"]
#: As long as an acknowledged app may take to make its next call, in seconds.
MOMENT = 0.02
#: Whoever waits for the app gives up after so many seconds: it hangs.
PATIENCE = 30.0


@dataclass(frozen=True)
class Retry:
    """How often something was sent before, and why again."""

    attempt: int = 0
    reason: str | None = None


class NotAccepted(Exception):
    """The app answered, but not with success; `final` when it asks not to be sent it again."""

    def __init__(self, reason: str, status: int | None = None, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.final = final


class Lost(Exception):
    """The connection closed before the request was acknowledged."""


class Line(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    #: The HTTP status that an acknowledgement has; None when it has none.
    status: int | None

    async def send(self, kind: Kind, payload: Json, retry: Retry) -> Json | None:
        """Send, and return what the acknowledgement said; `NotAccepted` when it was none.

        `Lost` when it has to be sent again, on another connection.
        """


class Delivery:
    """The requests to the app that are in hand."""

    def __init__(self, line: Line, faults: Faults, changes: Changes, traffic: Traffic) -> None:
        self.line = line
        self._traffic = traffic
        self._faults = faults
        self._changes = changes
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_hand = 0
        self._done = 0

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """Count something as being worked on while the block runs."""
        self._in_hand += 1
        try:
            yield
        finally:
            self._let_go()

    async def ask(self, kind: Kind, payload: Json, what: str) -> Json | None:
        """What the app's acknowledgement says; `DidNotAnswer` when none came in time."""
        with self.in_hand():
            try:
                async with asyncio.timeout(self._faults.ack_seconds):
                    return await self._acknowledged(kind, payload, Retry())
            except TimeoutError:
                raise DidNotAnswer(what) from None
            except NotAccepted as refused:
                raise DidNotAnswer(what, refused.reason) from None

    async def _acknowledged(self, kind: Kind, payload: Json, retry: Retry) -> Json | None:
        """Send until an acknowledgement arrives that is not lost on its way."""
        while True:
            asked = self._traffic.begin("slack", name_of(kind, payload), payload, retry.attempt)
            try:
                answer = await self._sent(asked, kind, payload, retry)
            except Lost:
                self._traffic.end(asked, ok=False, note="connection lost")
                retry = Retry(retry.attempt + 1, "connection_failed")
                continue
            if not self._faults.takes_lost_ack():
                self._traffic.end(asked, ok=True, response=answer, status=self.line.status)
                return answer
            self._traffic.end(asked, ok=False, response=answer, note="acknowledgement lost")
            retry = Retry(retry.attempt + 1, "timeout")

    async def _sent(self, asked: Exchange, kind: Kind, payload: Json, retry: Retry) -> Json | None:
        """Send once, and note why it came to nothing."""
        try:
            return await self.line.send(kind, payload, retry)
        except asyncio.CancelledError:
            note = f"not acknowledged in {self._faults.ack_seconds:g} s"
            self._traffic.end(asked, ok=False, error="operation_timeout", note=note)
            raise
        except NotAccepted as refused:
            note = "not accepted, and not to be sent again" if refused.final else "not accepted"
            self._traffic.end(
                asked, ok=False, error=refused.reason, status=refused.status, note=note
            )
            raise

    def tell(self, payload: Json) -> None:
        """Send an event in the background, again and again as Slack does, and then give up."""
        self._in_hand += 1
        self.run(self._tell(payload))

    async def _tell(self, payload: Json) -> None:
        retry = Retry()
        counted = True
        try:
            for wait in (*self._faults.retry_waits, None):
                again = await self._told(payload, retry)
                if again is None or wait is None:
                    return
                retry = again
                if wait:
                    self._let_go()
                    counted = False
                    await asyncio.sleep(wait)
                    self._in_hand += 1
                    counted = True
        finally:
            if counted:
                self._let_go()

    def _let_go(self) -> None:
        self._in_hand -= 1
        self._done += 1
        self._changes.happened()

    async def _told(self, payload: Json, retry: Retry) -> Retry | None:
        """Send an event once; how to send it again if it was not acknowledged."""
        try:
            async with asyncio.timeout(self._faults.ack_seconds):
                await self._acknowledged("events_api", payload, retry)
        except TimeoutError:
            return Retry(retry.attempt + 1, "timeout")
        except NotAccepted as refused:
            return None if refused.final else Retry(retry.attempt + 1, "http_error")
        return None

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something in a task that is kept until it is done or the workspace closes."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def is_asked(self) -> bool:
        """Whether anything is in hand."""
        return self._in_hand > 0

    async def acknowledged(self, seconds: float = PATIENCE) -> None:
        """Wait until nothing is in hand; `TimeoutError` when that takes longer."""
        await asyncio.sleep(0)
        await self._changes.until(
            lambda: None if self._in_hand else True,
            seconds,
            f"{self._in_hand} requests are still in hand after {seconds} seconds.",
        )

    async def settled(self, seconds: float = PATIENCE) -> None:
        """Wait until nothing has been in hand for a moment.

        The moment lets an app that acknowledged first make its next call. What it does later
        than that cannot be seen from here: wait for its message or modal instead.
        """
        quiet_since = None
        while self._in_hand or quiet_since != self._done:
            quiet_since = self._done
            await self.acknowledged(seconds)
            await asyncio.sleep(MOMENT)

    async def close(self) -> None:
        """End everything that is still under way."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
