"""Which workspaces are still to get their monthly report, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.programme import Programme
from storage import deliveries, reports, workspaces
from storage.engine import Sessions
from storage.reports import REPORT
from tests.storage.samples import FACTS, NOW, started
from tests.storage.test_meta_reviews import held

A_YEAR = timedelta(days=365)
SINCE = NOW - A_YEAR
DECEMBER = "2026-12"


async def keep(sessions: Sessions, team: str = "T1", **settings: Any) -> None:
    """Let a workspace have had an incident, and settings."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, team)
        await started(session, team)
        said = {"review_channel": "C9", **settings}
        await workspaces.change_programme(session, team, Programme(**said))


async def waiting(sessions: Sessions, before: str = DECEMBER) -> list[str]:
    async with sessions() as session:
        return [each.workspace_id for each in await reports.waiting(session, SINCE, before)]


async def was_posted(sessions: Sessions, subject: str) -> None:
    async with sessions.begin() as session:
        await deliveries.enqueue(session, "T1", REPORT, subject, channel="C9", due_at=NOW)


async def test_whoever_named_a_channel_waits(sessions: Sessions) -> None:
    await keep(sessions)
    await keep(sessions, "T2", review_channel="", organisation_channel="C8")
    await keep(sessions, "T3", review_channel="")
    assert await waiting(sessions) == ["T1", "T2"]


async def test_whoever_switched_it_off_does_not(sessions: Sessions) -> None:
    await keep(sessions, report_monthly=False)
    assert await waiting(sessions) == []


async def test_one_report_a_month_is_enough(sessions: Sessions) -> None:
    await keep(sessions)
    await was_posted(sessions, "2026-11")
    assert await waiting(sessions) == ["T1"]
    await was_posted(sessions, DECEMBER)
    assert await waiting(sessions) == []
    async with sessions() as session:
        (found,) = await reports.waiting(session, SINCE)
    assert found.last == DECEMBER


async def test_one_that_was_posted_by_hand_is_none_of_a_month(sessions: Sessions) -> None:
    await keep(sessions)
    await was_posted(sessions, "hand:0123456789abcdef:6:")
    assert await waiting(sessions) == ["T1"]


async def test_where_no_incident_began_lately_there_is_nothing_to_say(sessions: Sessions) -> None:
    await keep(sessions)
    async with sessions() as session:
        assert await reports.waiting(session, NOW + A_YEAR, DECEMBER) == []


async def test_a_meta_review_is_no_incident(sessions: Sessions) -> None:
    await held(sessions, at=NOW)
    async with sessions.begin() as session:
        await workspaces.change_programme(session, "T1", Programme(review_channel="C9"))
    assert await waiting(sessions) == []


async def test_one_workspace_is_asked_about_alone(sessions: Sessions) -> None:
    await keep(sessions)
    await keep(sessions, "T2")
    async with sessions() as session:
        found = await reports.still_waiting(session, "T2", SINCE, DECEMBER)
        assert found is not None
        assert found.programme.review_channel == "C9"
        assert await reports.still_waiting(session, "T3", SINCE, DECEMBER) is None


async def test_nothing_was_promised_before_anything_was_written(sessions: Sessions) -> None:
    await keep(sessions)
    async with sessions() as session:
        assert await reports.had_begun(session, "T1", NOW)
        assert not await reports.had_begun(session, "T1", NOW - timedelta(minutes=1))
        assert not await reports.had_begun(session, "T2", NOW)


@pytest.mark.parametrize("name", ["checkout", "CHECKOUT"])
async def test_a_service_is_known_however_it_is_cased(sessions: Sessions, name: str) -> None:
    await keep(sessions)
    async with sessions() as session:
        assert await reports.is_named(session, "T1", name)
        assert not await reports.is_named(session, "T1", f"{name}s")


async def test_an_old_incident_alone_is_nothing_to_report(sessions: Sessions) -> None:
    old = replace(FACTS, started_at=datetime(2025, 1, 1, tzinfo=UTC))
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await started(session, facts=old)
        await workspaces.change_programme(session, "T1", Programme(review_channel="C9"))
    assert await waiting(sessions) == []
