"""How often each class came up in each quarter, and the incidents behind it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.meta_reviews import Incidents, Trend
from domain.quarters import Quarter, bounds, compared
from storage import action_items, causal_classes, trends
from storage.engine import Sessions
from tests.storage.samples import ITEM
from tests.storage.test_meta_reviews import an_incident, held

EDGES = bounds(compared(Quarter(2026, 3)), ZoneInfo("UTC"))
IN_Q3, IN_Q2 = datetime(2026, 8, 3, tzinfo=UTC), datetime(2026, 5, 3, tzinfo=UTC)
A_DAY = timedelta(days=1)


async def counted(sessions: Sessions) -> dict[str, Trend]:
    async with sessions() as session:
        return {each.name: each for each in await trends.trends(session, "T1", EDGES)}


async def names(sessions: Sessions) -> list[str]:
    async with sessions() as session:
        return [each.name for each in await causal_classes.taxonomy(session, "T1")]


async def test_incidents_are_counted_by_class_and_quarter(sessions: Sessions) -> None:
    await an_incident(sessions, IN_Q3, 0, 1)
    await an_incident(sessions, IN_Q3, 0, private=True)
    await an_incident(sessions, IN_Q2, 0)
    await an_incident(sessions, EDGES[-1], 0)
    await an_incident(sessions, EDGES[0] - A_DAY, 0)
    first, second = (await names(sessions))[:2]
    found = {name: each.counts for name, each in (await counted(sessions)).items()}
    assert found == {first: (0, 0, 1, 2), second: (0, 0, 0, 1)}


async def test_other_workspaces_count_for_themselves(sessions: Sessions) -> None:
    await an_incident(sessions, IN_Q3, 0, workspace="T2")
    assert await counted(sessions) == {}


async def test_what_is_open_of_a_class_are_items_of_all_its_incidents(sessions: Sessions) -> None:
    new = await an_incident(sessions, IN_Q3, 0)
    old = await an_incident(sessions, IN_Q3 - 900 * A_DAY, 0, 1)
    async with sessions.begin() as session:
        for which in (new, old):
            await action_items.add(session, "T1", which, ITEM, by="U1", now=IN_Q3, submission="")
    (trend,) = (await counted(sessions)).values()
    assert (trend.open_items, trend.total) == (2, 1)


async def test_the_incidents_of_a_quarter_are_tagged_or_not_its_meta_review_is_none(
    sessions: Sessions,
) -> None:
    await an_incident(sessions, IN_Q3, 0, 1)
    await an_incident(sessions, IN_Q3)
    await held(sessions, Quarter(2026, 2), IN_Q3)
    async with sessions() as session:
        found = await trends.incidents(session, "T1", EDGES[-2], EDGES[-1])
    assert found == Incidents(tagged=1, untagged=1)


async def test_behind_a_class_are_its_incidents_the_newest_first_by_pages(
    sessions: Sessions,
) -> None:
    for days in (2, 0, 1):
        await an_incident(sessions, IN_Q3 + days * A_DAY, 0)
    await an_incident(sessions, IN_Q3, 0, private=True)
    async with sessions() as session:
        which = (await causal_classes.taxonomy(session, "T1"))[0].id
        ends = (EDGES[0], EDGES[-1])
        first, public, private = await trends.behind(session, "T1", which, ends, most=2)
        rest, *_ = await trends.behind(session, "T1", which, ends, most=2, after=2)
    assert [each.number for each in (*first, *rest)] == [1, 3, 2]
    assert (public, private) == (3, 1)
