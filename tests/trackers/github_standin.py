"""The built-in tracker as the stand-in of GitHub: hands by which tests do what people do."""

from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import date, datetime
from typing import Any, Self

from sandbox.tracker import Tracker
from tests.trackers.standin import Ticket

#: Who deletes and transfers, where a test does not say who.
SOMEBODY = "dan"


class GitHubStandIn:
    """See `tests.trackers.standin.StandIn`; `tracker` is the server itself, for what only it has.

    `now` is the time it lives by. `more` goes to `Tracker.open`.
    """

    def __init__(self, now: Callable[[], datetime], **more: Any) -> None:
        self._open = Tracker.open(now=now, **more)
        self._stack = AsyncExitStack()
        self.tracker: Tracker

    async def __aenter__(self) -> Self:
        self.tracker = await self._stack.enter_async_context(self._open)
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._stack.aclose()

    @property
    def url(self) -> str:
        """Where the REST API is, as an Enterprise server's."""
        return self.tracker.api_url

    @property
    def token(self) -> str:
        """A token that may write to every repository."""
        return self.tracker.token

    @property
    def secret(self) -> str:
        """What webhooks are signed with."""
        return self.tracker.hooks.secret

    @property
    def calls(self) -> list[str]:
        """What was asked, in words."""
        return self.tracker.calls

    @property
    def hooks(self) -> list[tuple[dict[str, str], bytes]]:
        """The webhooks so far."""
        return self.tracker.hooks.told

    @property
    def hooks_to(self) -> str:
        """Where they are posted."""
        return self.tracker.hooks.to

    @hooks_to.setter
    def hooks_to(self, address: str) -> None:
        self.tracker.hooks.to = address

    def tickets(self) -> list[Ticket]:
        """All issues, oldest first; none has a due date."""
        return [Ticket(**vars(one), due_on=None) for one in self.tracker.hands.tickets()]

    def account_of(self, person: str) -> str:
        """Their login."""
        return person

    async def assign(self, ref: str, person: str | None, by: str) -> None:
        """Assign it."""
        self.tracker.hands.assign(ref, person, by)

    async def close(self, ref: str, by: str) -> None:
        """Close it as completed."""
        self.tracker.hands.close(ref, by)

    async def drop(self, ref: str, by: str) -> None:
        """Close it as not planned."""
        self.tracker.hands.close(ref, by, "not_planned")

    async def reopen(self, ref: str, by: str) -> None:
        """Open it again."""
        self.tracker.hands.reopen(ref, by)

    async def set_due(self, ref: str, day: date | None, by: str) -> None:
        """GitHub's issues have no due date."""

    async def delete(self, ref: str) -> None:
        """Delete it for good."""
        self.tracker.hands.delete(ref, SOMEBODY)

    async def move(self, ref: str) -> None:
        """Transfer it to the other repository."""
        self.tracker.hands.move(ref, SOMEBODY)

    def fail_next(
        self,
        status: int,
        times: int = 1,
        *,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        on: str = "any",
    ) -> None:
        """Answer the next calls so."""
        self.tracker.faults.fail_next(status, times, headers=headers, body=body, on=on)

    def lose_next_answer(self, on: str = "create") -> None:
        """Do the next call and drop the connection."""
        self.tracker.faults.lose_next_answer(on)
