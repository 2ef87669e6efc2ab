"""What is done to the taxonomy: incidents follow, nothing is doubled, every change is on record."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.causal_classes import CausalClass
from domain.meta_reviews import Fix, MetaReview, facts_of
from domain.quarters import Quarter
from domain.taxonomy import Change
from storage import (
    causal_classes,
    meta_reviews,
    postmortems,
    taxonomy,
    workspaces,
)
from storage.engine import Database, Sessions
from storage.statements import run
from tests.storage.samples import NOW, started
from tests.storage.test_causal_classes import names, tagged
from tests.storage.test_plans import plans, read_whole

LATER = NOW + timedelta(days=1)


async def known(session: AsyncSession, *wanted: str) -> list[CausalClass]:
    """The workspace's classes of these names, as they stand."""
    await workspaces.ensure(session, "T1")
    found = await causal_classes.taxonomy(session, "T1", retired=True)
    return [each for name in wanted for each in found if each.name == name]


async def merged(session: AsyncSession, old: str, new: str) -> int:
    which, into = await known(session, old, new)
    await taxonomy.hold(session, "T1")
    return await taxonomy.merge(session, "T1", which, into, by="U1", now=LATER)


async def test_a_class_is_added_and_renamed_under_its_id(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        which = await taxonomy.add(session, "T1", "DNS", by="U1", now=NOW)
        (dns,) = await known(session, "DNS")
        await taxonomy.rename(session, "T1", dns, "Name service", by="U2", now=LATER)
        (again,) = await known(session, "Name service")
        last = await taxonomy.history(session, "T1", 10)
    assert again == CausalClass(id=which, name="Name service")
    said = [(each.event, each.actor, each.old, each.new) for each in last]
    assert said == [
        (Change.RENAMED, "U2", "DNS", "Name service"),
        (Change.ADDED, "U1", "", "DNS"),
    ]


async def test_incidents_follow_a_merge_and_none_has_a_class_twice(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        one = await tagged(session, 1, "capacity")
        both = await tagged(session, 2, "capacity", "dependency exhaustion")
        other = await tagged(session, 3, "dependency exhaustion", "missing alert")
        assert await merged(session, "capacity", "dependency exhaustion") == 2
        (exhausted,) = await known(session, "dependency exhaustion")
        assert await names(session, one) == ["dependency exhaustion"]
        assert await names(session, both) == ["dependency exhaustion"]
        assert await names(session, other) == ["dependency exhaustion", "missing alert"]
        assert (await taxonomy.counts(session, "T1"))[exhausted.id] == 3
        (last,) = await taxonomy.history(session, "T1", 1)
    assert (last.event, last.old, last.new) == (
        Change.MERGED,
        "capacity",
        "dependency exhaustion",
    )
    assert last.incidents == 2


async def test_a_merged_class_is_retired_and_says_into_which(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await merged(session, "capacity", "missing alert")
        await merged(session, "missing alert", "untested failover")
        (last,) = await known(session, "untested failover")
        gone = await known(session, "capacity", "missing alert")
        offered = await causal_classes.taxonomy(session, "T1")
    assert [(each.is_retired, each.merged_into) for each in gone] == [(True, last.id)] * 2
    assert not {each.id for each in offered} & {each.id for each in gone}


async def test_another_workspace_keeps_its_own(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T2")
        before = await causal_classes.taxonomy(session, "T2")
        await merged(session, "capacity", "missing alert")
        assert await causal_classes.taxonomy(session, "T2") == before
        assert await taxonomy.history(session, "T2", 10) == []


async def test_proposed_fixes_follow_a_merge_where_there_is_none(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        old, into = await known(session, "capacity", "missing alert")
        for quarter, classes in ((Quarter(2026, 2), [old]), (Quarter(2026, 3), [old, into])):
            await _proposed(session, quarter, classes)
        await merged(session, "capacity", "missing alert")
        found = [await meta_reviews.fixes(session, which) for which in (1, 2)]
    assert [{which: fix.fix for which, fix in each.items()} for each in found] == [
        {into.id: "For capacity"},
        {into.id: "For missing alert"},
    ]


async def _proposed(
    session: AsyncSession, quarter: Quarter, classes: Sequence[CausalClass]
) -> None:
    made = await started(session, channel=None, facts=facts_of(quarter, NOW))
    meta = MetaReview(
        postmortem_id=made.id,
        workspace_id="T1",
        quarter=quarter.key,
        facilitator="U1",
        channel="C9",
        called_at=NOW,
    )
    await meta_reviews.begin(session, meta)
    for each in classes:
        words = f"For {each.name}"
        fix = Fix(class_id=each.id, fix=words, proposed_by="U1", proposed_at=NOW)
        await meta_reviews.propose(session, meta, fix)


async def test_a_retired_class_stays_on_its_incidents_and_comes_back(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await tagged(session, 1, "capacity")
        (capacity,) = await known(session, "capacity")
        await taxonomy.retire(session, "T1", capacity, by="U1", now=NOW)
        (retired,) = await known(session, "capacity")
        assert retired.is_retired
        assert await names(session, made) == ["capacity"]
        await taxonomy.restore(session, "T1", retired, by="U1", now=LATER)
        assert await known(session, "capacity") == [capacity]
        events = [each.event for each in await taxonomy.history(session, "T1", 10)]
    assert events == [Change.RESTORED, Change.RETIRED]


async def test_a_restored_class_is_its_own_again_without_its_incidents(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await tagged(session, 1, "capacity")
        await merged(session, "capacity", "missing alert")
        (gone,) = await known(session, "capacity")
        await taxonomy.restore(session, "T1", gone, by="U1", now=LATER)
        (back,) = await known(session, "capacity")
        assert (back.is_retired, back.merged_into) == (False, None)
        assert await names(session, made) == ["missing alert"]


async def test_an_incident_tagged_with_a_merged_class_gets_the_other(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await tagged(session, 1)
        old, into = await known(session, "capacity", "missing alert")
        await merged(session, "capacity", "missing alert")
        await causal_classes.tag(session, "T1", made.id, [old.id, into.id], by="U1", now=NOW)
        assert await names(session, made) == ["missing alert"]


async def test_old_names_are_found_still(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        (alert,) = await known(session, "missing alert")
        await taxonomy.rename(session, "T1", alert, "Nobody was paged", by="U1", now=NOW)
        await merged(session, "capacity", "Nobody was paged")
        found = await causal_classes.by_name(session, "T1", ["Missing alert", "CAPACITY"])
    assert {asked: each.id for asked, each in found.items()} == {
        "Missing alert": alert.id,
        "CAPACITY": alert.id,
    }


@pytest.mark.parametrize("verb", ["UPDATE class_history SET old = ''", "DELETE FROM class_history"])
async def test_history_is_only_added_to(sessions: Sessions, verb: str) -> None:
    async with sessions.begin() as session:
        await merged(session, "capacity", "missing alert")
    with pytest.raises(DBAPIError, match="append-only"):
        async with sessions.begin() as session:
            await run(session, text(verb))


async def test_who_tags_while_classes_are_merged_waits_and_tags_the_right_one(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        made = await tagged(session, 1)
        old, into = await known(session, "capacity", "missing alert")

    async def tag() -> None:
        async with sessions.begin() as session:
            await postmortems.lock(session, "T1", made.id)
            await causal_classes.tag(session, "T1", made.id, [old.id], by="U2", now=NOW)

    async def merge() -> None:
        async with sessions.begin() as session:
            await merged(session, old.name, into.name)

    await asyncio.gather(tag(), merge(), tag())
    async with sessions() as session:
        assert await names(session, made) == ["missing alert"]


async def test_classes_are_counted_and_told_by_indexes(database: Database) -> None:
    async def ask(session: AsyncSession) -> object:
        await taxonomy.counts(session, "T1")
        return await taxonomy.history(session, "T1", 10)

    for plan in await plans(database, ask):
        assert not read_whole(plan), plan
