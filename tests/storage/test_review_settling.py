"""What is settled on the table of a review, what it leaves, and what is decided afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import HistoryEntry
from domain.reviews import Entry, Review
from storage import action_items, deliveries, item_history, review_entries, reviews, seen_items
from storage.deliveries import Delivery
from storage.engine import Sessions
from storage.statements import columns, run
from storage.tables import DeliveryRow
from tests.storage.samples import ITEM, NOW, started

TODAY = NOW.date()
REVIEW = Review(
    workspace="T1",
    facilitator="U9",
    called_by="",
    called_at=NOW - timedelta(days=3),
    due_at=NOW,
    due_on=TODAY,
    channel="C1",
)
CARD = "review_card"


async def item(session: AsyncSession, name: str, reviews_seen: int = 0) -> int:
    """Give the id of an item of an incident of its own."""
    made = await started(session, channel=None, submission=f"V{name}")
    wanted = replace(ITEM, reviews_seen=reviews_seen)
    stored = await action_items.add(
        session, "T1", made.id, wanted, by="U1", now=NOW, submission=name
    )
    return stored.id or 0


async def decide(session: AsyncSession, item_id: int, event: str, days_ago: int = 0) -> None:
    """Let something be in an item's history that no review was told of."""
    at = NOW - timedelta(days=days_ago)
    entry = HistoryEntry(item_id=item_id, actor="U7", at=at, event=event, changes={})
    await item_history.append(session, "T1", entry)


async def begun(session: AsyncSession, days: int = 0) -> tuple[Review, Sequence[Entry]]:
    """Let a review begin so many days on, with a card for everything on its table."""
    called = replace(REVIEW, due_on=TODAY + timedelta(days=days), called_at=NOW)
    review = await reviews.call(session, called)
    await review_entries.lay(session, review, TODAY)
    entries = await review_entries.next_up(session, review.id or 0, 9)
    await review_entries.bring_up(session, entries, NOW)
    for each in entries:
        await deliveries.enqueue(session, "T1", CARD, str(each.id), channel="C1", due_at=NOW)
    return review, entries


async def left(session: AsyncSession, review: Review) -> set[str]:
    """Close a review; gives the entries whose cards are to show it."""
    await seen_items.see(session, review, NOW)
    await reviews.change(session, replace(review, started_at=NOW, closed_at=NOW))
    which = {
        row.id
        for query in review_entries.left_up(review, CARD)
        for row in await run(session, query)
    }
    rows = (await run(session, columns(DeliveryRow, Delivery))).all()
    return {each.subject for each in rows if each.id in which}


async def test_the_cards_of_what_a_review_leaves_are_those_up_and_undecided(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        decided, waits = [await item(session, name) for name in ("decided", "waits")]
        review, entries = await begun(session)
        await review_entries.settle(session, by="U1", at=NOW, item_id=decided)
        (undecided,) = [str(each.id) for each in entries if each.item_id == waits]
        assert await left(session, review) == {undecided}


async def test_so_are_the_earlier_cards_of_what_has_just_expired(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        expires = await item(session, "expires")
        first, early = await begun(session)
        await left(session, first)
        await item(session, "lives")
        second, late = await begun(session, days=30)
        assert [each.item_id for each in early] == [expires]
        assert await left(session, second) == {str(each.id) for each in (*early, *late)}


async def test_whoever_catches_up_is_told_what_was_settled_thereby(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        which = await item(session, "cancelled")
        review, (entry,) = await begun(session)
        await decide(session, which, "cancelled")
        told = await review_entries.catch_up(session, review)
        again = await review_entries.catch_up(session, review)
    assert [(each.entry_id, each.was_shown) for each in told] == [(entry.id, True)]
    assert again == []


@pytest.mark.parametrize(
    ("events", "is_found"),
    [
        ((), False),
        (("blocked",), False),
        (("rescheduled", "blocked"), True),
        (("handed over", "declined"), False),
        (("handed over", "taken on"), True),
    ],
)
async def test_what_was_decided_since_is_the_last_decision_that_stands(
    sessions: Sessions, events: tuple[str, ...], *, is_found: bool
) -> None:
    async with sessions.begin() as session:
        which = await item(session, "late")
        await decide(session, which, "cancelled", 1)
        for event in events:
            await decide(session, which, event)
        found = await review_entries.decided_since(session, which, NOW)
    assert (found is not None) is is_found
