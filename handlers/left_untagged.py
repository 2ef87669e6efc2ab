"""The question of a monthly review about incidents without a class: owed, and owed anew."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.reviews import Review
from domain.untagged import LISTED_MOST, LOOKING_BACK, Untagged
from storage import deliveries, reviews
from storage.untagged import untagged

REVIEW_UNTAGGED = "review_untagged"


async def of_review(session: AsyncSession, review: Review) -> Untagged:
    """The incidents of the twelve months before a review began that have no class."""
    began = review.started_at or review.due_at
    return await untagged(session, review.workspace, began - LOOKING_BACK, began, most=LISTED_MOST)


async def owe(session: AsyncSession, review: Review, now: datetime) -> None:
    """Ask for them in the thread of a review that has just begun, where there are any."""
    if (await of_review(session, review)).total:
        await deliveries.enqueue(
            session,
            review.workspace,
            REVIEW_UNTAGGED,
            str(review.id),
            channel=review.channel,
            due_at=now,
        )


async def again(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Let the newest review's question show how things stand: an incident got classes, or lost its.

    Its postmortem must be locked, and no delivery yet.
    """
    review = await reviews.held(session, workspace_id)
    if review is None or review.started_at is None:
        review = await reviews.last_closed(session, workspace_id)
    if review is not None:
        await deliveries.again(session, workspace_id, [REVIEW_UNTAGGED], str(review.id), now=now)
