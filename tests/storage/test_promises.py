from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemState
from domain.coming import OpenItems
from storage import accepted_risks, action_items, promises
from storage.engine import Sessions
from tests.storage.samples import ITEM, NOW, started

DAY = timedelta(days=1)
DUE = ITEM.due_on
RISK = AcceptedRisk(risk="Again", accepter="U9", reason="Rare", until=date(2027, 5, 1))


async def _with(sessions: Sessions, items: Sequence[ActionItem]) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        for place, item in enumerate(items, start=1):
            placed = replace(item, position=place)
            where = "T1", made.id
            await action_items.add(session, *where, placed, by="U1", now=NOW, submission="")


@pytest.mark.parametrize("state", [state for state in ItemState if state is not ItemState.OPEN])
async def test_an_item_that_has_ended_is_not_counted(sessions: Sessions, state: ItemState) -> None:
    await _with(sessions, [replace(ITEM, state=state)])

    async with sessions() as session:
        standing = await promises.open_items(session, "T1", DUE + DAY)

    assert standing == OpenItems(open=0, overdue=0, expired=0)


async def test_open_overdue_and_expired_items_are_counted(sessions: Sessions) -> None:
    late = replace(ITEM, due_on=DUE - DAY)
    await _with(sessions, [ITEM, late, replace(late, reviews_seen=2)])

    async with sessions() as session:
        standing = await promises.open_items(session, "T1", DUE)

    assert standing == OpenItems(open=3, overdue=2, expired=1)


async def test_the_next_hearing_is_of_an_item_or_of_a_risk(sessions: Sessions) -> None:
    await _with(sessions, [ITEM, ITEM])
    async with sessions.begin() as session:
        stored = [each.id or 0 for each in await action_items.items(session, 1)]
        risk = await accepted_risks.add(session, "T1", 1, RISK, by="U1", now=NOW, submission="")
        for which, at in zip(stored, (NOW, NOW + 3 * DAY), strict=True):
            await action_items.hear(session, which, at)
        await accepted_risks.hear(session, risk.id or 0, NOW + 2 * DAY)

    async with sessions() as session:
        found = [
            await promises.next_hearing(session, "T1", after, NOW + 3 * DAY)
            for after in (NOW - DAY, NOW, NOW + 2 * DAY, NOW + 3 * DAY)
        ]

    assert found == [NOW, NOW + 2 * DAY, NOW + 3 * DAY, None]
