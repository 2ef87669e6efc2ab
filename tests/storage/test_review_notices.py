"""What a review will have on its table is told before it is laid, and is what is laid then."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.accepted_risks import AcceptedRisk
from domain.action_items import HistoryEntry, ItemState
from domain.decisions import Decision
from domain.inherited import InheritedLine
from domain.news import RETURNED
from domain.review_notices import coming
from domain.reviews import Review, Why
from storage import (
    accepted_risks,
    action_items,
    digests,
    inherited,
    item_history,
    review_entries,
    review_notices,
    reviews,
)
from storage.engine import Sessions
from tests.storage.samples import ITEM, NOW, started

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
NEXT_YEAR = date(TODAY.year + 1, 1, 4)
REVIEW = Review(
    workspace="T1",
    facilitator="U9",
    called_by="",
    called_at=NOW,
    due_at=NOW,
    due_on=TODAY,
    channel="C1",
)
ITEMS = (
    replace(ITEM, due_on=NEXT_YEAR),
    replace(ITEM, due_on=YESTERDAY, owner="U2"),
    replace(ITEM, due_on=NEXT_YEAR, reviews_seen=2),
    replace(ITEM, state=ItemState.IMPLEMENTED, soaks_until=TODAY, owner="U3"),
    replace(ITEM, state=ItemState.IMPLEMENTED, soaks_until=NEXT_YEAR, owner="U4"),
    replace(ITEM, state=ItemState.INEFFECTIVE),
    replace(ITEM, state=ItemState.CANCELLED, owner="U5"),
)


@pytest.fixture
async def kept(sessions: Sessions) -> Sessions:
    """An item of each sort, each of a postmortem of its own; risks, and a line twice."""
    async with sessions.begin() as session:
        for number, item in enumerate(ITEMS):
            made = await started(session, channel=None, submission=f"V{number}")
            await action_items.add(
                session, "T1", made.id, item, by="U1", now=NOW, submission=f"{number}"
            )
            line = InheritedLine(text="Add a canary.")
            await inherited.add(session, "T1", made.id, [line])
        for until in (TODAY, NEXT_YEAR):
            risk = AcceptedRisk(risk="r", accepter="U6", reason="w", until=until)
            await accepted_risks.add(
                session, "T1", made.id, risk, by="U1", now=NOW, submission=f"R{until}"
            )
    return sessions


async def test_everybody_is_named_who_owns_something_that_will_be_walked(kept: Sessions) -> None:
    async with kept() as session:
        found = await review_notices.owners(session, "T1", TODAY)
        assert found == sorted({ITEM.owner, "U2", "U3", "U6"})
        assert await review_notices.owners(session, "T2", TODAY) == []


async def test_what_is_counted_before_is_what_is_laid_then(kept: Sessions) -> None:
    async with kept.begin() as session:
        before = await review_notices.counts(session, "T1", TODAY)
        review = await reviews.call(session, REVIEW)
        await review_entries.lay(session, review, TODAY)
        laid = (await review_entries.counts(session, review.id or 0)).by_why
    assert before == laid
    assert before == dict.fromkeys(Why, 1)


async def test_what_owners_are_told_one_by_one_is_what_is_counted(kept: Sessions) -> None:
    async with kept() as session:
        owners = await review_notices.owners(session, "T1", TODAY)
        found = await digests.kept_by(session, "T1", owners)
        counted = await review_notices.counts(session, "T1", TODAY)
    told = Counter(each.why for each in coming(found, TODAY, []))
    assert told == {why: number for why, number in counted.items() if why is not Why.LINE}


async def test_of_nothing_there_are_no_counts(sessions: Sessions) -> None:
    async with sessions() as session:
        assert await review_notices.counts(session, "T1", TODAY) == {}


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([Decision.RESCHEDULE], ["PM-1/1"]),
        ([Decision.BLOCK], []),
        ([Decision.REASSIGN, Decision.DECLINE], []),
        ([Decision.REASSIGN, RETURNED], []),
        ([Decision.REASSIGN, RETURNED, Decision.CANCEL], ["PM-1/1"]),
    ],
)
async def test_an_item_is_decided_by_what_was_done_last(
    kept: Sessions, events: list[str], found: list[str]
) -> None:
    async with kept.begin() as session:
        for event in events:
            entry = HistoryEntry(item_id=1, actor="U7", at=NOW, event=str(event), changes={})
            await item_history.append(session, "T1", entry)
        assert await review_notices.decided(session, "T1", [ITEM.owner], NOW) == found
        later = NOW + timedelta(seconds=1)
        assert await review_notices.decided(session, "T1", [ITEM.owner], later) == []
        assert await review_notices.decided(session, "T1", ["U2"], NOW) == []
