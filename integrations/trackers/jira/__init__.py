"""Tickets in Jira, Cloud and Data Center.

A ticket carries our key as a label, `closedloop-` and the key's 32 hexadecimal digits, and is found
by it. It is named by its number, which it keeps when it is moved to another project.
"""

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.tickets import Account, Aspect, Change, Place, Seen, TicketState, TrackerKind, Wanted
from integrations.trackers import TicketGone, TrackerBusy, TrackerRefused
from integrations.trackers.calling import legible
from integrations.trackers.jira import check, people, sprints
from integrations.trackers.jira.asking import Asking
from integrations.trackers.jira.changes import newest
from integrations.trackers.jira.flavours import FIELDS, Cloud, DataCenter, Flavour
from integrations.trackers.jira.screens import Screens
from integrations.trackers.jira.site import Site
from integrations.trackers.jira.states import browsed, seen
from integrations.trackers.jira.writing import Made, Writing, label

#: How much Jira's clock and ours may differ.
_CLOCKS = timedelta(minutes=5)


class Jira:
    """One Jira, asked as one account: with a `user` it is Cloud, without one Data Center."""

    def __init__(self, url: str, user: str, token: str, now: Callable[[], datetime]) -> None:
        base, self._now = url.rstrip("/"), now
        self._asking = Asking(f"{base}/", user, token)
        self._flavour: Flavour = Cloud(self._asking) if user else DataCenter(self._asking)
        self._api = self._flavour.api
        self._site = Site(self._asking, self._api, base)
        self._screens = Screens(self._asking, self._api, now)
        self._writing = Writing(
            asking=self._asking, flavour=self._flavour, screens=self._screens, look_up=self.account
        )

    @property
    def kind(self) -> TrackerKind:
        """Jira."""
        return TrackerKind.JIRA

    @property
    def aspects(self) -> Collection[Aspect]:
        """Jira knows all of them."""
        return frozenset(Aspect)

    async def find(self, place: Place, ours: str, since: datetime) -> Seen | None:  # noqa: ARG002 - a label needs neither, and the ticket may have been moved
        """The ticket that has our label, in whatever project it is now."""
        found = await self._flavour.search(f'labels = "{label(ours)}" ORDER BY created ASC')
        return await self._seen(found[0]) if found else None

    async def create(self, place: Place, ours: str, wanted: Wanted) -> Seen:
        """Make the ticket; where its owner cannot be assigned, unassigned.

        Once Jira has said its key nothing makes another one of it, even where our account may not
        see it: a security level can hide what we make, and nobody finds it then.
        """
        site = await self._site.address()
        made = await self._writing.make(place, ours, wanted)
        try:
            if wanted.state is not TicketState.OPEN:
                await self._writing.move(made.ref, made.key, wanted.state)
            return await self._read(made.ref)
        except (TicketGone, TrackerBusy, TrackerRefused):
            return self._as_made(made, wanted, site)

    def _as_made(self, made: Made, wanted: Wanted, site: str) -> Seen:
        """The ticket as far as the answer told that made it; whatever is read of it is newer."""
        return Seen(
            ref=made.ref,
            key=made.key,
            url=browsed(site, made.key),
            state=TicketState.OPEN,
            updated_at=self._now() - _CLOCKS,
            account=wanted.account if "assignee" in made.fields else "",
            due_on=wanted.due_on if "duedate" in made.fields else None,
        )

    async def read(self, place: Place, ref: str) -> Seen:
        """The ticket as it stands."""
        async with self._of_ticket(place):
            return await self._read(ref)

    async def _read(self, ref: str) -> Seen:
        asked = {"fields": ",".join(FIELDS)}
        issue = await self._asking.get(f"{self._api}/issue/{ref}", gone=True, params=asked)
        return await self._seen(issue)

    async def update(self, place: Place, ref: str, old: Wanted | None, new: Wanted) -> Seen:
        """Write what differs, while the ticket is open: some workflows allow it only then."""
        async with self._of_ticket(place):
            if new.state is TicketState.OPEN:
                await self._stand(ref, old, new.state)
            if old is None or replace(old, state=new.state) != new:
                await self._writing.change(ref, old, new)
            if new.state is not TicketState.OPEN:
                await self._stand(ref, old, new.state)
            return await self._read(ref)

    async def _stand(self, ref: str, old: Wanted | None, state: TicketState) -> None:
        if old is not None and old.state is state:
            return
        now = await self._read(ref)
        # A closed one stays closed as whoever closed it chose.
        if (now.state is TicketState.OPEN) != (state is TicketState.OPEN):
            await self._writing.move(ref, now.key, state)

    async def comment(self, place: Place, ref: str, text: str, mark: str) -> None:
        """Write a comment, unless one with this mark stands there already."""
        async with self._of_ticket(place):
            if not await self._flavour.commented(ref, mark):
                body = self._flavour.comment(text, mark)
                await self._asking.send("POST", f"{self._api}/issue/{ref}/comment", body, gone=True)

    async def plan(self, place: Place, ref: str) -> str:
        """Place the ticket in the next sprint of the board; returns what that is called."""
        async with self._of_ticket(place):
            return await sprints.plan(self._asking, place, ref)

    async def changed(self, place: Place, ref: str, aspect: Aspect) -> Change | None:
        """Who changed this of the ticket last, and when; None where nobody has yet."""
        async with self._of_ticket(place):
            return await newest(self._flavour, ref, aspect)

    async def account(self, place: Place, said: str) -> Account | None:
        """The account of an e-mail address, a name or an id, if it can be assigned there."""
        return await people.account(self._asking, self._flavour, place, said)

    @legible
    async def known_as(self) -> str:
        """The name of our account."""
        return await check.account(self._asking, self._flavour)

    @legible
    async def check(self, place: Place) -> list[str]:
        """What keeps tickets from being made there, each with how it is mended."""
        return await check.check(self._asking, self._flavour, self._screens, self._site, place)

    async def close(self) -> None:
        """Give the connections back."""
        await self._asking.close()

    @asynccontextmanager
    async def _of_ticket(self, place: Place) -> AsyncIterator[None]:
        """What is asked about a ticket: it is gone only where Jira still shows us its project.

        To a token that ran out, and to an account that lost its rights, every ticket seems gone.
        """
        try:
            yield
        except TicketGone:
            await check.project(self._asking, self._flavour, place)
            raise

    async def _seen(self, issue: Mapping[str, Any]) -> Seen:
        return seen(issue, await self._site.address(), self._flavour)
