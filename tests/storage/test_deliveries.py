from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.retry import RATE_LIMITED
from storage import deliveries
from storage.deliveries import PAUSE_KEPT, Delivery
from storage.engine import Sessions
from tests.storage.samples import NOW, next_due

Outcome = Callable[[AsyncSession, Delivery], Awaitable[bool]]
LEASE = timedelta(seconds=30)
SECOND = timedelta(seconds=1)
LATE = NOW + timedelta(hours=1)


async def _owe(
    sessions: Sessions, subject: str = "1", due_at: datetime = NOW, channel: str = "C1"
) -> None:
    async with sessions.begin() as session:
        await deliveries.enqueue(
            session, "T1", "card", subject, channel=channel, due_at=due_at, asked_by="U1"
        )


async def _claim(sessions: Sessions, now: datetime = NOW, limit: int = 10) -> list[Delivery]:
    async with sessions.begin() as session:
        return await deliveries.claim(session, now, lease=LEASE, limit=limit)


async def _next(sessions: Sessions, now: datetime = NOW) -> datetime | None:
    async with sessions() as session:
        return await next_due(session, now)


async def test_what_is_owed_is_claimed_once_with_all_it_needs(sessions: Sessions) -> None:
    await _owe(sessions)
    [claimed] = await _claim(sessions)

    assert (claimed.key, claimed.channel, claimed.asked_by) == ("T1/card/1", "C1", "U1")
    assert (claimed.wanted, claimed.sent, claimed.attempts) == (1, 0, 1)
    assert (claimed.message_ts, claimed.first_claimed_at) == (None, NOW)
    assert claimed.lease_until == NOW + LEASE
    assert await _claim(sessions) == []


async def test_owing_it_again_keeps_one_message_at_the_earlier_instant(sessions: Sessions) -> None:
    await _owe(sessions, due_at=NOW + SECOND)
    await _owe(sessions, due_at=NOW)
    await _owe(sessions, due_at=NOW + 2 * SECOND)

    [claimed] = await _claim(sessions)
    assert claimed.wanted == 3


async def test_what_is_not_due_is_left_alone(sessions: Sessions) -> None:
    await _owe(sessions, due_at=NOW + SECOND)

    assert await _claim(sessions) == []
    assert await _next(sessions) == NOW + SECOND


async def test_the_oldest_are_claimed_first(sessions: Sessions) -> None:
    for subject, late in (("a", 1), ("b", 3), ("c", 2)):
        await _owe(sessions, subject, NOW - late * SECOND, channel=subject)

    assert [claimed.subject for claimed in await _claim(sessions, limit=2)] == ["b", "c"]


async def test_a_new_wish_does_not_cut_a_short_pause_but_a_long_one(sessions: Sessions) -> None:
    for subject, pause in (("short", PAUSE_KEPT), ("long", PAUSE_KEPT + SECOND)):
        await _owe(sessions, subject)
        [claimed] = await _claim(sessions)
        async with sessions.begin() as session:
            assert await deliveries.retry_at(session, claimed, NOW + pause, "not now")
        await _owe(sessions, subject)

    assert [claimed.subject for claimed in await _claim(sessions)] == ["long"]
    assert await _next(sessions) == NOW + LEASE


async def test_a_wish_for_what_was_given_up_is_tried_anew_and_still_in_doubt(
    sessions: Sessions,
) -> None:
    await _owe(sessions)
    [claimed] = await _claim(sessions)
    async with sessions.begin() as session:
        assert await deliveries.give_up(session, claimed, NOW, "channel_not_found")
    assert await _claim(sessions) == []

    await _owe(sessions)
    [again] = await _claim(sessions)
    assert (again.given_up_at, again.attempts, again.first_claimed_at) == (None, 2, NOW)


async def test_a_message_that_vanished_is_posted_anew_at_once(sessions: Sessions) -> None:
    await _owe(sessions)
    [posted] = await _claim(sessions)
    async with sessions.begin() as session:
        await deliveries.sent(session, posted, channel="C1", ts="1763647380.000100", now=NOW)
    await _owe(sessions)
    [gone] = await _claim(sessions)
    async with sessions.begin() as session:
        assert await deliveries.vanished(session, gone, NOW)

    [anew] = await _claim(sessions)
    assert (anew.message_ts, anew.posted_channel, anew.attempts) == (None, None, 1)


async def test_an_invitation_hurries_what_failed_in_that_channel_alone(sessions: Sessions) -> None:
    outcomes: dict[str, Outcome] = {
        "waits": lambda session, each: deliveries.retry_at(session, each, LATE, "not_in_channel"),
        "lost": lambda session, each: deliveries.give_up(session, each, NOW, "not_in_channel"),
        "scheduled": lambda session, each: deliveries.dropped(session, each, NOW),
    }
    for subject, outcome in outcomes.items():
        await _owe(sessions, subject)
        async with sessions.begin() as session:
            [each] = await deliveries.claim(session, NOW, lease=LEASE, limit=1)
            assert await outcome(session, each)
    async with sessions.begin() as session:
        await deliveries.hurry(session, "T2", "C1", NOW)
        await deliveries.hurry(session, "T1", "C2", NOW)
        assert await next_due(session, NOW) == LATE
        await deliveries.hurry(session, "T1", "C1", NOW)

    assert await _in_turn(sessions) == ["waits", "lost"]


async def _in_turn(sessions: Sessions) -> list[str]:
    """Send all that is due; what it was."""
    said = []
    while claimed := await _claim(sessions):
        async with sessions.begin() as session:
            for each in claimed:
                await deliveries.sent(session, each, channel="C1", ts="1.2", now=NOW)
        said += [each.subject for each in claimed]
    return said


async def test_a_commit_that_owes_a_message_wakes_the_worker(sessions: Sessions) -> None:
    woken: list[str] = []
    sessions.when_owed = lambda: woken.append("yes")
    async with sessions.begin() as session:
        await next_due(session, NOW)
    assert woken == []

    await _owe(sessions)
    assert woken == ["yes"]


async def test_a_pause_that_slack_asked_for_is_kept_however_long(sessions: Sessions) -> None:
    await _owe(sessions)
    [claimed] = await _claim(sessions)
    async with sessions.begin() as session:
        await deliveries.pause(session, claimed, NOW + 3 * PAUSE_KEPT, RATE_LIMITED)
    await _owe(sessions, due_at=NOW)

    assert await _next(sessions) == NOW + 3 * PAUSE_KEPT
