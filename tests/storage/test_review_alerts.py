"""What waits for a monthly review, and what it has cost that none was closed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemState
from domain.inherited import InheritedLine
from domain.review_alerts import Numbers
from domain.review_plan import NOTHING_SAID
from storage import accepted_risks, action_items, causal_classes, deliveries, inherited, workspaces
from storage import review_alerts as alerts
from storage.engine import Sessions
from tests.storage.samples import FACTS, ITEM, NOW, started

TODAY = NOW.date()
A_DAY = timedelta(days=1)


async def incident(session: AsyncSession, at: datetime, *classes: int) -> int:
    """An incident that began then, of these classes."""
    facts = replace(FACTS, started_at=at)
    made = await started(
        session, channel=None, submission=f"V{at.timestamp()}", facts=facts, now=at
    )
    await causal_classes.tag(session, "T1", made.id, classes, by="U1", now=at)
    return made.id


async def keep(session: AsyncSession, item: ActionItem, at: datetime = NOW) -> None:
    made = await started(session, channel=None, submission=f"V{at}{item.state}", now=at)
    await action_items.add(session, "T1", made.id, item, by="U1", now=at, submission="V")


@pytest.mark.parametrize(
    ("fields", "is_open"),
    [
        ({}, True),
        ({"state": ItemState.INEFFECTIVE}, True),
        ({"state": ItemState.IMPLEMENTED, "soaks_until": TODAY}, True),
        ({"state": ItemState.IMPLEMENTED, "soaks_until": TODAY + A_DAY}, False),
        ({"state": ItemState.CANCELLED}, False),
    ],
)
async def test_an_item_waits_for_a_review_while_somebody_has_to_see_to_it(
    sessions: Sessions,
    fields: dict[str, Any],
    is_open: bool,  # noqa: FBT001 - a column of the table
) -> None:
    async with sessions.begin() as session:
        await keep(session, replace(ITEM, **fields))
        assert await alerts.is_anything_open(session, "T1", TODAY) is is_open
        assert not await alerts.is_anything_open(session, "T2", TODAY)


async def test_so_do_risks_that_ran_out_and_lines_that_nobody_decided(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session, channel=None)
        risk = AcceptedRisk(risk="r", accepter="U3", reason="w", until=TODAY)
        await accepted_risks.add(session, "T1", made.id, risk, by="U1", now=NOW, submission="V")
        on = [await alerts.is_anything_open(session, "T1", d) for d in (TODAY - A_DAY, TODAY)]
        assert on == [False, True]
        other = await started(session, "T2", channel=None)
        await inherited.add(session, "T2", other.id, [InheritedLine(text="Add a canary.")])
        assert await alerts.is_anything_open(session, "T2", TODAY)


async def test_the_first_item_or_risk_is_what_months_are_counted_from(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        assert await alerts.first_written(session, "T1") is None
        await keep(session, ITEM, NOW + A_DAY)
        await keep(session, replace(ITEM, state=ItemState.CANCELLED), NOW)
        assert await alerts.first_written(session, "T1") == NOW


async def test_incidents_are_counted_and_those_of_a_class_that_was_seen_before(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await keep(session, ITEM, datetime(2026, 7, 1, tzinfo=UTC))
        await keep(session, replace(ITEM, due_on=TODAY - A_DAY), NOW - A_DAY)
        one, other, third = [each.id for each in await causal_classes.taxonomy(session, "T1")][:3]
        await incident(session, NOW - 9 * A_DAY, one)
        for days, classes in ((1, (one, other)), (2, (other,)), (3, (third,)), (4, ())):
            await incident(session, NOW + days * A_DAY, *classes)
        found = await alerts.numbers(session, "T1", NOW, TODAY)
    expected = Numbers(open=2, overdue=1, incidents=4, repeated=2)
    assert found == replace(expected, oldest="PM-1/1", oldest_on=date(2026, 7, 1))


async def test_where_nothing_is_open_there_is_no_oldest(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        found = await alerts.numbers(session, "T1", NOW, TODAY)
    assert found == Numbers(open=0, overdue=0, incidents=0, repeated=0)


async def test_the_last_alert_since_a_day_is_known_by_its_number(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await started(session, channel=None)
        assert await alerts.last_said(session, "T1", "review_alert", TODAY) == NOTHING_SAID
        for number in (0, 9, 10):
            subject = f"{TODAY}:{number}"
            await deliveries.enqueue(
                session, "T1", "review_alert", subject, channel="C1", due_at=NOW
            )
        assert await alerts.last_said(session, "T1", "review_alert", TODAY) == 10
        assert await alerts.last_said(session, "T1", "review_alert", TODAY + A_DAY) == NOTHING_SAID
