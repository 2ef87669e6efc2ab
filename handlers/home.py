"""App Home: published when somebody opens it, and anew when something of theirs changes.

It is put together from rows that name its reader, by an index, and from numbers that were worked
out before (`handlers.health`): it takes no longer where there are many incidents.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import home as blocks
from domain.digests import Digest, Kept, KeptItem, wanting
from domain.home import Home, NextReview, Waits, items_of, risks_of
from domain.programme import Programme
from domain.review_calendar import to_come
from handlers.hearers import hearers, promisers
from handlers.homes import HOME, opened
from handlers.hours import hours_of
from handlers.outgoing import OutgoingHome
from handlers.review_cadence import cadence
from storage import digests, health, reviews, waiting
from storage.deliveries import Delivery
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register the tab."""
    app.event("app_home_opened")(show_home)


async def show_home(
    event: dict[str, Any], sessions: Sessions, team_id: str, now: Callable[[], datetime]
) -> None:
    """Owe whoever opened the tab what it says now; from then on it is kept current."""
    if event.get("tab") != "home":
        return
    async with sessions.begin() as session:
        await opened(session, team_id, str(event["user"]), now())


async def home(session: AsyncSession, delivery: Delivery) -> OutgoingHome:
    """What somebody answers for, the lead also for who has left, as things stand now."""
    said = await _said(session, delivery.workspace_id, delivery.subject, delivery.claimed_at)
    view, *fallbacks = blocks.home_views(said)
    return OutgoingHome(view=view, fallbacks=tuple(fallbacks))


async def _said(session: AsyncSession, team: str, person: str, now: datetime) -> Home:
    who = await hearers(session, team, [person])
    today = hours_of(who.programme, who.person(person)).today(now)
    kept = await digests.kept_by(session, team, await promisers(session, team, who, person))
    needing = items_of(wanting(kept, who.programme, today))
    keys = {each.kept.key for each in needing}
    later = [each for each in kept if isinstance(each, KeptItem) and each.key not in keys]
    return Home(
        mine=Digest(reader=person, today=today, wanting=needing),
        later=sorted(later, key=lambda each: each.since),
        waits=await _waits(session, team, person, kept, today),
        next_review=await _next_review(session, team, who.programme, now),
        health=await health.taken(session, team),
    )


async def _waits(
    session: AsyncSession, team: str, person: str, kept: Sequence[Kept], today: date
) -> Waits:
    owed, owed_total = await waiting.agreements_owed(session, team, person, blocks.OWED_MOST)
    chairs, chairs_total = await waiting.chaired(session, team, person, blocks.CHAIRS_MOST)
    to_confirm = await waiting.to_confirm(session, team, person)
    ran_out, running_out = risks_of(kept, today)
    return Waits(
        asked=await digests.asked_of(session, team, person),
        owed=owed,
        owed_total=owed_total,
        to_confirm=to_confirm,
        ran_out=ran_out,
        running_out=running_out,
        chairs=chairs,
        chairs_total=chairs_total,
        monthly=await reviews.chaired_by(session, team, person),
        quarterly=await waiting.looking_back(session, team, person),
    )


async def _next_review(
    session: AsyncSession, team: str, programme: Programme, now: datetime
) -> NextReview:
    """The review that is called or under way, else the next by the cadence."""
    standing = await cadence(session, team, programme)
    held = to_come(standing, now)[0]
    return NextReview(
        current=standing.current,
        due_on=held.due_on,
        due_at=held.due_at,
        channel=programme.review_channel,
        told_days=programme.told_days,
    )


DELIVERIES = {HOME: home}
