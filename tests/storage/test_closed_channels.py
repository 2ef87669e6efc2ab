"""What waits for a channel that was archived is let go, until it is opened again."""

from datetime import timedelta

from storage import closed_channels, deliveries
from storage.engine import Sessions
from tests.storage.samples import NOW, next_due


async def test_what_waits_for_the_channel_waits_no_more_and_others_do(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for subject, channel in (("1", "C1"), ("2", "C2")):
            await deliveries.enqueue(session, "T1", "card", subject, channel=channel, due_at=NOW)
        await closed_channels.let_go(session, "T1", "C1", NOW)
        assert await deliveries.given_up(session, "T1", "card", "1")
        assert not await deliveries.given_up(session, "T1", "card", "2")


async def test_it_is_sent_when_the_channel_is_opened(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await deliveries.enqueue(session, "T1", "card", "1", channel="C1", due_at=NOW)
        await closed_channels.let_go(session, "T1", "C1", NOW)
        assert await next_due(session, NOW) is None
        await deliveries.hurry(session, "T1", "C1", NOW + timedelta(days=9))
        assert await next_due(session, NOW) == NOW + timedelta(days=9)


async def test_what_a_worker_has_in_hand_is_left_to_it(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await deliveries.enqueue(session, "T1", "card", "1", channel="C1", due_at=NOW)
        [mine] = await deliveries.claim(session, NOW, lease=timedelta(minutes=1), limit=1)
        await closed_channels.let_go(session, "T1", "C1", NOW)
        assert await deliveries.still_mine(session, mine, NOW)
