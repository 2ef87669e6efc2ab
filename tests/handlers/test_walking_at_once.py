"""A monthly review and a decision, or two chairs, in the same moment: neither is lost."""

import asyncio
from dataclasses import replace

import pytest

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemState
from domain.decisions import Decision, Moment
from domain.errors import RuleBroken
from domain.programme import Programme
from domain.reviews import Review, check_is_next
from handlers import digests, kept_items, kept_risks
from handlers.hearers import hearers
from handlers.kept_items import ADDED, Deed
from handlers.left_untagged import REVIEW_UNTAGGED
from handlers.reviews import REVIEW, REVIEW_CARD, begin, bring_up
from storage import postmortems, review_entries, reviews, workspaces
from storage.deliveries import Delivery
from storage.engine import Sessions
from storage.statements import columns, run
from storage.tables import DeliveryRow
from tests.handlers.test_two_at_once import waited_for
from tests.storage.samples import ITEM, NOW, started
from tests.storage.test_review_entries import REVIEW as CALLED


@pytest.fixture
async def kept(sessions: Sessions) -> list[tuple[int, ActionItem]]:
    """Three items with their postmortems, and a review that is called."""
    found = []
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        for number in range(3):
            made = await started(session, channel=None, submission=f"V{number}")
            deed = Deed(by="U1", at=CALLED.called_at, event=ADDED)
            item, _ = await kept_items.add(session, "T1", made.id, ITEM, deed)
            found.append((made.id, item))
        await reviews.call(session, CALLED)
    return found


async def beginning(sessions: Sessions) -> Review:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        review = await reviews.open_review(session, "T1")
        assert review is not None
        return await begin(session, review, NOW)


async def cancelled(sessions: Sessions, where: int, item: ActionItem) -> None:
    async with sessions.begin() as session:
        await postmortems.lock(session, "T1", where)
        deed = Deed(by="U1", at=NOW, event=Decision.CANCEL, reason="Gone")
        await kept_items.change(session, "T1", item, replace(item, state=ItemState.CANCELLED), deed)


async def going_on(sessions: Sessions, review: Review) -> None:
    async with sessions.begin() as session:
        locked = await reviews.lock(session, "T1", review.id or 0)
        assert locked is not None
        check_is_next(locked, review.shown)
        await bring_up(session, locked, NOW)


async def test_what_is_decided_while_a_review_begins_is_settled_on_its_table(
    sessions: Sessions, kept: list[tuple[int, ActionItem]]
) -> None:
    await asyncio.gather(beginning(sessions), *(cancelled(sessions, *each) for each in kept))
    async with sessions() as session:
        review = await reviews.open_review(session, "T1")
        assert review is not None
        entries = await review_entries.of_review(session, review.id or 0)
    assert [each.is_settled for each in entries] == [True] * len(entries)


async def test_of_two_who_go_on_at_once_one_does(
    sessions: Sessions, kept: list[tuple[int, ActionItem]]
) -> None:
    del kept
    begun = await beginning(sessions)
    presses = [going_on(sessions, begun) for _ in range(2)]
    done = await asyncio.gather(*presses, return_exceptions=True)
    assert [type(each) for each in done if each] == [RuleBroken]
    async with sessions() as session:
        review = await reviews.open_review(session, "T1")
    assert review is not None
    assert review.shown == 2


async def test_a_review_that_has_begun_does_not_begin_again(
    sessions: Sessions, kept: list[tuple[int, ActionItem]]
) -> None:
    begun = await beginning(sessions)
    assert await beginning(sessions) == begun
    async with sessions() as session:
        owed = [each.kind for each in await run(session, columns(DeliveryRow, Delivery))]
        entries = await review_entries.of_review(session, begun.id or 0)
    assert len(entries) == len(kept)
    wanted = [REVIEW, REVIEW_CARD, REVIEW_UNTAGGED]
    assert sorted(each for each in owed if each.startswith("review")) == wanted


async def reopened(sessions: Sessions, where: int, item: ActionItem) -> None:
    """Let an item be done after all, whose risk its owner had accepted."""
    by = Moment(by="U1", now=NOW, today=NOW.date(), programme=Programme())
    async with sessions.begin() as session:
        postmortem = await postmortems.lock(session, "T1", where)
        await kept_risks.end_with(session, postmortem, item, "It happened", by)
        deed = Deed(by="U1", at=NOW, event=Decision.REOPEN, reason="It happened")
        await kept_items.change(session, "T1", item, item, deed)


async def test_of_two_decisions_neither_waits_for_the_other_with_what_that_wants(
    sessions: Sessions, kept: list[tuple[int, ActionItem]]
) -> None:
    (first, item), (second, accepted), _ = kept
    await beginning(sessions)
    risk = AcceptedRisk(risk="r", accepter="U1", reason="w", until=NOW.date(), item_id=accepted.id)
    async with sessions.begin() as session:
        await kept_risks.add(session, "T1", second, risk, by="U1", now=NOW)
        hours = (await hearers(session, "T1", ["U1"])).hours("U1")
        await digests.owe(session, "T1", "U1", hours, NOW)

    async with sessions.begin() as session:
        await postmortems.lock(session, "T1", first)
        deed = Deed(by="U1", at=NOW, event=Decision.CANCEL, reason="Gone")
        await kept_items.change(session, "T1", item, replace(item, state=ItemState.CANCELLED), deed)
        other = asyncio.create_task(reopened(sessions, second, accepted))
        await waited_for(session)
        await digests.freshen(session, "T1", "U1", NOW)
    await other
