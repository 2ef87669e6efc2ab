"""What goes to one conversation goes one by one and in order, and holds up nobody else."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, text

from storage import claims, deliveries
from storage.claims import Delivery
from storage.engine import Database, Sessions, open_database
from storage.statements import run
from storage.tables import DeliveryRow
from tests.storage.samples import NOW
from tests.storage.test_plans import plans, read_whole

LEASE = timedelta(seconds=30)
SECOND = timedelta(seconds=1)
BACKLOG = 10_000


async def _owe(
    sessions: Sessions, *subjects: str, to: str = "U1", due_at: datetime = NOW, of: str = "T1"
) -> None:
    async with sessions.begin() as session:
        for each in subjects:
            await deliveries.enqueue(session, of, "note", each, channel=to, due_at=due_at)


async def _claim(sessions: Sessions, now: datetime = NOW, of: str = "") -> list[Delivery]:
    mine = [of] if of else []
    async with sessions.begin() as session:
        return await claims.claim(session, now, lease=LEASE, limit=10, workspaces=mine)


async def _first(sessions: Sessions, now: datetime = NOW) -> Delivery:
    [claimed] = await _claim(sessions, now)
    return claimed


async def _all(sessions: Sessions, now: datetime = NOW) -> list[str]:
    """Send whatever is due; in which order it was."""
    said: list[str] = []
    while claimed := await _claim(sessions, now):
        async with sessions.begin() as session:
            for each in claimed:
                await claims.sent(session, each, channel="D1", ts="1.2", now=now)
        said += [each.subject for each in claimed]
    return said


async def test_while_one_is_in_hand_nothing_else_goes_to_the_same_conversation(
    sessions: Sessions,
) -> None:
    await _owe(sessions, "1", "2")
    await _owe(sessions, "other", to="U2")
    await _owe(sessions, "elsewhere", of="T2")

    assert [each.subject for each in await _claim(sessions)] == ["1", "other", "elsewhere"]
    await _owe(sessions, "older", due_at=NOW - SECOND)
    assert await _claim(sessions) == []


async def test_a_conversation_goes_in_the_order_in_which_it_is_due(sessions: Sessions) -> None:
    for subject, late in (("a", 1), ("b", 3), ("c", 1)):
        await _owe(sessions, subject, due_at=NOW - late * SECOND)

    assert await _all(sessions) == ["b", "a", "c"]


@pytest.mark.parametrize("how", ["retry", "pause"])
async def test_what_holds_a_conversation_goes_first_when_it_is_tried_again(
    sessions: Sessions, how: str
) -> None:
    await _owe(sessions, "1", "2")
    mine, later = await _first(sessions), NOW + 9 * LEASE
    async with sessions.begin() as session:
        if how == "retry":
            assert await claims.retry_at(session, mine, later, "timeout", holds=True)
        else:
            assert await claims.pause(session, mine, later, "ratelimited")
    await _owe(sessions, "3", due_at=NOW - SECOND)
    await _owe(sessions, "other", to="U2")

    assert await _all(sessions, later - SECOND) == ["other"]
    again = await _first(sessions, later)
    assert (again.subject, again.attempts) == ("1", 2 if how == "retry" else 1)


async def test_a_newer_wish_does_not_end_a_pause(sessions: Sessions) -> None:
    await _owe(sessions, "1", "2")
    async with sessions.begin() as session:
        [mine] = await claims.claim(session, NOW, lease=LEASE, limit=1)
        await claims.pause(session, mine, NOW + 99 * LEASE, "ratelimited")
    await _owe(sessions, "1", "2")
    async with sessions.begin() as session:
        await deliveries.hurry(session, "T1", "U1", NOW)

    assert await _all(sessions, NOW + 98 * LEASE) == []
    assert await _all(sessions, NOW + 99 * LEASE) == ["1", "2"]


async def test_what_waits_for_a_person_holds_up_nobody(sessions: Sessions) -> None:
    await _owe(sessions, "1", "2", "3")
    mine, later = await _first(sessions), NOW + 9 * LEASE
    async with sessions.begin() as session:
        assert await claims.retry_at(session, mine, later, "is_archived")

    assert await _all(sessions) == ["2", "3"]
    assert await _all(sessions, later) == ["1"]


async def test_what_a_dead_worker_had_goes_first(sessions: Sessions) -> None:
    await _owe(sessions, "1", "2")
    await _first(sessions)
    await _owe(sessions, "older", due_at=NOW - SECOND)

    assert await _all(sessions, NOW + LEASE - SECOND) == []
    assert await _all(sessions, NOW + LEASE) == ["1", "older", "2"]


async def test_what_is_given_back_or_gone_keeps_its_turn(sessions: Sessions) -> None:
    await _owe(sessions, "1", "2")
    mine = await _first(sessions)
    await _owe(sessions, "older", due_at=NOW - SECOND)
    async with sessions.begin() as session:
        assert await claims.release(session, mine)
    mine = await _first(sessions)
    assert (mine.subject, mine.attempts) == ("1", 1)
    async with sessions.begin() as session:
        assert await claims.vanished(session, mine, NOW)

    assert await _all(sessions) == ["1", "older", "2"]


async def test_what_is_postponed_was_never_tried_and_lets_the_others_go(
    sessions: Sessions,
) -> None:
    await _owe(sessions, "1", "2")
    mine, later = await _first(sessions), NOW + 9 * LEASE
    async with sessions.begin() as session:
        assert await claims.postpone(session, mine, later, NOW)

    assert await _all(sessions) == ["2"]
    again = await _first(sessions, later)
    assert (again.attempts, again.last_error, again.first_claimed_at) == (1, None, later)


async def test_a_wish_that_comes_while_another_is_postponed_is_due_at_once(
    sessions: Sessions,
) -> None:
    await _owe(sessions, "1")
    mine = await _first(sessions)
    await _owe(sessions, "1")
    async with sessions.begin() as session:
        assert await claims.postpone(session, mine, NOW + 9 * LEASE, NOW)

    assert (await _first(sessions)).wanted == 2


async def test_what_is_postponed_in_doubt_stays_in_doubt(sessions: Sessions) -> None:
    await _owe(sessions, "1")
    await _first(sessions)
    later = NOW + LEASE
    second = await _first(sessions, later)
    async with sessions.begin() as session:
        assert await claims.postpone(session, second, later + LEASE, later)

    again = await _first(sessions, later + LEASE)
    assert (again.attempts, again.first_claimed_at) == (2, NOW)


async def test_workers_take_the_workspaces_they_name_alone(sessions: Sessions) -> None:
    for workspace in ("T1", "T2", "T3"):
        await _owe(sessions, workspace, of=workspace)

    assert [each.workspace_id for each in await _claim(sessions, of="T2")] == ["T2"]
    assert [each.workspace_id for each in await _claim(sessions)] == ["T1", "T3"]


async def test_two_begun_by_an_older_version_go_one_by_one_all_the_same(
    sessions: Sessions,
) -> None:
    await _owe(sessions, "1", "2", "3")
    async with sessions.begin() as session:
        await run(session, text("UPDATE delivery SET lease_until = due_at, token = 'old'"))

    assert await _all(sessions) == ["1", "2", "3"]


async def test_many_workers_never_have_two_of_one_conversation(
    sessions: Sessions, database_url: str
) -> None:
    other = open_database(database_url)
    for number in range(40):
        await _owe(sessions, str(number), to=f"U{number % 4}")

    said: list[int] = []
    while len(said) < 40:
        workers = (_work(each, said) for each in (sessions, other.sessions) * 3)
        await asyncio.gather(*workers)
    await other.close()
    assert [[each for each in said if each % 4 == person] for person in range(4)] == [
        [*range(person, 40, 4)] for person in range(4)
    ]


async def _work(mine: Sessions, said: list[int]) -> None:
    """Send until there is nothing to claim; note each in the moment it is sent."""
    while claimed := await _claim(mine):
        async with mine.begin() as session:
            for each in claimed:
                await claims.sent(session, each, channel="D1", ts="1.2", now=NOW)
            said.extend(int(each.subject) for each in claimed)


async def test_a_long_backlog_of_one_starves_nobody_and_is_passed_over_by_an_index(
    database: Database,
) -> None:
    same = {"workspace_id": "T1", "kind": "note", "created_at": NOW, "due_at": NOW}
    same |= {"wanted": 1, "sent": 0, "attempts": 0}
    rows = [same | {"subject": str(each), "channel": "U1"} for each in range(BACKLOG)]
    rows += [same | {"subject": each, "channel": each} for each in ("U2", "U3")]
    async with database.sessions.begin() as session:
        await run(session, insert(DeliveryRow), rows)
        await run(session, text("ANALYZE"))
    found: list[Delivery] = []

    async def ask(session: object) -> None:
        found.extend(await claims.claim(session, NOW, lease=LEASE, limit=8))  # type: ignore[arg-type]

    plan = (await plans(database, ask))[-1]
    assert [each.channel for each in found] == ["U1", "U2", "U3"]
    assert "ix_delivery_workspace_id_channel_due_at_id" in plan, plan
    assert not read_whole(plan), plan
