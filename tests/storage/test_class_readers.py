"""Who reads the name of a class hears of another one: messages, and the index of words."""

from datetime import timedelta

from domain.search import Wanted
from storage import class_readers, deliveries, indexing, search, taxonomy
from storage.engine import Sessions
from storage.statements import columns, run
from storage.tables import DeliveryRow
from tests.storage.samples import NOW
from tests.storage.test_causal_classes import tagged
from tests.storage.test_taxonomy import known

LATER = NOW + timedelta(days=1)


async def test_what_shows_an_incident_is_owed_again_where_it_was_sent(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made, other = await tagged(session, 1, "capacity"), await tagged(session, 2)
        (capacity,) = await known(session, "capacity")
        for kind, subject in (("card", made.id), ("news", made.id), ("card", other.id)):
            which = "T1", kind, str(subject)
            await deliveries.enqueue(session, *which, channel="C1", due_at=NOW)
        await class_readers.show_again(
            session, "T1", [capacity.id], kinds=["card"], of_meta_reviews="meta", now=LATER
        )
        rows = (await run(session, columns(DeliveryRow, deliveries.Delivery))).all()
    wanted = {(row.kind, row.subject) for row in rows if row.wanted == 2}
    assert wanted == {("card", str(made.id))}


async def test_incidents_are_found_by_the_new_name(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await tagged(session, 1, "capacity")
        await indexing.index(session, "T1", made.id)
        (capacity,) = await known(session, "capacity")
        await taxonomy.rename(session, "T1", capacity, "too small", by="U1", now=NOW)
        concerned = await class_readers.incidents_of(session, "T1", capacity.id)
        await indexing.index_all(session, "T1", concerned)
        found = [
            (await search.find(session, "T1", Wanted(words=words))).total
            for words in ("capacity", "too small")
        ]
    assert (concerned, found) == ([made.id], [0, 1])
