import asyncio
from dataclasses import replace
from datetime import timedelta

from domain.channels import MOST, Channel
from storage import channels
from storage.engine import Sessions
from tests.storage.samples import NOW

INC = Channel(
    id="C1", name="inc-checkout", topic="P1 · ż\U0001f9ef", is_private=True, members=("U2", "U0")
)
CROWD = replace(INC, members=tuple(f"U{number}" for number in range(40)))
EARLIER = NOW - timedelta(minutes=10)


async def remembered(sessions: Sessions, channel: Channel = INC) -> None:
    async with sessions.begin() as session:
        await channels.remember(session, "T1", channel, NOW)


async def known(sessions: Sessions) -> Channel | None:
    async with sessions() as session:
        return await channels.known(session, "T1", "C1", EARLIER)


async def test_a_channel_comes_back_as_it_was_described(sessions: Sessions) -> None:
    await remembered(sessions)

    assert await known(sessions) == INC
    async with sessions() as session:
        assert await channels.known(session, "T2", "C1", EARLIER) is None
        assert await channels.known(session, "T1", "C2", EARLIER) is None


async def test_what_was_seen_too_long_ago_is_not_known(sessions: Sessions) -> None:
    await remembered(sessions)

    async with sessions() as session:
        assert await channels.known(session, "T1", "C1", NOW) is None


async def test_the_newest_description_wins(sessions: Sessions) -> None:
    newer = Channel(id="C1", name="inc-pay", topic="", is_private=False, members=("U9",))
    await remembered(sessions)
    await remembered(sessions, newer)

    assert await known(sessions) == newer


async def test_of_a_crowd_only_the_first_are_kept(sessions: Sessions) -> None:
    await remembered(sessions, CROWD)

    assert await known(sessions) == replace(CROWD, members=CROWD.members[:MOST])


async def test_who_comes_and_goes_is_noted(sessions: Sessions) -> None:
    await remembered(sessions)
    async with sessions.begin() as session:
        for user in ("U7", "U7", "U8"):
            await channels.joined(session, "T1", "C1", user)
        for user in ("U2", "U6"):
            await channels.left(session, "T1", "C1", user)

    assert await known(sessions) == replace(INC, members=("U0", "U7", "U8"))


async def test_two_who_come_at_once_are_both_noted(sessions: Sessions) -> None:
    async def joins(user: str) -> None:
        async with sessions.begin() as session:
            await channels.joined(session, "T1", "C1", user)

    await remembered(sessions)
    await asyncio.gather(*(joins(f"U1{number}") for number in range(5)))

    channel = await known(sessions)
    assert channel is not None
    assert set(channel.members) == {"U2", "U0", "U10", "U11", "U12", "U13", "U14"}


async def test_a_large_channel_that_somebody_leaves_is_forgotten(sessions: Sessions) -> None:
    await remembered(sessions, CROWD)
    async with sessions.begin() as session:
        await channels.left(session, "T1", "C1", "U39")
        assert await channels.known(session, "T1", "C1", EARLIER)
        await channels.left(session, "T1", "C1", "U3")

    assert await known(sessions) is None


async def test_nothing_is_noted_of_a_channel_that_is_not_remembered(sessions: Sessions) -> None:
    await remembered(sessions)
    async with sessions.begin() as session:
        await channels.forget(session, "T1", "C1")
        await channels.joined(session, "T1", "C1", "U7")
        await channels.left(session, "T1", "C1", "U2")

    assert await known(sessions) is None
