"""What changes about people: taken over from Slack, with all that follows from it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.agreements import can_agree as is_here
from domain.people import Person
from domain.tickets import TrackerKind
from handlers import departures, digests, homes, orphans
from handlers.people import nobody, person_from
from storage import people, ticket_people, workspaces
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register what keeps our memory of people fresh."""
    app.event("user_change")(refresh)


async def refresh(
    event: dict[str, Any], sessions: Sessions, team_id: str, now: Callable[[], datetime]
) -> None:
    """Take over what Slack says has changed about a person we know."""
    person = person_from(event["user"], team_id)
    async with sessions.begin() as session:
        before = (await people.known(session, team_id, [person.id])).get(person.id)
        if before is None:
            return
        await take_over(session, team_id, person, now())
    if before.name != person.name:
        await rename(sessions, team_id, person.id, now())


async def rename(sessions: Sessions, workspace_id: str, person: str, now: datetime) -> None:
    """Let the tickets of somebody's items name them as they are called now.

    Each tracker's in a transaction of its own: tickets are locked after postmortems and before
    deliveries, of which there may be both in what else follows.
    """
    for kind in TrackerKind:
        async with sessions.begin() as session:
            await ticket_people.want_theirs(session, workspace_id, kind, person, now)


async def take_over(
    session: AsyncSession, workspace_id: str, person: Person, now: datetime
) -> None:
    """Remember somebody as Slack describes them now, and do what follows from what is new.

    Whoever has left is seen to each time this is said, which changes nothing the second time: it
    may have been learnt elsewhere, where nothing follows from it.
    """
    before = (await people.known(session, workspace_id, [person.id])).get(person.id)
    await people.remember(session, workspace_id, [person], now)
    if not is_here(person):
        await departures.left(session, workspace_id, person.id, now)
    elif before is not None and not is_here(before):
        await departures.back(session, workspace_id, person.id, now)
    was = before or nobody(person.id)
    if (was.zone, is_here(was)) != (person.zone, is_here(person)):
        await digests.replan_for(session, workspace_id, person.id, now)
    if is_here(was) != is_here(person):
        lead = (await workspaces.programme(session, workspace_id)).lead
        await digests.freshen(session, workspace_id, lead, now)
        await homes.refresh(session, workspace_id, lead, now)


DELIVERIES = orphans.DELIVERIES
