"""What the app will do by itself, and turning the clock to it.

The workspace does not know what an app has planned; whoever opens both hands it a `Planner`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import Literal, Protocol, get_args

from sandbox.clock import Clock
from sandbox.refusals import Json

#: How far ahead the page looks for the next thing due.
HORIZON = timedelta(days=400)
#: How many lines of what came due the page keeps.
REMEMBERED = 100
#: A year of daily duties; a planner that never ends is stopped there.
MOST_STOPS = 2000
#: What is planned may change so often while the app catches up before one stop.
MOST_LOOKS = 10
TOO_FAR = f"The clock turns by 0 to {HORIZON.days} days at once: choose a time within that."
CLOSING = "The workspace is closing: turn the clock when it is open again."
SO_MUCH = "So much is due that the clock stopped on its way: turn it again."

Goal = Literal["next", "review"]


def span(seconds: float) -> timedelta:
    """By how much to turn; ValueError when the clock does not turn by that at once."""
    if not isfinite(seconds) or not 0 <= seconds <= HORIZON.total_seconds():
        raise ValueError(TOO_FAR)
    return timedelta(seconds=seconds)


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing the clock will bring: when, in whose zone, and what, in a few words."""

    at: datetime
    zone: str
    what: str
    is_review: bool = False
    channel: str | None = None

    def to_page(self) -> Json:
        """How the browser page lists it."""
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

    def __init__(
        self, clock: Clock, changed: Callable[[], object], most_stops: int = MOST_STOPS
    ) -> None:
        self._most_stops = most_stops
        self.planner: Planner | None = None
        self.came: list[Due] = []
        self.next: Due | None = None
        self.next_review: Due | None = None
        self._clock = clock
        self._changed = changed
        self._turning = False

    async def look(self) -> None:
        """Find out what is next; while the clock turns that is found at its end."""
        if self._turning:
            return
        self._note_what_came_by_itself()
        coming = await self._coming(self._clock.now() + HORIZON)
        found = coming[0] if coming else None, next((due for due in coming if due.is_review), None)
        if found != (self.next, self.next_review):
            self.next, self.next_review = found
            self._changed()

    def _note_what_came_by_itself(self) -> None:
        """The clock goes on while nobody turns it."""
        due = self.next
        if due and due.at <= self._clock.now() and due not in self.came:
            self.came = [*self.came, due][-REMEMBERED:]
            self._changed()

    async def turn(self, by: timedelta) -> list[Due]:
        """Turn the clock forward, with a stop at everything due on the way; what came due.

        Raises ValueError when it is to turn back or too far, LookupError when it turns already,
        more is due on the way than it can stop at, or the app goes away meanwhile.
        """
        by = span(by.total_seconds())
        return await self._alone(lambda: self._turn_until(self._clock.now() + by))

    async def turn_to(self, goal: Goal) -> list[Due]:
        """Turn to the next thing due, or to the next monthly review.

        Raises LookupError when nothing of that kind is planned, ValueError for no such goal.
        """
        if goal not in get_args(Goal):
            raise ValueError(f"The clock turns to one of: {', '.join(get_args(Goal))}.")
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
        planner = self.planner
        for _ in range(self._most_stops):
            due = await self._settled(goal)
            if self.planner is not planner:  # else it would leap over what only the app knows of
                raise LookupError(CLOSING)
            # No await until the clock has turned: what is begun here would grow old in one leap.
            now = self._clock.now()
            stop = due[0].at if due else goal
            if stop > now:
                self._clock.turn(stop - now)
            now_due = [one for one in due if one.at == stop]
            # At once: a process killed before the app has caught up does so at its next start.
            self.came = [*self.came, *now_due][-REMEMBERED:]
            self._changed()
            came += now_due
            if stop >= goal:
                await self._catch_up()
                return came
        raise LookupError(SO_MUCH)

    async def _settled(self, goal: datetime) -> list[Due]:
        """What comes until then, with nothing on its way; doing that may have planned more."""
        known: list[Due] | None = None
        for _ in range(MOST_LOOKS):
            found = [one for one in await self._coming(goal) if one.at > self._clock.now()]
            await self._catch_up()
            if found == known:
                break
            known = found
        return [one for one in known or () if one.at > self._clock.now()]

    async def _catch_up(self) -> None:
        if self.planner:
            await self.planner.catch_up()

    async def _coming(self, until: datetime) -> Sequence[Due]:
        if self.planner is None:
            return []
        return await self.planner.coming(self._clock.now(), until)

    def to_page(self) -> Json:
        """What the page's clock shows."""
        return {
            "turning": self._turning,
            "next": self.next.to_page() if self.next else None,
            "next_review": self.next_review.to_page() if self.next_review else None,
            "came": [due.to_page() for due in self.came],
        }
