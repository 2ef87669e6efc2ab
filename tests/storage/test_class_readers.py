"""Who reads the name of a class hears of another one: messages, and the index of words."""

from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.search import Wanted
from storage import class_readers, deliveries, indexing, search, taxonomy
from storage.class_readers import Renaming
from storage.engine import Database, Sessions
from storage.statements import columns, run
from storage.tables import DeliveryRow
from tests.storage.samples import NOW
from tests.storage.test_causal_classes import tagged
from tests.storage.test_plans import plans, read_whole
from tests.storage.test_taxonomy import known, merged

LATER = NOW + timedelta(days=1)


async def indexed(session: AsyncSession, number: int, *names: str) -> int:
    made = await tagged(session, number, *names)
    await indexing.index(session, "T1", made.id)
    return made.id


async def renamed(session: AsyncSession, old: str, new: str) -> Renaming:
    (which,) = await known(session, old)
    await taxonomy.rename(session, "T1", which, new, by="U1", now=NOW)
    return (await class_readers.renamings(session, 0))[-1]


async def not_told(session: AsyncSession, renaming: Renaming, most: int = 9) -> list[int]:
    return await class_readers.not_told(session, renaming, None, most)


async def test_what_shows_an_incident_is_owed_again_where_it_was_sent(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made, other = await tagged(session, 1, "capacity"), await tagged(session, 2)
        for kind, subject in (("card", made.id), ("news", made.id), ("card", other.id)):
            which = "T1", kind, str(subject)
            await deliveries.enqueue(session, *which, channel="C1", due_at=NOW)
        number = await class_readers.show_again(
            session, "T1", [made.id], kinds=["card"], due_at=LATER
        )
        rows = (await run(session, columns(DeliveryRow, deliveries.Delivery))).all()
    wanted = {(row.kind, row.subject) for row in rows if row.wanted == 2}
    assert (number, wanted) == (1, {("card", str(made.id))})


@pytest.mark.parametrize("new", ["too small", "Capacity", "under_provisioned"])
async def test_incidents_are_found_by_the_new_name(sessions: Sessions, new: str) -> None:
    async with sessions.begin() as session:
        which = await indexed(session, 1, "capacity", "missing alert")
        renaming = await renamed(session, "capacity", new)
        found = await not_told(session, renaming)
        still = await class_readers.hold(session, renaming, found)
        await indexing.index_all(session, "T1", still)
        assert await not_told(session, renaming) == []
        assert (await search.find(session, "T1", Wanted(words=new))).total == 1
    assert found == still == [which]


async def test_the_latest_come_first_and_those_below_next(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = [await indexed(session, number, "capacity") for number in (1, 2, 3)]
        renaming = await renamed(session, "capacity", "too small")
        assert await not_told(session, renaming, 2) == made[:0:-1]
        assert await class_readers.not_told(session, renaming, made[1], 2) == made[:1]


async def test_of_a_merge_those_that_it_moved_are_told_and_those_of_both(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        one = await indexed(session, 1, "capacity")
        both = await indexed(session, 2, "capacity", "missing alert")
        await indexed(session, 3, "missing alert")
        await merged(session, "capacity", "missing alert")
        (renaming,) = await class_readers.renamings(session, 0)
        assert await not_told(session, renaming) == [both, one]


async def test_a_service_of_that_name_is_no_class(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        which = await indexed(session, 1, "capacity")
        assert await not_told(session, await renamed(session, "capacity", "checkout")) == [which]


async def test_each_change_is_looked_at_by_its_number(database: Database) -> None:
    async with database.sessions.begin() as session:
        renaming = await renamed(session, "capacity", "too small")
        assert await class_readers.settled(session, NOW) == renaming.change_id - 1
        assert await class_readers.settled(session, LATER) == renaming.change_id
        assert await class_readers.renamings(session, renaming.change_id) == []

    async def ask(session: AsyncSession) -> None:
        await class_readers.renamings(session, 5)
        await class_readers.not_told(session, renaming, 9, 20)

    for plan in await plans(database, ask):
        assert not read_whole(plan), plan
