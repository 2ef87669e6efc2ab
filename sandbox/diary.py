"""What the app will do by itself, and turning the clock to it.

The workspace does not know what an app has planned; whoever opens both hands it a `Planner`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from sandbox.clock import Clock
from sandbox.refusals import Json

#: How far ahead the page looks for the next thing due.
HORIZON = timedelta(days=400)
#: How many lines of what came due the page keeps.
REMEMBERED = 100
#: A year of daily duties; a planner that never ends is stopped there.
MOST_STOPS = 2000

Goal = Literal["next", "review"]


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing the clock will bring: when, in whose zone, and what, in a few words."""

    at: datetime
    zone: str
    what: str
    is_review: bool = False
    channel: str | None = None

    def to_page(self) -> Json:
        """Give it as the browser page lists it."""
        return {
            "at": self.at.isoformat(),
            "zone": self.zone,
            "what": self.what,
            "is_review": self.is_review,
            "channel": self.channel,
        }


class Planner(Protocol):
    """The app's side: what it has planned, and doing what has come due."""

    async def coming(self, after: datetime, until: datetime) -> Sequence[Due]:
        """Everything due after the one instant and until the other (included), in order."""

    async def catch_up(self) -> None:
        """Return once everything that is due now is done and sent."""


class Diary:
    """Turns the clock from one thing due to the next, and remembers what came."""

    def __init__(self, clock: Clock, changed: Callable[[], object]) -> None:
        self.planner: Planner | None = None
        self.came: list[Due] = []
        self.next: Due | None = None
        self.next_review: Due | None = None
        self._clock = clock
        self._changed = changed
        self._turning = False

    async def look(self) -> None:
        """Find out what is next."""
        coming = await self._coming(self._clock.now() + HORIZON)
        found = coming[0] if coming else None, next((due for due in coming if due.is_review), None)
        if found != (self.next, self.next_review):
            self.next, self.next_review = found
            self._changed()

    async def turn(self, by: timedelta) -> list[Due]:
        """Turn the clock forward, with a stop at everything due on the way; what came due."""
        return await self._alone(lambda: self._turn_until(self._clock.now() + by))

    async def turn_to(self, goal: Goal) -> list[Due]:
        """Turn to the next thing due, or to the next monthly review.

        Raises LookupError when nothing of that kind is planned.
        """
        await self.look()
        due = self.next_review if goal == "review" else self.next
        if due is None:
            raise LookupError("Nothing is planned yet: start a postmortem and add an action item.")
        return await self._alone(lambda: self._turn_until(due.at))

    async def _alone(self, work: Callable[[], Awaitable[list[Due]]]) -> list[Due]:
        if self._turning:
            raise LookupError("The clock is being turned: wait until it stands.")
        self._turning = True
        self._changed()
        try:
            return await work()
        finally:
            self._turning = False
            await self.look()
            self._changed()

    async def _turn_until(self, goal: datetime) -> list[Due]:
        came: list[Due] = []
        if self.planner:
            await self.planner.catch_up()  # what is on its way must not grow old in one leap
        for _ in range(MOST_STOPS):
            now = self._clock.now()
            due = [one for one in await self._coming(goal) if one.at > now]
            stop = due[0].at if due else goal
            if stop > now:
                self._clock.turn(stop - now)
            now_due = [one for one in due if one.at == stop]
            # At once: a process killed before the app has caught up does so at its next start.
            self.came = [*self.came, *now_due][-REMEMBERED:]
            self._changed()
            came += now_due
            if self.planner:
                await self.planner.catch_up()
            if stop >= goal:
                break
        return came

    async def _coming(self, until: datetime) -> Sequence[Due]:
        if self.planner is None:
            return []
        return await self.planner.coming(self._clock.now(), until)

    def to_page(self) -> Json:
        """Give what the page's clock shows."""
        return {
            "turning": self._turning,
            "next": self.next.to_page() if self.next else None,
            "next_review": self.next_review.to_page() if self.next_review else None,
            "came": [due.to_page() for due in self.came],
        }
