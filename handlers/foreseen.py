"""Whom the clock would owe a digest by some instant: looked at by the same rules, and not done."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.digests import wanting
from domain.hearing import Need
from domain.people import Person
from domain.workdays import WorkingTime
from handlers import digests
from handlers.hearers import Hearers, hearers, promisers
from storage import digests as stored
from storage import hearings
from storage.engine import Sessions
from storage.hearings import Whose


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """A digest: who gets it and when, and how many things need them, by why."""

    workspace_id: str
    reader: Person
    at: datetime
    needs: Mapping[Need, int]


@dataclass(frozen=True, kw_only=True)
class _Heard:
    """What somebody promised is to be heard of by a reader, at this instant."""

    who: Hearers
    reader: Person
    hours: WorkingTime
    at: datetime


async def digests_by(sessions: Sessions, at: datetime, now: datetime, limit: int) -> list[Foreseen]:
    """The digests that would be owed by then if nothing happens before, the first of each person.

    It looks at no more than `limit` items and risks that are to be heard of.
    """
    async with sessions() as session:
        waiting = await hearings.waiting(session, at, limit)
    first: dict[tuple[str, str], _Heard] = {}
    for whose in waiting:
        # Taking locks rows, so it needs a transaction that may write; this one changes nothing.
        async with sessions.begin() as session:
            heard = await _heard(session, whose, at, now, limit)
        if heard is None:
            continue
        key = whose.workspace_id, heard.reader.id
        first[key] = min(first.get(key, heard), heard, key=lambda each: each.at)
    async with sessions() as session:
        found = [await _foreseen(session, key[0], heard) for key, heard in first.items()]
    return sorted((each for each in found if each.needs), key=lambda each: each.at)


async def _heard(
    session: AsyncSession, whose: Whose, at: datetime, now: datetime, limit: int
) -> _Heard | None:
    held = await hearings.take(session, whose, at, limit)
    who = await hearers(session, whose.workspace_id, [whose.person])
    reader = who.of(whose.person)
    if reader is None:
        return None
    last = await digests.newest(session, whose.workspace_id, reader.id)
    due = [who.next(each.promise, max(each.since, last or each.since)) for each in held]
    begins = min((each for each in due if each), default=None)
    hours = who.hours(whose.person)
    if begins is None or begins > at:
        return None
    when = hours.next_at_work(max(begins, min(now, at)))
    if when > at:
        return None
    return _Heard(who=who, reader=reader, hours=hours, at=when)


async def _foreseen(session: AsyncSession, workspace_id: str, heard: _Heard) -> Foreseen:
    whose = await promisers(session, workspace_id, heard.who, heard.reader.id)
    kept = await stored.kept_by(session, workspace_id, whose)
    today = heard.hours.today(heard.at)
    found = wanting(kept, heard.who.programme, today)
    needs = Counter(each.need for each in found)
    return Foreseen(
        workspace_id=workspace_id,
        reader=heard.reader,
        at=heard.at,
        needs={each: needs[each] for each in Need if needs[each]},
    )
