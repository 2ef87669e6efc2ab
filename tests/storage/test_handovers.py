"""Questions to take an item on: which have waited long enough, and for whom."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import action_items, handovers
from storage.engine import Database, Sessions
from tests.storage.samples import ITEM, NOW, started
from tests.storage.test_plans import plans, read_whole

SOON = NOW + timedelta(days=2)
ASKED = replace(ITEM, proposed_owner="U2", proposed_by="U1")


async def asked(session: AsyncSession, channel: str = "C1") -> int:
    """Keep an item that somebody was asked to take on; its id."""
    postmortem = await started(session, channel=channel)
    item = await action_items.add(
        session, "T1", postmortem.id, ASKED, by="U1", now=NOW, submission=""
    )
    await action_items.wait_for_answer(session, item.id or 0, SOON)
    return item.id or 0


async def test_a_question_returns_when_its_time_is_over_and_not_before(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        item_id = await asked(session)
        early = await handovers.unanswered(session, SOON - timedelta(seconds=1), 10)
        [late] = await handovers.unanswered(session, SOON, 10)
        assert (early, late.item_id, late.workspace_id) == ([], item_id, "T1")
        assert not await handovers.is_unanswered(session, item_id, NOW)
        assert await handovers.is_unanswered(session, item_id, SOON)


async def test_an_answered_question_never_returns(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        item_id = await asked(session)
        await action_items.wait_for_answer(session, item_id, None)
        assert await handovers.unanswered(session, SOON, 10) == []
        assert not await handovers.is_unanswered(session, item_id, SOON)


async def test_the_questions_of_one_person_are_found(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        item_id = await asked(session)
        [found] = await handovers.of_asked(session, "T1", "U2")
        assert found.item_id == item_id
        assert await handovers.of_asked(session, "T1", "U1") == []
        assert await handovers.of_asked(session, "T2", "U2") == []


async def test_what_is_unanswered_is_found_by_an_index_of_what_is_asked(database: Database) -> None:
    async def ask(session: AsyncSession) -> object:
        return await handovers.unanswered(session, NOW, 10)

    [plan] = await plans(database, ask)
    assert "ix_action_item_returns_at" in plan, plan
    assert not read_whole(plan), plan
