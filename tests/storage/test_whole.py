"""Everything of a postmortem in one query, as its tables give it one by one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.postmortems import Postmortem
from storage import (
    accepted_risks,
    action_items,
    agreements,
    causal_classes,
    contributing_factors,
    inherited,
    meetings,
    passages,
    people,
    publishing,
    sections,
    timeline,
)
from storage.engine import Sessions
from storage.whole import Whole, read_all
from tests.storage.full import ENTRIES, full
from tests.storage.samples import FACTS, NOW, started

SINCE = FACTS.started_at - timedelta(days=183)


@asynccontextmanager
async def two_full_ones(sessions: Sessions) -> AsyncIterator[tuple[AsyncSession, Postmortem]]:
    """The second of them, to be read."""
    async with sessions.begin() as session:
        await full(session)
        made = await full(session, channel="C2")
    async with sessions() as session:
        yield session, made


async def test_what_was_written_comes_as_its_tables_have_it(sessions: Sessions) -> None:
    async with two_full_ones(sessions) as (session, made):
        whole = await read_all(session, made, SINCE)
        assert len(whole.entries) == len(ENTRIES)
        assert whole.entries == await timeline.entries(session, made.id)
        assert whole.factors == await contributing_factors.factors(session, made.id)
        written = await passages.written(session, made.id)
        assert list(whole.passages.items()) == list(written.items())


async def test_what_was_decided_comes_as_its_tables_have_it(sessions: Sessions) -> None:
    async with two_full_ones(sessions) as (session, made):
        whole = await read_all(session, made, SINCE)
        assert [each.position for each in whole.items] == [1, 2]
        assert whole.items == await action_items.items(session, made.id)
        assert len(whole.risks) == len(whole.inherited) == 2
        assert whole.risks == await accepted_risks.risks(session, made.id)
        assert whole.inherited == await inherited.lines(session, made.id)


async def test_how_it_was_looked_at_comes_as_its_tables_have_it(sessions: Sessions) -> None:
    async with two_full_ones(sessions) as (session, made):
        whole = await read_all(session, made, SINCE)
        assert len(whole.edits) == len(whole.agreements) == 2
        assert whole.edits == await sections.edits(session, made.id)
        assert whole.agreements == await agreements.agreements(session, made.id)
        assert whole.meeting == await meetings.meeting(session, made.id)
        assert whole.publication == await publishing.publication(session, made.id)
        assert whole.met == await people.known(session, "T1", ["U1", "U2", "U7"])


async def test_earlier_incidents_of_its_classes_come_with_it(sessions: Sessions) -> None:
    async with two_full_ones(sessions) as (session, made):
        whole = await read_all(session, made, SINCE)
        assert whole.classes == await causal_classes.of_postmortem(session, made.id)
        ids = [each.id for each in whole.classes]
        found = await causal_classes.earlier(session, "T1", made.id, ids, since=SINCE)
        assert whole.earlier == found
        assert [each.open_items for each in found] == [1, 1]
        assert (await read_all(session, made, NOW)).earlier == []


async def test_of_one_that_was_just_started_there_is_nothing(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        whole = await read_all(session, made, SINCE)
    nothing = Whole(
        edits={}, entries=[], factors=[], items=[], risks=[], passages={}, classes=[], earlier=[],
        inherited=[], agreements=[], met={}, meeting=None, publication=None,
    )  # fmt: skip
    assert whole == nothing


async def test_private_incidents_are_nobodys_earlier_ones(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        other = await started(session, channel="C9", is_private=True)
        made = await full(session)
        ids = [each.id for each in await causal_classes.of_postmortem(session, made.id)]
        await causal_classes.tag(session, "T1", other.id, ids, by="U1", now=NOW)
        assert (await read_all(session, made, SINCE)).earlier == []
        mine = replace(made, workspace="T2")
        assert (await read_all(session, mine, SINCE)).met == {}
