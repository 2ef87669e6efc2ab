"""Verified items of earlier incidents of a class, found in one query by indexes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from storage import action_items, causal_classes, ineffective
from storage.engine import Database, Sessions
from tests.storage.samples import ITEM, NOW, started
from tests.storage.test_plans import plans, read_whole

HOUR = timedelta(hours=1)


async def _verified(session: AsyncSession, state: ItemState = ItemState.VERIFIED) -> int:
    """Keep an incident of two classes with an item that was verified NOW; a class of it."""
    made = await started(session)
    await causal_classes.begin_taxonomy(session, "T1")
    first, second = [each.id for each in await causal_classes.taxonomy(session, "T1")][:2]
    await causal_classes.tag(session, "T1", made.id, [first, second], by="U1", now=NOW)
    item = replace(ITEM, state=state, verified_at=NOW)
    await action_items.add(session, "T1", made.id, item, by="U1", now=NOW, submission="")
    return first


async def test_an_item_of_two_common_classes_is_found_once(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        first = await _verified(session)
        classes = [first, first + 1]
        found = await ineffective.verified(session, "T1", 99, classes, NOW + HOUR)
        assert [class_id for _, _, class_id in found] == [first]


@pytest.mark.parametrize(("began", "number"), [(NOW, 0), (NOW + HOUR, 1)])
async def test_only_what_began_after_the_fix_was_verified_counts(
    sessions: Sessions, began: object, number: int
) -> None:
    async with sessions.begin() as session:
        first = await _verified(session)
        found = await ineffective.verified(session, "T1", 99, [first], began)  # type: ignore[arg-type] # a column
        assert len(found) == number


async def test_neither_its_own_items_nor_open_ones_nor_other_classes_count(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        first = await _verified(session, ItemState.IMPLEMENTED)
        late = NOW + HOUR
        assert await ineffective.verified(session, "T1", 99, [first], late) == []
        assert await ineffective.verified(session, "T1", 99, [], late) == []
        assert await ineffective.verified(session, "T2", 99, [first], late) == []


async def test_they_are_found_by_their_class(database: Database) -> None:
    async def ask(session: AsyncSession) -> object:
        return await ineffective.verified(session, "T1", 1, [1, 2], NOW)

    [plan] = await plans(database, ask)
    assert not read_whole(plan), plan
