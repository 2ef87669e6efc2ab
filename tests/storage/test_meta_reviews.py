"""Meta-reviews: one a quarter, with what each proposes; who still waits for one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.meta_reviews import Fix, MetaReview, facts_of
from domain.programme import Programme
from domain.quarters import Quarter
from storage import agenda, causal_classes, meta_reviews, postmortems, workspaces
from storage.engine import Sessions
from tests.storage.samples import FACTS, started

Q3 = Quarter(2026, 3)
NOW = datetime(2026, 10, 13, 10, tzinfo=UTC)
CHANNEL = Programme(review_channel="C9")
SINCE = date(2025, 10, 1)
A_DAY = timedelta(days=1)


async def held(sessions: Sessions, quarter: Quarter = Q3, at: datetime = NOW) -> MetaReview:
    """The meta-review of a quarter, chaired by U1."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        made = await started(session, channel=None, facts=facts_of(quarter, at))
        meta = MetaReview(
            postmortem_id=made.id,
            workspace_id="T1",
            quarter=quarter.key,
            facilitator="U1",
            channel="C9",
            called_at=at,
        )
        await meta_reviews.begin(session, meta)
    return meta


async def an_incident(
    sessions: Sessions, at: datetime, *classes: int, workspace: str = "T1", private: bool = False
) -> int:
    """Let an incident of these classes of the taxonomy have begun then; gives its id."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, workspace)
        facts = replace(FACTS, started_at=at)
        made = await started(session, workspace, None, facts=facts, is_private=private)
        await workspaces.change_programme(session, workspace, CHANNEL)
        known = await causal_classes.taxonomy(session, workspace)
        chosen = [known[each].id for each in classes]
        await causal_classes.tag(session, workspace, made.id, chosen, by="U1", now=at)
    return made.id


async def test_one_is_found_by_its_postmortem_and_by_its_quarter(sessions: Sessions) -> None:
    meta = await held(sessions)
    async with sessions() as session:
        assert await meta_reviews.find(session, "T1", meta.postmortem_id) == meta
        assert await meta_reviews.of_quarter(session, "T1", Q3.key) == meta
        assert await meta_reviews.of_quarter(session, "T1", Q3.next.key) is None
        assert await meta_reviews.find(session, "T2", meta.postmortem_id) is None


async def test_a_quarter_has_one(sessions: Sessions) -> None:
    await held(sessions)
    with pytest.raises(IntegrityError):
        await held(sessions)


async def test_a_fix_takes_the_place_of_an_earlier_one(sessions: Sessions) -> None:
    meta = await held(sessions)
    async with sessions.begin() as session:
        (one, other) = (await causal_classes.taxonomy(session, "T1"))[:2]
        for which, words in ((one, "A job"), (other, "A page"), (one, "A better job")):
            fix = Fix(class_id=which.id, fix=words, proposed_by="U1", proposed_at=NOW)
            await meta_reviews.propose(session, meta, fix)
        found = await meta_reviews.fixes(session, meta.postmortem_id)
    assert {which: fix.fix for which, fix in found.items()} == {
        one.id: "A better job",
        other.id: "A page",
    }


async def test_closing_is_kept(sessions: Sessions) -> None:
    meta = await held(sessions)
    async with sessions.begin() as session:
        await meta_reviews.close(session, meta.postmortem_id, "U2", NOW)
        kept = await meta_reviews.find(session, "T1", meta.postmortem_id)
    assert kept == replace(meta, closed_at=NOW, closed_by="U2")


async def test_who_chaired_last_is_known(sessions: Sessions) -> None:
    for quarter in (Q3, Q3.next):
        await held(sessions, quarter, NOW + timedelta(days=90 * (quarter.number - 3)))
    async with sessions() as session:
        assert await meta_reviews.last_chaired(session, "T1") == {"U1": NOW + timedelta(days=90)}


async def waiting(sessions: Sessions) -> Sequence[str]:
    async with sessions() as session:
        found = await meta_reviews.without(session, Q3.key, SINCE)
    assert all(each.programme == CHANNEL for each in found)
    return [each.workspace_id for each in found]


async def test_a_workspace_with_tagged_incidents_waits_for_one(sessions: Sessions) -> None:
    await an_incident(sessions, NOW, workspace="T2")
    await an_incident(sessions, NOW - timedelta(days=800), 0, workspace="T3")
    await an_incident(sessions, NOW, 0)
    assert await waiting(sessions) == ["T1"]
    await held(sessions)
    assert await waiting(sessions) == []


async def test_one_without_a_channel_for_reviews_does_not(sessions: Sessions) -> None:
    await an_incident(sessions, NOW, 0)
    async with sessions.begin() as session:
        await workspaces.change_programme(session, "T1", Programme())
    assert await waiting(sessions) == []


async def test_it_is_no_incident_of_a_class_even_where_somebody_tagged_it(
    sessions: Sessions,
) -> None:
    meta, which = await held(sessions), await an_incident(sessions, NOW, 0)
    async with sessions.begin() as session:
        (one,) = await causal_classes.of_postmortem(session, which)
        where: tuple[str, int] = ("T1", meta.postmortem_id)
        await causal_classes.tag(session, *where, [one.id], by="U1", now=NOW)
        incident = await postmortems.find(session, "T1", which)
        assert incident is not None
        (pattern,) = await agenda.patterns(session, incident, NOW - A_DAY, NOW + A_DAY)
        earlier = await causal_classes.earlier(session, "T1", which, [one.id], since=NOW - A_DAY)
    assert (pattern.incidents, earlier) == (1, [])
