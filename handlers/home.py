"""App Home: published when somebody opens it, and anew when something of theirs changes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.home import home_view
from domain.digests import Digest, KeptItem, wanting
from handlers.hearers import hearers, promisers
from handlers.hours import hours_of
from handlers.outgoing import OutgoingHome
from storage import deliveries
from storage import digests as stored
from storage.deliveries import Delivery
from storage.engine import Sessions

HOME = "home"


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
        person = str(event["user"])
        await deliveries.enqueue(session, team_id, HOME, person, channel=person, due_at=now())


async def refresh(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """Owe somebody who ever opened the tab how it is now; of who has left, the programme lead."""
    reader = (await hearers(session, workspace_id, [person])).of(person)
    if reader is not None:
        await deliveries.again(session, workspace_id, [HOME], reader.id, now=now)


async def home(session: AsyncSession, delivery: Delivery) -> OutgoingHome:
    """What somebody answers for, the lead also for who has left, as things stand now."""
    person = delivery.subject
    who = await hearers(session, delivery.workspace_id, [person])
    today = hours_of(who.programme, who.person(person)).today(delivery.claimed_at)
    whose = await promisers(session, delivery.workspace_id, who, person)
    kept = await stored.kept_by(session, delivery.workspace_id, whose)
    found = wanting(kept, who.programme, today)
    keys = {each.kept.key for each in found}
    later = [each for each in kept if isinstance(each, KeptItem) and each.key not in keys]
    asked = await stored.asked_of(session, delivery.workspace_id, person)
    said = Digest(reader=person, today=today, wanting=found)
    return OutgoingHome(view=home_view(said, sorted(later, key=lambda each: each.since), asked))


DELIVERIES = {HOME: home}
