"""The Homes that people have opened: owed anew when something of theirs changes."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.health import BETWEEN, TOGETHER
from handlers.hearers import hearers
from storage import deliveries, health

HOME = "home"


async def opened(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """Owe somebody the Home that they have just opened; from then on it is kept current."""
    await deliveries.enqueue(session, workspace_id, HOME, person, channel=person, due_at=now)
    await health.visited(session, workspace_id, person, now)


async def refresh(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """Owe somebody who ever opened the tab how it is now; of who has left, the programme lead."""
    await refresh_all(session, workspace_id, [person], now)


async def refresh_all(
    session: AsyncSession, workspace_id: str, people: Collection[str], now: datetime
) -> None:
    """The same for several people."""
    wanted = {each for each in people if each}
    if not wanted:
        return
    who = await hearers(session, workspace_id, wanted)
    readers = {reader.id for each in wanted if (reader := who.of(each))}
    for each in sorted(readers):  # in one order everywhere, as locks are taken
        await deliveries.again(session, workspace_id, [HOME], each, now=now)


async def refresh_looked_at(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Owe everybody who may be looking at their Home how it is now, in the order of locks.

    Not all at once where they are many: others wait for Slack, too. Whoever gets theirs earlier
    because of something of their own gets no other.
    """
    homes = await health.looked_at(session, workspace_id, HOME, now)
    for begin in range(0, len(homes), TOGETHER):
        some = homes[begin : begin + TOGETHER]
        await deliveries.again_all(session, [health.these(some)], now=now + begin * BETWEEN)
