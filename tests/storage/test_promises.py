from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemState
from domain.coming import OpenItems
from domain.people import Person
from storage import accepted_risks, action_items, people, promises
from storage.engine import Sessions
from tests.storage.samples import ITEM, NOW, started

DAY = timedelta(days=1)
DUE = ITEM.due_on
ANA = Person(id="U1", name="Ana", zone="Europe/Lisbon")
RISK = AcceptedRisk(risk="Again", accepter="U9", reason="Rare", until=date(2027, 5, 1))


async def _with(sessions: Sessions, items: Sequence[ActionItem], risk: AcceptedRisk = RISK) -> None:
    async with sessions.begin() as session:
        await people.remember(session, "T1", [ANA], NOW)
        made = await started(session)
        for place, item in enumerate(items, start=1):
            await action_items.add(
                session,
                "T1",
                made.id,
                replace(item, position=place),
                by="U1",
                now=NOW,
                submission="",
            )
        await accepted_risks.add(session, "T1", made.id, risk, by="U1", now=NOW, submission="")


async def test_an_open_item_is_a_promise_of_its_owner_for_its_day(sessions: Sessions) -> None:
    await _with(sessions, [ITEM, replace(ITEM, due_on=DUE + DAY)])

    async with sessions() as session:
        (found,) = await promises.due(session, "T1", DUE, DUE)
        others = await promises.due(session, "T2", DUE, DUE)

    assert (found.on, found.who, found.channel) == (DUE, ANA, "C1")
    assert found.what == "PM-1/1 is due (Ana)"
    assert others == []


@pytest.mark.parametrize("state", [state for state in ItemState if state is not ItemState.OPEN])
async def test_an_item_that_has_ended_is_no_promise(sessions: Sessions, state: ItemState) -> None:
    await _with(sessions, [replace(ITEM, state=state)])

    async with sessions() as session:
        assert await promises.due(session, "T1", DUE - DAY, DUE + DAY) == []
        standing = await promises.open_items(session, "T1", DUE + DAY)

    assert standing == OpenItems(open=0, overdue=0, expired=0)


async def test_an_accepted_risk_runs_out_and_a_stranger_has_no_name(sessions: Sessions) -> None:
    await _with(sessions, [])

    async with sessions() as session:
        (found,) = await promises.running_out(session, "T1", RISK.until, RISK.until)
        before = await promises.running_out(session, "T1", DUE, RISK.until - DAY)

    assert found.what == "the risk accepted in PM-1 runs out (U9)"
    assert (found.who.zone, before) == ("UTC", [])


async def test_open_overdue_and_expired_items_are_counted(sessions: Sessions) -> None:
    late = replace(ITEM, due_on=DUE - DAY)
    await _with(sessions, [ITEM, late, replace(late, reviews_seen=2)])

    async with sessions() as session:
        standing = await promises.open_items(session, "T1", DUE)

    assert standing == OpenItems(open=3, overdue=2, expired=1)
