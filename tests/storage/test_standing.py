"""Deliveries as they stand: found, never changed, and how all of them together do."""

from datetime import datetime, timedelta

import pytest

from storage import deliveries
from storage.deliveries import Delivery, Health
from storage.engine import Sessions
from tests.storage.samples import NOW

LEASE = timedelta(seconds=30)
HOUR = timedelta(hours=1)


async def _owe(
    sessions: Sessions, subject: str, due_at: datetime = NOW, channel: str = "U1", kind: str = "day"
) -> None:
    async with sessions.begin() as session:
        await deliveries.enqueue(session, "T1", kind, subject, channel=channel, due_at=due_at)


async def _claim(sessions: Sessions, now: datetime = NOW) -> Delivery:
    async with sessions.begin() as session:
        [claimed] = await deliveries.claim(session, now, lease=LEASE, limit=1)
    return claimed


async def _health(sessions: Sessions, now: datetime = NOW) -> Health:
    async with sessions() as session:
        return await deliveries.health(session, now)


async def test_a_delivery_is_found_in_its_own_workspace_only(sessions: Sessions) -> None:
    await _owe(sessions, "1")
    claimed = await _claim(sessions)

    async with sessions() as session:
        assert await deliveries.find(session, "T1", claimed.id) == claimed
        assert await deliveries.find(session, "T2", claimed.id) is None


async def test_where_a_message_stands_is_told_once_it_does(sessions: Sessions) -> None:
    await _owe(sessions, "1")
    async with sessions() as session:
        assert await deliveries.place(session, "T1", "day", "1") is None
    claimed = await _claim(sessions)
    async with sessions.begin() as session:
        await deliveries.sent(session, claimed, channel="D1", ts="1.2", now=NOW)

    async with sessions() as session:
        assert await deliveries.place(session, "T1", "day", "1") == ("D1", "1.2")
        assert await deliveries.place(session, "T2", "day", "1") is None


@pytest.mark.parametrize(
    ("prefix", "found"),
    [("U1:", "U1:2026-11-24"), ("U12:", "U12:2026-12-01"), ("U1;", None), ("u1:", None)],
)
async def test_the_newest_of_a_person_is_nobody_elses(
    sessions: Sessions, prefix: str, found: str | None
) -> None:
    for subject in ("U1:2026-11-24", "U1:2026-11-23", "U1:2025-12-31", "U12:2026-12-01"):
        await _owe(sessions, subject)
    await _owe(sessions, "U1:2026-12-24", kind="other")

    async with sessions() as session:
        newest = await deliveries.newest(session, "T1", "day", prefix)
    assert (newest.subject if newest else None) == found


async def test_health_counts_what_is_owed_late_and_given_up(sessions: Sessions) -> None:
    old = NOW - HOUR
    for subject, due_at in (("late", old), ("soon", NOW + LEASE), ("lost", old - LEASE)):
        await _owe(sessions, subject, due_at)
    lost = await _claim(sessions)
    async with sessions.begin() as session:
        await deliveries.give_up(session, lost, NOW, "channel_not_found")

    assert await _health(sessions) == Health(owed=2, late=1, oldest_due=old, given_up=1)


async def test_what_waits_behind_a_retry_is_late_but_nothing_is_stuck(sessions: Sessions) -> None:
    for subject in ("1", "2"):
        await _owe(sessions, subject, NOW - HOUR)
    first = await _claim(sessions)
    assert (await _health(sessions)).oldest_due == NOW - HOUR
    async with sessions.begin() as session:
        await deliveries.retry_at(session, first, NOW + LEASE, "timeout", holds=True)

    assert await _health(sessions) == Health(owed=2, late=1, oldest_due=None, given_up=0)
    assert (await _health(sessions, NOW + HOUR)).oldest_due == NOW - HOUR


async def test_while_messages_go_out_nothing_is_stuck_however_late(sessions: Sessions) -> None:
    for subject in ("1", "2"):
        await _owe(sessions, subject, NOW - HOUR)
    first = await _claim(sessions)
    async with sessions.begin() as session:
        await deliveries.sent(session, first, channel="D1", ts="1.2", now=NOW)

    assert await _health(sessions) == Health(owed=1, late=1, oldest_due=NOW, given_up=0)
