"""What somebody answers for is found by who they are, and nothing that is over is among it."""

from dataclasses import replace
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ItemState
from domain.people import Person
from storage import (
    accepted_risks,
    action_items,
    deliveries,
    departures,
    due,
    people,
    workspaces,
)
from storage.engine import Database, Sessions
from tests.storage.samples import ITEM, NOW, started
from tests.storage.test_plans import plans, read_whole

HOUR = timedelta(hours=1)
RISK = AcceptedRisk(risk="Again", accepter="U1", reason="Rare", until=date(2027, 5, 1))
STATES = (ItemState.OPEN, ItemState.INEFFECTIVE, ItemState.CANCELLED)


async def _kept(session: AsyncSession) -> None:
    """Keep three items of U1, one of them over, and two risks, one of them ended."""
    made = await started(session)
    where = {"by": "U1", "now": NOW, "submission": ""}
    for place, state in enumerate(STATES, start=1):
        item = replace(ITEM, position=place, state=state)
        await action_items.add(session, "T1", made.id, item, **where)  # type: ignore[arg-type] # as named
    for risk in (RISK, replace(RISK, ended_on=date(2026, 12, 1))):
        await accepted_risks.add(session, "T1", made.id, risk, **where)  # type: ignore[arg-type] # as named


async def test_what_somebody_owns_that_is_not_over_is_found_in_order(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await _kept(session)
        found = await departures.items_of(session, "T1", "U1")
        assert [(where.key, item.position) for where, item in found] == [("PM-1", 1), ("PM-1", 2)]
        assert await departures.items_of(session, "T1", "U2") == []
        assert await departures.items_of(session, "T2", "U1") == []


async def test_only_risks_that_stand_are_found(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await _kept(session)
        [(where, risk)] = await departures.risks_of(session, "T1", "U1")
        assert (where.channel, where.is_private, risk.ended_on) == ("C1", False, None)


async def test_only_those_who_left_and_answer_for_something_are_left_behind(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        await _kept(session)
        ana, bob = Person(id="U1", name="Ana"), Person(id="U2", name="Bob", is_deactivated=True)
        await people.remember(session, "T1", [ana, bob], NOW)
        assert await departures.left_behind(session, "T1") == []
        await people.remember(session, "T1", [replace(ana, is_deactivated=True)], NOW)
        assert await departures.left_behind(session, "T1") == ["U1"]


async def test_a_message_that_is_over_stands_and_what_is_owed_so_again_is_a_new_one(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        for subject in ("U1:U2", "U3:U2"):
            await deliveries.enqueue(session, "T1", "orphans", subject, channel="U2", due_at=NOW)
        [first] = await deliveries.claim(session, NOW, lease=HOUR, limit=1)
        await deliveries.sent(session, first, channel="D1", ts="1.1", now=NOW)
        await departures.close(session, "T1", "orphans", ["U1:U2", "U3:U2"], NOW)
        assert await deliveries.place(session, "T1", "orphans", "U1:U2") is None
        await deliveries.enqueue(session, "T1", "orphans", "U1:U2", channel="U2", due_at=NOW)
        owed = [each.subject for each in await due.owed(session, NOW)]
        assert sorted(owed) == ["U1:U2", "U3:U2"]


async def test_what_somebody_owns_is_found_by_an_index(database: Database) -> None:
    async def ask(session: AsyncSession) -> object:
        await departures.risks_of(session, "T1", "U1")
        return await departures.items_of(session, "T1", "U1")

    for plan in await plans(database, ask):
        assert not read_whole(plan), plan
