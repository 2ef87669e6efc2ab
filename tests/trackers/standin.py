"""What the stand-ins of all three trackers let a test do, whichever of them it is.

A stand-in is a server on the loopback that speaks its vendor's API and remembers. People are called
`ada`, `ben`, `cleo`, `dan`, who are of the project, and `outsider`, who is not; each has the e-mail
address `NAME@example.com`. Hands of people take and give these names; `account_of` says what the
tracker calls them. A `ref` is what the adapter calls a ticket (see `Seen.ref`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, Self


class StandInTicket(Protocol):
    """A ticket as somebody who looks at the tracker sees it."""

    @property
    def ref(self) -> str: ...  # noqa: D102 - Seen.ref
    @property
    def key(self) -> str: ...  # noqa: D102 - Seen.key
    @property
    def title(self) -> str: ...  # noqa: D102 - one line
    @property
    def body(self) -> str: ...  # noqa: D102 - the description as sent; ADF as JSON text
    @property
    def state(self) -> str: ...  # noqa: D102 - a value of TicketState
    @property
    def assignee(self) -> str: ...  # noqa: D102 - a person's name, or nothing
    @property
    def due_on(self) -> date | None: ...  # noqa: D102 - None where there is none
    @property
    def labels(self) -> tuple[str, ...]: ...  # noqa: D102 - as the tracker has them
    @property
    def sprint(self) -> str: ...  # noqa: D102 - sprint, milestone, iteration or cycle; or nothing
    @property
    def comments(self) -> tuple[str, ...]: ...  # noqa: D102 - oldest first, as sent


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A StandInTicket for stand-ins that need no more."""

    ref: str
    key: str
    title: str
    body: str
    state: str
    assignee: str
    due_on: date | None
    labels: tuple[str, ...]
    sprint: str
    comments: tuple[str, ...]


class StandIn(Protocol):
    """A tracker on the loopback; `async with` starts and ends it.

    `url` is what the adapter's constructor is given. `calls` is what was asked of it, refused or
    not, in order: "find", "create", "read", "update", "comment", "comments", "plan", "changed",
    "account", "check", or another word of its own. `hooks` are the webhooks it would have sent so
    far, signed with `secret`; it posts them to `hooks_to` too where that is set.
    """

    @property
    def url(self) -> str: ...  # noqa: D102 - said above
    @property
    def secret(self) -> str: ...  # noqa: D102 - said above
    @property
    def calls(self) -> list[str]: ...  # noqa: D102 - said above
    @property
    def hooks(self) -> list[tuple[dict[str, str], bytes]]: ...  # noqa: D102 - said above

    hooks_to: str

    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *exc: object) -> None: ...

    def tickets(self) -> Sequence[StandInTicket]:
        """All that are not deleted, oldest first."""
        ...

    def account_of(self, person: str) -> str:
        """What the adapter calls this person's account (Account.id)."""
        ...

    async def assign(self, ref: str, person: str | None, by: str) -> None:
        """Assign it, or take it from whoever has it."""
        ...

    async def close(self, ref: str, by: str) -> None:
        """Close it as done."""
        ...

    async def drop(self, ref: str, by: str) -> None:
        """Close it as not planned."""
        ...

    async def reopen(self, ref: str, by: str) -> None:
        """Open it again."""
        ...

    async def set_due(self, ref: str, day: date | None, by: str) -> None:
        """Set its due date; does nothing where the tracker knows none."""
        ...

    async def delete(self, ref: str) -> None:
        """Delete it for good."""
        ...

    async def move(self, ref: str) -> None:
        """Move it to another project, as the vendor does: new key, and what happens to the ref."""
        ...

    def fail_next(
        self,
        status: int,
        times: int = 1,
        *,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        on: str = "any",
    ) -> None:
        """Answer the next calls of this word (see `calls`), or any, so, and do nothing."""
        ...

    def lose_next_answer(self, on: str = "create") -> None:
        """Do the next call of this word, then drop the connection instead of an answer."""
        ...
