from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text, update
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemState
from domain.retry import RATE_LIMITED
from storage import accepted_risks, action_items
from storage.deliveries import LATE_AFTER
from storage.engine import Database, Sessions
from storage.loop import Loop, snapshot
from storage.statements import run
from storage.tables import AcceptedRiskRow, DeliveryRow
from tests.storage.samples import ITEM, NOW, started
from tests.storage.test_plans import plans, read_whole

TODAY = NOW.date()
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
RISK = AcceptedRisk(risk="Again", accepter="U9", reason="Rare", until=TODAY)


async def _owe(sessions: Sessions, *owed: dict[str, Any]) -> None:
    same = {"kind": "card", "channel": "C1", "created_at": NOW, "wanted": 1, "sent": 0}
    async with sessions.begin() as session:
        for number, each in enumerate(owed):
            row = {"workspace_id": f"T{number % 2}", "subject": str(number), "attempts": 0}
            await run(session, insert(DeliveryRow), same | row | each)


async def _promise(sessions: Sessions, workspace_id: str, *items: ActionItem) -> None:
    async with sessions.begin() as session:
        made = await started(session, workspace_id)
        for place, item in enumerate(items, start=1):
            at = replace(item, position=place)
            await action_items.add(
                session, workspace_id, made.id, at, by="U1", now=NOW, submission=""
            )


async def _seen(sessions: Sessions) -> Loop:
    async with sessions() as session:
        return await snapshot(session, NOW, TODAY)


def _counted(loop: Loop) -> dict[str, int]:
    states = ("scheduled", "due", "late", "retrying", "given_up")
    return {state: getattr(loop, state) for state in states if getattr(loop, state)}


async def test_of_nothing_there_is_nothing_and_every_state_is_named(sessions: Sessions) -> None:
    found = await _seen(sessions)

    assert (_counted(found), found.oldest_due) == ({}, None)
    assert found.items == dict.fromkeys(ItemState, 0)
    assert (found.overdue, found.expired, found.accepted_risks, found.risks_run_out) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("due_at", "error", "state"),
    [
        (NOW + SECOND, None, "scheduled"),
        (NOW + SECOND, RATE_LIMITED, "retrying"),
        (NOW, None, "due"),
        (NOW, RATE_LIMITED, "due"),
        (NOW - LATE_AFTER + SECOND, None, "due"),
        (NOW - LATE_AFTER, None, "late"),
        (NOW - DAY, "internal_error", "late"),
    ],
)
async def test_a_message_that_is_owed_is_counted_once(
    sessions: Sessions, due_at: datetime, error: str | None, state: str
) -> None:
    await _owe(sessions, {"due_at": due_at, "last_error": error})
    found = await _seen(sessions)

    assert _counted(found) == {state: 1}
    assert found.oldest_due == (due_at if state in {"due", "late"} else None)


async def test_what_was_sent_is_not_counted_and_what_was_given_up_is(sessions: Sessions) -> None:
    await _owe(sessions, {"sent": 1, "sent_at": NOW}, {"given_up_at": NOW, "last_error": "x"})
    found = await _seen(sessions)

    assert (_counted(found), found.oldest_due) == ({"given_up": 1}, None)


async def test_the_messages_of_all_workspaces_are_counted_together(sessions: Sessions) -> None:
    minutes = (1, 0, -3, -5)
    await _owe(sessions, *({"due_at": NOW + each * LATE_AFTER} for each in minutes))
    found = await _seen(sessions)

    assert _counted(found) == {"scheduled": 1, "due": 1, "late": 2}
    assert found.oldest_due == NOW - 5 * LATE_AFTER


async def test_the_items_of_all_workspaces_are_counted_by_state(sessions: Sessions) -> None:
    await _promise(sessions, "T1", ITEM, replace(ITEM, state=ItemState.VERIFIED))
    await _promise(sessions, "T2", ITEM)
    items = (await _seen(sessions)).items

    assert {state: number for state, number in items.items() if number} == {
        ItemState.OPEN: 2,
        ItemState.VERIFIED: 1,
    }


async def test_only_open_items_are_overdue_or_expired(sessions: Sessions) -> None:
    late = replace(ITEM, due_on=TODAY - DAY, reviews_seen=2)
    ended = replace(late, state=ItemState.CANCELLED)
    await _promise(sessions, "T1", late, ended, replace(ITEM, due_on=TODAY, reviews_seen=1))
    found = await _seen(sessions)

    assert (found.overdue, found.expired) == (1, 1)


async def test_an_accepted_risk_has_run_out_from_its_day_on(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        for until in (TODAY - DAY, TODAY, TODAY + DAY):
            risk = replace(RISK, until=until)
            await accepted_risks.add(session, "T1", made.id, risk, by="U1", now=NOW, submission="")
    found = await _seen(sessions)

    assert (found.accepted_risks, found.risks_run_out) == (3, 2)


async def test_a_risk_that_was_ended_is_none_any_more(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        await accepted_risks.add(session, "T1", made.id, RISK, by="U1", now=NOW, submission="")
        await run(session, update(AcceptedRiskRow).values(ended_on=TODAY))
    found = await _seen(sessions)

    assert (found.accepted_risks, found.risks_run_out) == (0, 0)


async def _sent_long_ago(session: AsyncSession) -> None:
    same = {"workspace_id": "T1", "kind": "card", "channel": "C1", "created_at": NOW}
    done = {"wanted": 1, "sent": 1, "attempts": 0, "sent_at": NOW}
    await run(
        session,
        insert(DeliveryRow),
        [same | done | {"subject": str(number)} for number in range(10_000)],
    )
    await run(session, text("ANALYZE"))


async def test_nothing_is_counted_by_reading_a_whole_table(database: Database) -> None:
    async with database.sessions.begin() as session:
        await _sent_long_ago(session)

    async def ask(session: AsyncSession) -> None:
        await snapshot(session, NOW, TODAY)

    owed, items, risks = await plans(database, ask)
    assert "ix_delivery_given_up_at" in owed, owed
    assert not read_whole(owed), owed
    assert "ix_action_item_state_due_on_reviews_seen" in items, items
    assert "ix_accepted_risk_until" in risks, risks
