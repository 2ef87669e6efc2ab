"""Two replicas that find the same meta-review due begin it once."""

import asyncio
from datetime import UTC, datetime

from domain.meta_reviews import MetaReview
from domain.quarters import Quarter
from handlers.meta_reviews import begin
from storage.deliveries import Delivery
from storage.engine import Database, Sessions, open_database
from storage.statements import columns, run
from storage.tables import DeliveryRow, MetaReviewRow

Q3 = Quarter(2026, 3)
NOW = datetime(2026, 10, 13, 10, tzinfo=UTC)


async def begun(sessions: Sessions, chair: str) -> MetaReview:
    async with sessions.begin() as session:
        return await begin(session, "T1", Q3, chair=chair, channel="C9", by="", now=NOW)


async def test_of_two_replicas_one_begins_it(database: Database) -> None:
    other = open_database(database.url.render_as_string(hide_password=False))
    first, second = await asyncio.gather(
        begun(database.sessions, "U1"), begun(other.sessions, "U2")
    )
    assert first == second
    async with database.sessions() as session:
        assert len((await run(session, columns(MetaReviewRow, MetaReview))).all()) == 1
        wanted, chair = (await run(session, columns(DeliveryRow, Delivery))).all()
    assert (wanted.kind, wanted.channel, wanted.wanted) == ("meta_review", "C9", 1)
    assert (chair.kind, chair.channel) == ("meta_chair", first.facilitator)
    await other.close()
