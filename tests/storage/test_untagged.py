"""Incidents without a class: the newest are listed, the private ones only counted."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.meta_reviews import MetaReview, facts_of
from domain.quarters import Quarter
from domain.untagged import Untagged
from storage import meta_reviews, workspaces
from storage.engine import Database, Sessions
from storage.untagged import tagged_since, untagged
from tests.storage.samples import NOW, started
from tests.storage.test_causal_classes import tagged
from tests.storage.test_plans import plans, read_whole

A_YEAR = timedelta(days=365)


async def found(session: AsyncSession, most: int = 15) -> Untagged:
    return await untagged(session, "T1", NOW - A_YEAR, NOW, most=most)


async def test_the_newest_are_listed_and_all_are_counted(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = [await tagged(session, days) for days in (3, 1, 2)]
        await tagged(session, 4, "capacity")
        told = await found(session, most=2)
    assert [each.id for each in told.listed] == [made[1].id, made[2].id]
    assert (told.public, told.private, told.total) == (3, 0, 3)
    assert told.listed[0].key == f"PM-{made[1].number}"


async def test_those_of_private_channels_are_counted_and_not_named(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await tagged(session, 1, is_private=True)
        told = await found(session)
    assert (list(told.listed), told.public, told.private) == ([], 0, 1)


async def test_older_ones_later_ones_and_those_of_others_are_not_asked_for(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        for days in (0, 366):
            await tagged(session, days)
        await workspaces.ensure(session, "T2")
        await started(session, "T2")
        assert (await found(session)).total == 0


async def test_those_tagged_since_are_told_and_those_of_before_and_of_private_ones_not(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        one = await tagged(session, 3, "capacity", "missing alert")
        await tagged(session, 2, "capacity", is_private=True)
        assert await tagged_since(session, "T1", NOW - A_YEAR, NOW + A_YEAR) == []
        (told,) = await tagged_since(session, "T1", NOW - A_YEAR, NOW - A_YEAR / 365)
    assert (told.key, told.classes) == (f"PM-{one.number}", ("capacity", "missing alert"))


async def test_a_meta_review_needs_no_class(sessions: Sessions) -> None:
    quarter = Quarter(2026, 3)
    facts = replace(facts_of(quarter, NOW), started_at=NOW - timedelta(days=1))
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        made = await started(session, channel=None, facts=facts)
        meta = MetaReview(
            postmortem_id=made.id,
            workspace_id="T1",
            quarter=quarter.key,
            facilitator="U1",
            channel="C9",
            called_at=NOW,
        )
        await meta_reviews.begin(session, meta)
        assert (await found(session)).total == 0


async def test_they_are_found_by_when_they_began(database: Database) -> None:
    async def ask(session: AsyncSession) -> object:
        await tagged_since(session, "T1", NOW - A_YEAR, NOW)
        return await found(session)

    for plan in await plans(database, ask):
        assert "ix_postmortem_workspace_id_started_at" in plan, plan
        assert not read_whole(plan), plan
