import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import claims, deliveries
from storage.claims import Delivery
from storage.engine import Sessions, open_database
from tests.storage.samples import NOW

LEASE = timedelta(seconds=30)
TS = "1763647380.000100"


@pytest.fixture
async def claimed(sessions: Sessions) -> Delivery:
    """One delivery, claimed at NOW."""
    await _owe(sessions)
    [delivery] = await _claim(sessions, NOW)
    return delivery


async def _owe(sessions: Sessions, subject: str = "1", channel: str = "C1") -> None:
    async with sessions.begin() as session:
        await deliveries.enqueue(session, "T1", "card", subject, channel=channel, due_at=NOW)


async def _claim(sessions: Sessions, now: datetime, limit: int = 100) -> list[Delivery]:
    async with sessions.begin() as session:
        return await claims.claim(session, now, lease=LEASE, limit=limit)


async def _sent(sessions: Sessions, delivery: Delivery, ts: str = TS) -> bool:
    async with sessions.begin() as session:
        return await claims.sent(session, delivery, channel="D1", ts=ts, now=NOW)


async def test_what_is_sent_is_not_owed_any_more(sessions: Sessions, claimed: Delivery) -> None:
    assert await _sent(sessions, claimed)
    assert await _claim(sessions, NOW + 2 * LEASE) == []


async def test_the_next_wish_finds_the_message_to_update(
    sessions: Sessions, claimed: Delivery
) -> None:
    await _sent(sessions, claimed)
    await _owe(sessions)
    [again] = await _claim(sessions, NOW)

    assert (again.posted_channel, again.message_ts) == ("D1", TS)
    assert (again.wanted, again.sent, again.attempts, again.sent_at) == (2, 1, 1, NOW)


async def test_what_is_wanted_while_a_message_is_on_its_way_is_sent_after_it(
    sessions: Sessions, claimed: Delivery
) -> None:
    await _owe(sessions)
    assert await _claim(sessions, NOW) == []
    assert await _sent(sessions, claimed)

    [again] = await _claim(sessions, NOW)
    assert (again.wanted, again.sent, again.message_ts) == (2, 1, TS)


async def test_who_lost_the_claim_can_only_say_where_the_message_stands(
    sessions: Sessions, claimed: Delivery
) -> None:
    [other] = await _claim(sessions, NOW + LEASE)
    assert other.attempts == 2
    assert not await _sent(sessions, claimed)
    assert await _sent(sessions, other, "1763647399.000200")
    assert not await _sent(sessions, claimed)

    await _owe(sessions)
    [again] = await _claim(sessions, NOW)
    assert again.message_ts == "1763647399.000200"


async def test_the_place_told_by_who_lost_the_claim_is_kept(
    sessions: Sessions, claimed: Delivery
) -> None:
    await _claim(sessions, NOW + LEASE)
    await _sent(sessions, claimed)

    [again] = await _claim(sessions, NOW + 2 * LEASE)
    assert (again.message_ts, again.attempts, again.sent) == (TS, 3, 0)


Outcome = Callable[[AsyncSession, Delivery], Awaitable[bool]]
OUTCOMES: dict[str, Outcome] = {
    "dropped": lambda session, mine: claims.dropped(session, mine, NOW),
    "retry": lambda session, mine: claims.retry_at(session, mine, NOW, "timeout"),
    "given up": lambda session, mine: claims.give_up(session, mine, NOW, "is_archived"),
    "paused": lambda session, mine: claims.pause(session, mine, NOW, "ratelimited"),
    "postponed": lambda session, mine: claims.postpone(session, mine, NOW, NOW),
    "released": claims.release,
}


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES)
async def test_a_lost_claim_decides_nothing(
    sessions: Sessions, claimed: Delivery, outcome: Outcome
) -> None:
    [other] = await _claim(sessions, NOW + LEASE)
    async with sessions.begin() as session:
        assert not await outcome(session, claimed)
        assert await claims.still_mine(session, other, NOW + LEASE)
        assert await outcome(session, other)
        assert not await claims.still_mine(session, other, NOW + LEASE)


@pytest.mark.parametrize("name", ["dropped", "given up"])
async def test_a_newer_wish_outlives_the_end_of_an_older_one(
    sessions: Sessions, claimed: Delivery, name: str
) -> None:
    await _owe(sessions)
    async with sessions.begin() as session:
        assert await OUTCOMES[name](session, claimed)

    [again] = await _claim(sessions, NOW)
    assert (again.wanted, again.given_up_at) == (2, None)


async def test_a_claim_is_mine_until_the_lease_runs_out(
    sessions: Sessions, claimed: Delivery
) -> None:
    async with sessions() as session:
        assert await claims.still_mine(session, claimed, NOW + LEASE - timedelta(seconds=1))
        assert not await claims.still_mine(session, claimed, NOW + LEASE)
        assert not await claims.still_mine(session, replace(claimed, token="other"), NOW)


async def test_a_retry_remembers_when_it_was_first_tried_and_why_again(
    sessions: Sessions, claimed: Delivery
) -> None:
    later = NOW + timedelta(seconds=4)
    async with sessions.begin() as session:
        assert await claims.retry_at(session, claimed, later, "timeout")
    assert await _claim(sessions, NOW) == []

    [again] = await _claim(sessions, later)
    assert (again.attempts, again.first_claimed_at, again.last_error) == (2, NOW, "timeout")


async def test_what_is_released_was_never_tried(sessions: Sessions, claimed: Delivery) -> None:
    async with sessions.begin() as session:
        assert await claims.release(session, claimed)

    later = NOW + LEASE
    [again] = await _claim(sessions, later)
    assert (again.attempts, again.first_claimed_at) == (1, later)


async def test_releasing_a_second_attempt_keeps_the_doubt(
    sessions: Sessions, claimed: Delivery
) -> None:
    [second] = await _claim(sessions, NOW + LEASE)
    async with sessions.begin() as session:
        assert await claims.release(session, second)

    [again] = await _claim(sessions, NOW + LEASE)
    assert (again.attempts, again.first_claimed_at) == (2, claimed.first_claimed_at)


async def test_two_workers_never_claim_the_same(sessions: Sessions, database_url: str) -> None:
    other = open_database(database_url)
    for subject in range(60):
        await _owe(sessions, str(subject), channel=f"C{subject}")

    batches = await asyncio.gather(
        *(_claim(each, NOW, limit=7) for _ in range(5) for each in (sessions, other.sessions))
    )
    await other.close()
    taken = [claimed.id for batch in batches for claimed in batch]
    assert (len(taken), len(set(taken))) == (60, 60)
    assert max(len(batch) for batch in batches) == 7
