"""What was said of a review that is not closed, said anew when something was decided (rule 20)."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.reviews import Review
from handlers.hearers import hearers
from storage import deliveries, review_owed
from storage.review_entries import Settled

#: What one person owes one review, and what the lead, or the channel, hears of it.
OWED, STUCK = "review_owed", "review_stuck"


async def again(session: AsyncSession, workspace_id: str, review_id: int, now: datetime) -> None:
    """Let whatever was said of a review that is not closed show how things stand.

    So it does once the review is closed, or has another chair.
    """
    for person in await review_owed.told(session, workspace_id, OWED, review_id):
        subject = f"{review_id}:{person}"
        await deliveries.again(session, workspace_id, [OWED], subject, now=now)
    await deliveries.again(session, workspace_id, [STUCK], str(review_id), now=now)


async def decided(
    session: AsyncSession, review: Review, settled: Sequence[Settled], now: datetime
) -> None:
    """Let those who were reminded of what was just decided read so: its owner, chair and lead."""
    if review.reminded_at is None and review.escalated_at is None:
        return
    owners = await review_owed.owners_of(session, [each.entry_id for each in settled])
    who = await hearers(session, review.workspace, owners)
    asked = {reader.id for each in owners if (reader := who.of(each))}
    for person in sorted({*asked, *owners, review.facilitator}):
        subject = f"{review.id}:{person}"
        await deliveries.again(session, review.workspace, [OWED], subject, now=now)
    await deliveries.again(session, review.workspace, [STUCK], str(review.id), now=now)
