"""How many monthly reviews an item lives through follows what its workspace says."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlmodel import col

from domain.action_items import ItemState
from domain.programme import Programme
from storage import action_items, deliveries, postmortems, workspaces
from storage.engine import Sessions
from storage.lives import live_through
from storage.statements import run
from storage.tables import DeliveryRow
from tests.blocks.samples import ITEM
from tests.handlers.test_two_at_once import waited_for
from tests.storage.samples import NOW, started

OPEN, OVER = replace(ITEM, owner="U2"), replace(ITEM, state=ItemState.CANCELLED, position=2)


@pytest.fixture
async def seen_twice(sessions: Sessions) -> int:
    """The id of a postmortem with an item that two reviews have seen open, and one that is over."""
    async with sessions.begin() as session:
        made = await started(session, submission="V1")
        for item in (replace(OPEN, reviews_seen=2), OVER):
            await action_items.add(
                session, "T1", made.id, item, by="U1", now=NOW, submission=str(item.position)
            )
        await deliveries.enqueue(session, "T1", "card", str(made.id), channel="C1", due_at=NOW)
    return made.id


async def wished(sessions: Sessions, number: int) -> list[int]:
    """How often each message was asked for, once items live through so many reviews."""
    async with sessions.begin() as session:
        await live_through(session, "T1", number, card="card", now=NOW)
        return list((await run(session, select(col(DeliveryRow.wanted)))).scalars())


async def lives(sessions: Sessions, which: int) -> list[int]:
    async with sessions() as session:
        return [each.reviews_to_live for each in await action_items.items(session, which)]


async def test_what_is_over_lives_as_long_as_it_did(sessions: Sessions, seen_twice: int) -> None:
    await wished(sessions, 5)
    assert await lives(sessions, seen_twice) == [5, 2]


@pytest.mark.usefixtures("seen_twice")
async def test_only_a_card_on_which_something_turns_is_owed_again(sessions: Sessions) -> None:
    found = [await wished(sessions, number) for number in (1, 2, 3, 4, 2)]
    assert found == [[1], [1], [2], [2], [3]]


async def test_a_card_that_was_never_owed_is_not_owed_now(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session, submission="V1")
        seen = replace(OPEN, reviews_seen=2)
        await action_items.add(session, "T1", made.id, seen, by="U1", now=NOW, submission="V2")
    assert await wished(sessions, 3) == []


async def test_a_new_item_lives_as_long_as_its_workspace_says(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session, submission="V1")
        await workspaces.change_programme(session, "T1", Programme(reviews_to_live=4))
        kept = await action_items.add(
            session, "T1", made.id, OPEN, by="U1", now=NOW, submission="V2"
        )
        assert kept.reviews_to_live == 4
        await action_items.change(session, replace(kept, reviews_to_live=2, note="On it"))
        (stored,) = await action_items.items(session, made.id)
    assert (stored.note, stored.reviews_to_live) == ("On it", 4)


async def test_a_decision_and_the_settings_never_wait_for_each_other(
    sessions: Sessions, seen_twice: int
) -> None:
    async with sessions.begin() as session:
        await postmortems.lock(session, "T1", seen_twice)
        item, _ = await action_items.items(session, seen_twice)
        await action_items.change(session, replace(item, note="On it"))
        other = asyncio.create_task(wished(sessions, 3))
        await waited_for(session)
        await deliveries.enqueue(session, "T1", "card", str(seen_twice), channel="C1", due_at=NOW)
    assert await other == [3]
