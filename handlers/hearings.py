"""The tick of the follow-up: whoever is to hear of something is owed their digest (rule 11).

What is due stands in the rows of items and risks. Each person is seen to in a transaction of their
own: a crash between two loses nothing, and of two replicas one plans each row.
"""

import asyncio
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import digests
from handlers.hearers import Hearers, hearers
from storage import hearings
from storage.engine import Sessions
from storage.hearings import Held, Whose

#: One strike looks at so many rows; the next strike, a second later, at the next ones.
AT_ONCE = 500


async def hear(sessions: Sessions, _client: AsyncWebClient, now: datetime) -> None:
    """Owe a digest to everybody who has to hear of something now, and plan when they do next.

    Raises what went wrong with some of them, when all have had their turn.
    """
    async with sessions() as session:
        waiting = await hearings.waiting(session, now, AT_ONCE)
    broken: list[Exception] = []
    for whose in waiting:
        [became] = await asyncio.gather(_hear(sessions, whose, now), return_exceptions=True)
        if isinstance(became, Exception):
            broken.append(became)
    if broken:
        raise ExceptionGroup("hearings not planned", broken)


async def _hear(sessions: Sessions, whose: Whose, now: datetime) -> None:
    async with sessions.begin() as session:
        await see_to(session, whose, now)


async def see_to(session: AsyncSession, whose: Whose, now: datetime) -> None:
    """Owe this person's digest if they have to hear of something by now; plan what comes next."""
    held = await hearings.take(session, whose, now, AT_ONCE)
    who = await hearers(session, whose.workspace_id, [whose.person])
    have_come = await _have_come(session, whose, who, held, now)
    hours = who.hours(whose.person)
    waits = bool(have_come) and not hours.is_at_work(now)
    planned = [
        (each.promise, hours.next_at_work(now))
        if waits and each in have_come
        else (each.promise, who.next(each.promise, now))
        for each in held
    ]
    await hearings.plan(session, planned)
    reader = who.of(whose.person)
    if have_come and reader is not None and not waits:
        await digests.owe(session, whose.workspace_id, reader.id, hours, now)


async def _have_come(
    session: AsyncSession, whose: Whose, who: Hearers, held: list[Held], now: datetime
) -> list[Held]:
    """What its reader is to hear of by the rules, and has not heard of since it last changed.

    Whatever was only to be planned anew, for the rules or somebody's zone changed, is not in it.
    """
    reader = who.of(whose.person)
    last = await digests.newest(session, whose.workspace_id, reader.id) if reader else None
    return [
        each
        for each in held
        if (at := who.next(each.promise, max(each.since, last or each.since))) and at <= now
    ]


SCHEDULE = {"digests": hear}
