"""Items that burning services move, at once: nothing is moved twice, and nothing left behind."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import update

from domain.budgets import LOWERED, RAISED, Source
from domain.programme import Priority
from domain.services import Told
from handlers import budgets
from handlers.budget_items import BUDGET, Settling
from storage import (
    action_items,
    deliveries,
    due,
    item_history,
    raised_items,
    services,
    workspaces,
)
from storage.engine import Sessions
from storage.statements import run
from storage.tables import ActionItemRow, DeliveryRow
from tests.storage.samples import FACTS, ITEM, NOW, started

NOBODY = AsyncWebClient()
INCIDENTS = 6


async def fill(sessions: Sessions) -> None:
    """Store incidents of checkout with an item each, of two owners."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        for number in range(INCIDENTS):
            channel = f"C{number}"
            made = await started(session, channel=channel, facts=FACTS, submission=channel)
            item = replace(ITEM, priority=Priority.P2, owner=f"U{number % 2}")
            where = "T1", made.id
            await action_items.add(session, *where, item, by="U1", now=NOW, submission="")


async def told(sessions: Sessions, burned: float, at: datetime = NOW) -> None:
    """Let it be known how much is spent."""
    async with sessions.begin() as session:
        taken = await services.taken(session, "T1", "checkout")
        said = Told(burned=burned, source=Source.API, at=at)
        await budgets.keep(session, "T1", taken, said)


async def events(sessions: Sessions) -> list[list[str]]:
    """Give what was done to each item."""
    async with sessions() as session:
        return [
            [each.event for each in await item_history.of_item(session, number + 1)]
            for number in range(INCIDENTS)
        ]


async def settled(sessions: Sessions, replicas: int = 2) -> None:
    """Let several replicas settle at once."""
    await asyncio.gather(*(Settling()(sessions, NOBODY, NOW) for _ in range(replicas)))


async def test_replicas_move_each_item_once_there_and_back(sessions: Sessions) -> None:
    await fill(sessions)
    await told(sessions, 80)
    await settled(sessions, 3)
    assert await events(sessions) == [[RAISED]] * INCIDENTS
    await told(sessions, 10)
    await settled(sessions, 3)
    assert await events(sessions) == [[RAISED, LOWERED]] * INCIDENTS
    async with sessions() as session:
        assert await services.burning(session) == []


async def test_what_burned_again_before_anybody_saw_to_it_goes_back_all_the_same(
    sessions: Sessions,
) -> None:
    await fill(sessions)
    await told(sessions, 80)
    await settled(sessions)
    async with sessions.begin() as session:
        await run(session, update(DeliveryRow).values(due_at=None))  # both owners heard of it
    for second, burned in enumerate((10, 80, 10), 1):
        await told(sessions, burned, NOW + timedelta(seconds=second))
    await settled(sessions)
    assert await events(sessions) == [[RAISED, LOWERED]] * INCIDENTS
    async with sessions() as session:
        assert await services.burning(session) == []
        owed = [each.subject for each in await due.owed(session, NOW) if each.kind == BUDGET]
    first = f":{NOW.isoformat()}:"
    assert [each.partition(first)[2] for each in sorted(owed) if first in each] == ["U0", "U1"]


@pytest.mark.parametrize(("last", "stands"), [(10, ("P2", None)), (80, ("P1", "P2"))])
async def test_while_it_wavers_under_their_hands_nothing_is_left_behind(
    sessions: Sessions, last: float, stands: tuple[str, str | None]
) -> None:
    await fill(sessions)
    for second, burned in enumerate((80, 10, 80, 10, 80, 10, last)):
        at = NOW + timedelta(seconds=second)
        await asyncio.gather(told(sessions, burned, at), settled(sessions))
    await settled(sessions, 1)
    async with sessions() as session:
        found = [await action_items.item(session, "T1", n + 1) for n in range(INCIDENTS)]
    items = [item for _, item in filter(None, found)]
    assert [(item.priority, item.raised_from) for item in items] == [stands] * INCIDENTS


async def test_a_service_told_of_at_once_in_other_letters_is_made_once(sessions: Sessions) -> None:
    token, digest = budgets.new_token()
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await services.keep_token(session, "T1", digest)
    names = ("checkout", "Checkout", "CHECKOUT") * 2
    await asyncio.gather(*(budgets.told(sessions, token, each, 80, NOW) for each in names))
    async with sessions() as session:
        assert len(await services.all_of(session, "T1")) == 1


async def test_whoever_had_a_message_is_found_by_how_its_subject_begins(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        for subject in ("1:a:U1", "1:a:U2", "1:b:U1", "11:a:U1", "1:a"):
            await deliveries.enqueue(session, "T1", BUDGET, subject, channel="U1", due_at=NOW)
        found = await run(session, raised_items.told_of("T1", BUDGET, "1:a"))
        assert len(found.all()) == 2


async def test_whoever_handed_all_over_is_owed_the_newest_state_too(sessions: Sessions) -> None:
    await fill(sessions)
    await told(sessions, 80)
    await settled(sessions)
    async with sessions.begin() as session:
        await run(session, update(ActionItemRow).values(owner="U9"))
        await run(session, update(DeliveryRow).values(due_at=None))
    await told(sessions, 10)
    await settled(sessions)
    async with sessions() as session:
        owed = [each for each in await due.owed(session, NOW) if each.kind == BUDGET]
    assert {each.subject.rpartition(":")[2] for each in owed} >= {"U0", "U1"}


async def test_each_owner_is_owed_one_message(sessions: Sessions) -> None:
    await fill(sessions)
    await told(sessions, 80)
    await settled(sessions)
    async with sessions() as session:
        owed = [each for each in await due.owed(session, NOW) if each.kind == BUDGET]
    subjects = sorted(each.subject for each in owed)
    assert subjects == [f"1:{NOW.isoformat()}:{owner}" for owner in ("U0", "U1")]
