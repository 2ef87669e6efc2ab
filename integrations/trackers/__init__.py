"""Trackers: where the tickets of action items are made and followed (rule 14).

None of them makes a ticket only once by itself when it is asked twice: so each ticket carries a key
of ours, and is looked for by it before it is made.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from domain.tickets import Account, Aspect, Change, Hook, Place, Seen, TrackerKind, Wanted


class TrackerBusy(Exception):
    """It did not answer, or not now: another attempt may well work.

    The message is a sentence for people. `wait` is how long it wants to be left alone, if it said.
    What was asked for may have been done all the same.
    """

    def __init__(self, sentence: str, wait: timedelta | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


class TrackerRefused(Exception):
    """It said no, and will until somebody mends what the message, a sentence for people, says."""


class TicketGone(Exception):
    """There is no such ticket any more: it was deleted, or is nowhere that we may look."""


class Tracker(Protocol):
    """One tracker, asked as one account.

    Everything raises TrackerBusy or TrackerRefused; whatever takes a `ref` raises TicketGone too.
    `ours` is a UUID in its usual form, the key of ours that a ticket carries where people hardly
    see it. Nothing here changes a ticket that it was not given the `ref` of.
    """

    @property
    def kind(self) -> TrackerKind:
        """Which tracker this is."""
        ...

    @property
    def aspects(self) -> Collection[Aspect]:
        """What of a ticket it knows, beside its text: GitHub's have no due date."""
        ...

    async def find(self, place: Place, ours: str, since: datetime) -> Seen | None:
        """The ticket that carries this key, closed ones too; None where none was made.

        It was asked for at `since` at the earliest. What was made a minute ago is found.
        """
        ...

    async def create(self, place: Place, ours: str, wanted: Wanted) -> Seen:
        """Make the ticket; asked once only: an answer that is lost raises TrackerBusy."""
        ...

    async def read(self, place: Place, ref: str) -> Seen:
        """The ticket as it stands, wherever it was moved to meanwhile."""
        ...

    async def update(self, place: Place, ref: str, old: Wanted | None, new: Wanted) -> Seen:
        """Let the ticket say `new`; what is the same in `old` is left as somebody may have put it.

        Without `old` all of it is written.
        """
        ...

    async def comment(self, place: Place, ref: str, text: str, mark: str) -> None:
        """Write a comment, plain text, unless one with this mark (a UUID) stands there already."""
        ...

    async def plan(self, place: Place, ref: str) -> str:
        """Place the ticket in the next sprint of the place's board; returns what that is called.

        Raises TrackerRefused where there is no next sprint, with what to do. One that is in a
        sprint that runs or comes already is left there.
        """
        ...

    async def changed(self, place: Place, ref: str, aspect: Aspect) -> Change | None:
        """Who changed this of the ticket last, and when; None where the tracker does not tell."""
        ...

    async def account(self, place: Place, said: str) -> Account | None:
        """The account of an e-mail address, or of what people type who know it.

        None if there is none, or the tracker does not let it be looked for so.
        """
        ...

    async def known_as(self) -> str:
        """What our account is called there, whatever it may see."""
        ...

    async def check(self, place: Place) -> list[str]:
        """What keeps tickets from being made there, each with how it is mended; makes none."""
        ...

    async def close(self) -> None:
        """Give the connections back."""
        ...


#: The trackers that there are; one that is not set up says so whatever it is asked.
Trackers = Mapping[TrackerKind, Tracker]


class HookRefused(Exception):
    """A webhook that is not listened to; the message is a sentence that says why."""


class HookUnreadable(HookRefused):
    """One that is signed as it must be, and says nothing that can be read."""


class HookReader(Protocol):
    """Reads one tracker's webhooks."""

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Hook:
        """What a webhook tells.

        Raises HookRefused where its signature is wrong or missing, or where it is too old to be
        told now, and HookUnreadable where only reading it fails.
        """
        ...

    def signature(self, headers: Mapping[str, str]) -> str:
        """Its signature, which tells one webhook from all others; empty where there is none."""
        ...
