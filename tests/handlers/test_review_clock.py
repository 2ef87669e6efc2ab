"""The clock sees to monthly reviews: each step once, whoever does it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event, select
from sqlmodel import col

from domain.people import Person
from domain.programme import Programme
from domain.reviews import Review, Stage
from handlers.review_alerts import ALERT
from handlers.review_clock import AGAIN, look
from handlers.review_reminded import OWED, STUCK
from storage import action_items, meetings, people, reviews, workspaces
from storage.engine import Database, Sessions
from storage.statements import run
from storage.tables import DeliveryRow, WorkspaceRow
from tests.storage.samples import ITEM, NOW, started

SLACK = AsyncWebClient()
HELD = Programme(review_channel="CR", lead="U9", review_zone="Europe/London")
CALLED = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
BEGUN = datetime(2026, 12, 1, 10, tzinfo=UTC)
A_DAY = timedelta(days=1)
#: Overdue when the review of the first of December begins.
LATE = replace(ITEM, due_on=date(2026, 11, 28))


async def founded(sessions: Sessions, team: str = "T1", programme: Programme = HELD) -> None:
    """A workspace that holds reviews, in which Ann is to do something and Freya takes turns."""
    async with sessions.begin() as session:
        made = await started(session, team, channel=None, submission="V1")
        await action_items.add(session, team, made.id, LATE, by="U1", now=NOW, submission="V")
        await workspaces.change_programme(session, team, programme)
        await meetings.name_facilitators(session, team, ["U7"])
        met = [Person(id=each, name=each, zone="Europe/London") for each in ("U1", "U7", "U9")]
        await people.remember(session, team, met, NOW + timedelta(days=3650))


@pytest.fixture
async def held(sessions: Sessions) -> Sessions:
    """The same, where it has never been looked at."""
    await founded(sessions)
    return sessions


async def current(sessions: Sessions, team: str = "T1") -> Review | None:
    async with sessions() as session:
        return await reviews.open_review(session, team)


async def stage(sessions: Sessions, team: str = "T1") -> Stage | None:
    review = await current(sessions, team)
    return review.stage if review else None


async def owed(sessions: Sessions, *kinds: str) -> Sequence[tuple[str, str, str]]:
    """What is owed of these kinds: kind, subject, place."""
    row = DeliveryRow
    query = select(col(row.kind), col(row.subject), col(row.channel)).where(
        col(row.kind).in_(kinds)
    )
    async with sessions() as session:
        found = (await run(session, query.order_by(col(row.kind), col(row.subject)))).all()
    return [(each.kind, each.subject, each.channel) for each in found]


async def look_at(sessions: Sessions, team: str = "T1") -> datetime | None:
    async with sessions() as session:
        query = select(col(WorkspaceRow.review_look_at)).where(col(WorkspaceRow.id) == team)
        found: datetime | None = (await run(session, query)).scalar_one()
        return found


async def test_it_is_looked_at_once_a_day_and_when_the_next_step_is_due(held: Sessions) -> None:
    await look(held, SLACK, NOW)
    assert await look_at(held) == NOW + A_DAY
    await look(held, SLACK, CALLED - A_DAY / 2)
    assert (await stage(held), await look_at(held)) == (None, CALLED)


async def test_it_is_called_and_begins_by_itself(held: Sessions) -> None:
    await look(held, SLACK, CALLED)
    review = await current(held)
    assert review is not None
    assert (review.facilitator, review.called_by, review.due_at) == ("U7", "", BEGUN)
    await look(held, SLACK, BEGUN - timedelta(seconds=1))
    assert await stage(held) is Stage.CALLED
    await look(held, SLACK, BEGUN)
    assert await stage(held) is Stage.UNDER_WAY


async def test_two_replicas_do_each_step_once(held: Sessions) -> None:
    for now in (CALLED, BEGUN, BEGUN + 7 * A_DAY):
        await asyncio.gather(look(held, SLACK, now), look(held, SLACK, now))
    review = await current(held)
    assert review is not None
    assert (review.started_at, review.shown) == (BEGUN, 1)
    assert await owed(held, OWED, STUCK) == [
        (OWED, f"{review.id}:U1", "U1"),
        (OWED, f"{review.id}:U7", "U7"),
        (STUCK, str(review.id), "U9"),
    ]


async def test_an_app_that_was_down_for_three_days_catches_up(held: Sessions) -> None:
    await look(held, SLACK, NOW)
    await look(held, SLACK, BEGUN + 3 * A_DAY)
    review = await current(held)
    assert review is not None
    assert (review.due_at, review.started_at) == (BEGUN, BEGUN + 3 * A_DAY)


async def test_after_more_than_a_week_the_next_one_is_waited_for(held: Sessions) -> None:
    await look(held, SLACK, NOW)
    await look(held, SLACK, BEGUN + 8 * A_DAY)
    assert await stage(held) is None


async def test_an_alert_is_given_once_and_then_the_next(held: Sessions) -> None:
    for days in range(9, 100):
        await look(held, SLACK, BEGUN + days * A_DAY)
    said = await owed(held, ALERT)
    assert said == [(ALERT, "2026-11-20:0", "CR"), (ALERT, "2026-11-20:1", "CR")]


@pytest.mark.parametrize(
    ("programme", "places"),
    [
        (Programme(engineering_channel="CE", organisation_channel="CO"), ["CE"]),
        (Programme(organisation_channel="CO"), ["CO"]),
        (Programme(lead="U9"), ["U9"]),
        (Programme(), []),
    ],
)
async def test_where_no_review_channel_is_named_the_alert_goes_elsewhere(
    sessions: Sessions, programme: Programme, places: list[str]
) -> None:
    await founded(sessions, programme=programme)
    await look(sessions, SLACK, NOW + 40 * A_DAY)
    assert [place for _, _, place in await owed(sessions, ALERT)] == places


async def test_where_nothing_is_open_none_is_called_and_nobody_is_alarmed(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await workspaces.change_programme(session, "T1", HELD)
    for now in (NOW, CALLED, BEGUN, BEGUN + 200 * A_DAY):
        await look(sessions, SLACK, now)
    assert (await stage(sessions), await owed(sessions, ALERT)) == (None, [])


async def test_what_is_written_after_one_was_left_out_waits_for_the_next(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await workspaces.change_programme(session, "T1", HELD)
    await look(sessions, SLACK, CALLED)
    await founded(sessions)
    for days in range(6):
        await look(sessions, SLACK, BEGUN + days * A_DAY)
    assert await stage(sessions) is None
    async with sessions() as session:
        assert await reviews.since(session, "T1") is None  # nobody set another cadence
    await look(sessions, SLACK, datetime(2026, 12, 31, 9, 30, tzinfo=UTC))
    assert await stage(sessions) is Stage.CALLED


async def test_what_goes_wrong_with_one_holds_up_no_other_and_is_tried_a_minute_later(
    held: Sessions,
) -> None:
    await founded(held, "T0", replace(HELD, review_day="doomsday"))
    with pytest.raises(ExceptionGroup, match="monthly reviews not looked at"):
        await look(held, SLACK, CALLED)
    assert (await stage(held), await look_at(held, "T0")) == (Stage.CALLED, CALLED + AGAIN)


async def test_a_tick_with_nothing_due_reads_one_query(held: Sessions, database: Database) -> None:
    await look(held, SLACK, NOW)
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    for engine in {database.engine.sync_engine, database.readers.sync_engine}:
        event.listen(engine, "before_cursor_execute", note)
    await look(held, SLACK, NOW + timedelta(seconds=1))
    assert len({*asked}) == 1
