"""Who hears of an item or an accepted risk, and by whose hours: said here and nowhere else.

Its owner or accepter does; of somebody who has left, the programme lead (rule 16).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem
from domain.agreements import can_agree
from domain.digests import Promise
from domain.hearing import next_hearing, next_risk_hearing
from domain.people import Person
from domain.programme import Programme
from domain.workdays import WorkingTime
from handlers.hours import hours_of
from handlers.people import nobody
from storage import departures, people, workspaces


@dataclass(frozen=True, kw_only=True)
class Hearers:
    """The people of a workspace who answer for something, as far as they were looked up."""

    programme: Programme
    met: Mapping[str, Person]

    def person(self, user_id: str) -> Person:
        """Somebody, as Slack described them last; a stranger is taken to be here."""
        return self.met.get(user_id, nobody(user_id))

    def of(self, owner: str) -> Person | None:
        """Who hears of what somebody answers for; None where they left and nobody leads."""
        for each in (owner, self.programme.lead):
            if each and can_agree(self.person(each)):
                return self.person(each)
        return None

    def hours(self, owner: str) -> WorkingTime:
        """By whose hours it is heard of; by the owner's own where nobody hears."""
        return hours_of(self.programme, self.of(owner) or self.person(owner))

    def next(self, promise: Promise, after: datetime) -> datetime | None:
        """When somebody hears of it next after that instant; None where nobody ever does."""
        if isinstance(promise, ActionItem):
            return next_hearing(promise, self.hours(promise.owner), self.programme, after)
        if not promise.stands:
            return None
        hours = self.hours(promise.accepter)
        return next_risk_hearing(promise.until, hours, self.programme, after)


async def hearers(session: AsyncSession, workspace_id: str, owners: Iterable[str]) -> Hearers:
    """Look up these owners and the programme lead."""
    programme = await workspaces.programme(session, workspace_id)
    met = await people.known(session, workspace_id, {*owners, programme.lead} - {""})
    return Hearers(programme=programme, met=met)


async def promisers(
    session: AsyncSession, workspace_id: str, who: Hearers, reader: str
) -> set[str]:
    """Those whose promises somebody hears of: their own, the lead also those of who has left."""
    if reader != who.programme.lead:
        return {reader}
    return {reader, *await departures.left_behind(session, workspace_id)}
