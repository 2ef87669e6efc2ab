"""A monthly review is closed while others write what it locks: nobody waits for the other."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from domain.decisions import Decision
from domain.reviews import Review
from handlers import ineffective, kept_items
from handlers.kept_items import Deed
from storage import (
    action_items,
    hearings,
    postmortems,
    review_laying,
    reviews,
    seen_items,
    workspaces,
)
from storage.engine import Sessions
from storage.hearings import Whose
from tests.handlers.test_two_at_once import VERIFIED, of_one_class, owned, told, waited_for
from tests.storage.samples import ITEM, NOW
from tests.storage.test_review_entries import REVIEW

LATER = NOW + timedelta(hours=1)
WHOSE = Whose(workspace_id="T1", person=ITEM.owner)


async def laid(sessions: Sessions) -> Review:
    """Let a review have all there is on its table."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        review = await reviews.call(session, REVIEW)
        await review_laying.lay(session, review, NOW.date())
    return review


async def closes(sessions: Sessions, review: Review) -> None:
    """Let it be closed."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await seen_items.lock_postmortems(session, "T1")
        assert await reviews.lock(session, "T1", review.id or 0)
        await kept_items.seen_by(session, review, LATER)
        await reviews.change(session, replace(review, started_at=NOW, closed_at=LATER))


async def test_an_incident_marks_an_earlier_item_meanwhile(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        made = [await owned(session, 0, VERIFIED, ITEM), await owned(session, 1, ITEM)]
        classes = await of_one_class(session, made)
    review = await laid(sessions)

    async with sessions.begin() as session:
        own = await postmortems.lock(session, "T1", made[1].id)
        closing = asyncio.create_task(closes(sessions, review))
        await waited_for(session)
        await ineffective.mark(session, own, classes, LATER)
    await closing

    assert await told(sessions, "item_history WHERE event = 'ineffective'") == 1
    assert await told(sessions, "item_history WHERE event = 'reviewed'") == 2


async def test_something_is_decided_that_is_not_on_its_table(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await owned(session, 0, ITEM)
    review = await laid(sessions)
    async with sessions.begin() as session:
        new = await owned(session, 1, ITEM)
        await hearings.anew(session, "T1", NOW)

    async with sessions.begin() as session:
        await postmortems.lock(session, "T1", new.id)
        (item,) = await action_items.items(session, new.id)
        await hearings.take(session, WHOSE, LATER, 9)  # as what its owner is to hear of by now
        closing = asyncio.create_task(closes(sessions, review))
        await waited_for(session)
        deed = Deed(by="U1", at=LATER, event=Decision.CANCEL, reason="Nobody needs it")
        await kept_items.change(session, "T1", item, replace(item, note="Nobody"), deed)
    await closing

    assert await told(sessions, "item_history WHERE event = 'reviewed'") == 1


async def test_what_is_decided_in_the_same_moment_is_not_lost(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await owned(session, 0, ITEM)
    review = await laid(sessions)

    async with sessions.begin() as session:
        await postmortems.lock(session, "T1", made.id)
        (item,) = await action_items.items(session, made.id)
        closing = asyncio.create_task(closes(sessions, review))
        await waited_for(session)
        moved = replace(item, due_on=item.due_on + timedelta(days=9), reschedules=1)
        deed = Deed(by="U1", at=LATER, event=Decision.RESCHEDULE, reason="The vendor is late")
        await kept_items.change(session, "T1", item, moved, deed)
    await closing

    async with sessions() as session:
        (now,) = await action_items.items(session, made.id)
    assert (now.reviews_seen, now.reschedules, now.due_on) == (1, 1, moved.due_on)
