import asyncio
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from domain.postmortems import Facts, Severity, Tier
from storage import postmortems
from storage.engine import Sessions
from storage.postmortems import AlreadyStarted, NotFound
from tests.storage.samples import FACTS, started


async def test_what_is_started_is_found_in_its_channel_and_by_its_id(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)

    async with sessions() as session:
        assert await postmortems.in_channel(session, "T1", "C1") == made
        assert await postmortems.find(session, "T1", made.id) == made
    assert (made.key, made.facts, made.version) == ("PM-1", FACTS, 1)


async def test_another_workspace_finds_nothing(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)

    async with sessions() as session:
        assert await postmortems.in_channel(session, "T2", "C1") is None
        assert await postmortems.find(session, "T2", made.id) is None
    with pytest.raises(NotFound):
        async with sessions.begin() as session:
            await postmortems.lock(session, "T2", made.id)


async def test_numbers_are_counted_per_workspace(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        keys = [
            (await started(session, workspace, channel)).key
            for workspace, channel in (("T1", "C1"), ("T2", "C1"), ("T1", "C2"))
        ]

    assert keys == ["PM-1", "PM-1", "PM-2"]


async def test_a_second_start_is_told_of_the_first(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        first = await started(session, submission="V1")

    with pytest.raises(AlreadyStarted) as refused:
        async with sessions.begin() as session:
            await started(session, submission="V2")

    assert (refused.value.postmortem, refused.value.submission) == (first, "V1")


async def test_of_six_starts_at_once_one_wins_and_no_number_is_spent(sessions: Sessions) -> None:
    async def one(channel: str) -> int:
        async with sessions.begin() as session:
            return (await started(session, channel=channel)).number

    outcomes = await asyncio.gather(*(one("C1") for _ in range(6)), return_exceptions=True)

    assert [outcome for outcome in outcomes if isinstance(outcome, int)] == [1]
    assert sum(isinstance(outcome, AlreadyStarted) for outcome in outcomes) == 5
    assert await one("C2") == 2


async def test_locking_shows_the_newest_state_and_counts_the_change(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)

    async with sessions.begin() as session:
        locked = await postmortems.lock(session, "T1", made.id)

    assert locked == replace(made, version=2)


async def test_changed_facts_replace_the_old_ones_responders_too(sessions: Sessions) -> None:
    changed = replace(
        FACTS,
        severity=Severity.P3,
        detected_at=datetime(2026, 11, 20, 13, 45, tzinfo=UTC),
        responders=("U3", "U2", "U3"),
        tier_override=Tier.FULL,
        tier_reason="The third of its kind",
    )
    async with sessions.begin() as session:
        made = await started(session)
        await postmortems.change_facts(session, made.id, changed)

    async with sessions() as session:
        found = await postmortems.find(session, "T1", made.id)
    assert found == replace(made, facts=replace(changed, responders=("U3", "U2")))


async def test_a_postmortem_without_responders_is_found(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session, facts=replace(FACTS, responders=()))

    async with sessions() as session:
        assert await postmortems.in_channel(session, "T1", "C1") == made


async def test_a_changed_root_cause_is_found(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        await postmortems.change_root_cause(session, made.id, "A certificate expired")

    async with sessions() as session:
        found = await postmortems.find(session, "T1", made.id)
        assert found == replace(made, root_cause="A certificate expired")


@pytest.mark.parametrize(
    ("field", "text"),
    [("title", "x" * 151), ("title", "  "), ("service", ""), ("impact", "x" * 3001)],
    ids=["title too long", "title blank", "service empty", "impact too long"],
)
async def test_the_database_itself_refuses_what_no_form_lets_pass(
    sessions: Sessions, field: str, text: str
) -> None:
    with pytest.raises(IntegrityError):
        async with sessions.begin() as session:
            await started(session, facts=Facts(**(asdict(FACTS) | {field: text})))
