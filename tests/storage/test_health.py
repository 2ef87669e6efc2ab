"""The numbers that Homes show: wanted by whoever looks, taken by one, and kept."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.health import (
    BETWEEN,
    FRESH,
    LOOKING,
    REST,
    TOGETHER,
    Health,
    Table,
    health_of,
    windows_of,
)
from domain.measures import Completion, OpenItems, Repeats
from handlers.homes import refresh_looked_at
from storage import deliveries, health
from storage.engine import Database, Sessions
from storage.statements import run
from tests.storage.samples import NOW
from tests.storage.test_plans import plans, read_whole

DELIVERIES = SQLModel.metadata.tables["delivery"]
MINUTE = timedelta(minutes=1)


def numbers(at: datetime, repeats: int = 3) -> Health:
    windows = windows_of(at, ZoneInfo("Europe/Oslo"))
    many = len(windows)
    said = Repeats(repeats=repeats, tagged=9, untagged=2), Completion(due=4, by_date=4)
    table = Table(due_on=at.date(), total=5, undecided=1)
    counts = OpenItems(counts={(0, 1): 2})
    return health_of(windows, [said[0]] * many, [said[1]] * many, counts, table)


async def wanted_at(sessions: Sessions, now: datetime) -> list[str]:
    async with sessions() as session:
        return await health.wanted(session, now)


async def take(session: AsyncSession, at: datetime, repeats: int = 3) -> None:
    claim = await health.claim(session, "T1", at)
    assert claim is not None
    await health.take(session, claim, numbers(at, repeats))


async def test_whoever_opens_their_home_first_wants_the_numbers(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        assert await health.taken(session, "T1") is None
        await health.visited(session, "T1", "U1", NOW)
        assert await health.taken(session, "T1") is None
    assert await wanted_at(sessions, NOW) == ["T1"]


async def test_numbers_are_kept_as_they_were_and_wanted_no_more(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await health.visited(session, "T1", "U1", NOW)
        await take(session, NOW)
        assert await health.taken(session, "T1") == numbers(NOW)
    assert await wanted_at(sessions, NOW + LOOKING) == []


async def test_only_numbers_that_are_old_are_wanted_by_the_next_visit(sessions: Sessions) -> None:
    soon, later = NOW + FRESH - MINUTE, NOW + FRESH
    async with sessions.begin() as session:
        await health.visited(session, "T1", "U1", NOW)
        await take(session, NOW)
        await health.visited(session, "T1", "U2", soon)
    assert await wanted_at(sessions, soon) == []
    async with sessions.begin() as session:
        await health.visited(session, "T1", "U2", later)
    assert await wanted_at(sessions, later) == ["T1"]


async def test_a_change_wants_them_anew_while_somebody_may_be_looking(sessions: Sessions) -> None:
    looks, looks_no_more = NOW + LOOKING - MINUTE, NOW + LOOKING
    async with sessions.begin() as session:
        await health.visited(session, "T1", "U1", NOW)
        await take(session, NOW)
        await health.want(session, "T1", looks_no_more)
        await health.want(session, "T2", looks)
    assert await wanted_at(sessions, looks_no_more) == []
    async with sessions.begin() as session:
        await health.want(session, "T1", looks)
    assert await wanted_at(sessions, looks) == ["T1"]


async def test_however_much_changes_there_is_a_rest_between(sessions: Sessions) -> None:
    second = NOW + timedelta(seconds=1)
    async with sessions.begin() as session:
        await health.visited(session, "T1", "U1", NOW)
        await take(session, NOW)
        await health.want(session, "T1", second)
        await health.want(session, "T1", second)
    assert await wanted_at(sessions, second) == []
    assert await wanted_at(sessions, second + REST) == ["T1"]


async def test_the_more_people_look_the_longer_the_numbers_stand(sessions: Sessions) -> None:
    second, long = NOW + timedelta(seconds=1), 40 * BETWEEN
    async with sessions.begin() as session:
        for number in range(40):
            await health.visited(session, "T1", f"U{number}", NOW)
        await take(session, NOW)
        await health.want(session, "T1", second)
    assert await wanted_at(sessions, NOW + long - timedelta(seconds=1)) == []
    assert await wanted_at(sessions, NOW + long) == ["T1"]


async def test_homes_of_many_are_owed_some_at_a_time(sessions: Sessions) -> None:
    people = [f"U{number}" for number in range(TOGETHER + 1)]
    async with sessions.begin() as session:
        await owed(session, *people)
        for each in people:
            await health.visited(session, "T1", each, NOW)
        await run(session, DELIVERIES.update().values(due_at=None, sent=1))
        await refresh_looked_at(session, "T1", NOW)
        due = (await run(session, select(DELIVERIES.c.due_at))).scalars().all()
    assert (due.count(NOW), due.count(NOW + TOGETHER * BETWEEN)) == (TOGETHER, 1)


async def test_one_of_two_processes_works_them_out(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await health.visited(session, "T1", "U1", NOW)
        assert await health.claim(session, "T1", NOW) is not None
    async with sessions.begin() as session:
        assert await health.claim(session, "T1", NOW) is None
        after_a_crash = NOW + health.LEASE
        assert await health.wanted(session, after_a_crash) == ["T1"]


async def test_what_is_wanted_while_they_are_worked_out_is_not_lost(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await health.visited(session, "T1", "U1", NOW)
        claim = await health.claim(session, "T1", NOW)
        assert claim is not None
    async with sessions.begin() as session:
        await health.want(session, "T1", NOW)
    async with sessions.begin() as session:
        await health.take(session, claim, numbers(NOW))
    assert await wanted_at(sessions, NOW + REST) == ["T1"]


async def test_nobody_waits_for_another_who_wants_the_same(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await health.visited(session, "T1", "U1", NOW)
        await take(session, NOW)
    later = NOW + MINUTE
    async with sessions.begin() as one:
        await health.want(one, "T1", later)
        if one.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time
            async with sessions.begin() as other:
                await health.want(other, "T1", later)
    assert await wanted_at(sessions, later) == ["T1"]


async def owed(session: AsyncSession, *people: str) -> None:
    for each in people:
        await deliveries.enqueue(session, "T1", "home", each, channel=each, due_at=NOW)


async def test_the_homes_of_those_who_look_are_found(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await owed(session, "U1", "U2", "U3")
        await health.visited(session, "T1", "U1", NOW - LOOKING)
        await health.visited(session, "T1", "U2", NOW)
        await health.visited(session, "T2", "U3", NOW)
        found = await health.looked_at(session, "T1", "home", NOW)
        home = await deliveries.find(session, "T1", found[0])
    assert len(found) == 1
    assert home is not None
    assert home.subject == "U2"


async def test_nothing_of_it_reads_a_whole_table(database: Database) -> None:
    async def ask(session: AsyncSession) -> Any:
        await health.wanted(session, NOW)
        await health.want(session, "T1", NOW)
        await health.taken(session, "T1")
        await health.looked_at(session, "T1", "home", NOW)

    first, *rest = await plans(database, ask)
    assert "ix_health_wanted_at" in first, first
    for plan in (first, *rest):
        assert not read_whole(plan), plan
