"""What is told of a monthly review that was called: to its chair, and to its channel (rule 19)."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import review_calls as blocks
from domain.reviews import Review, Stage
from handlers import health
from handlers.homes import refresh
from handlers.outgoing import Outgoing
from storage import deliveries, review_notices, reviews
from storage.deliveries import Delivery

#: What the chair is told, and what the channel is; each is one living message.
CHAIR, CALLED = "review_chair", "review_called"


async def owe_chair(
    session: AsyncSession, review: Review, person: str, now: datetime, *, asked_by: str = ""
) -> None:
    """Owe somebody word of the chair that they have, or have no more."""
    subject = f"{review.id}:{person}"
    await deliveries.enqueue(
        session,
        review.workspace,
        CHAIR,
        subject,
        channel=person,
        due_at=now,
        asked_by=asked_by,
    )
    await _shown_at_home(session, review.workspace, person, now)


async def _shown_at_home(
    session: AsyncSession, workspace_id: str, chair: str, now: datetime
) -> None:
    """Owe the chair their Home; everybody else who looks sees it with the numbers that follow."""
    await refresh(session, workspace_id, chair, now)
    await health.want(session, workspace_id, now)


async def owe_channel(session: AsyncSession, review: Review, now: datetime) -> None:
    """Owe the channel word of when the review is, and who chairs it.

    Where nothing can be posted the chair hears so, with days left to mend it.
    """
    await deliveries.enqueue(
        session,
        review.workspace,
        CALLED,
        str(review.id),
        channel=review.channel,
        due_at=now,
        asked_by=review.facilitator,
    )


async def again(session: AsyncSession, review: Review, now: datetime) -> None:
    """Let what was told of the review say how far it is now: when it begins, and when it ends."""
    team, chairs = review.workspace, f"{review.id}:{review.facilitator}"
    await deliveries.again(session, team, [CHAIR], chairs, now=now)
    await deliveries.again(session, team, [CALLED], str(review.id), now=now)
    await _shown_at_home(session, team, review.facilitator, now)


async def chair_told(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """What the role is, or who has it instead; None for whoever never heard that they had it."""
    which, _, person = delivery.subject.partition(":")
    review = await reviews.find(session, delivery.workspace_id, int(which))
    if review is None:
        return None
    if review.facilitator != person:
        is_told = delivery.message_ts is not None
        return Outgoing(message=blocks.relieved_message(review)) if is_told else None
    counts = await review_notices.counts(session, delivery.workspace_id, review.due_on)
    return Outgoing(message=blocks.chair_message(review, counts, delivery.asked_by))


async def called(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """When the review is and who chairs it; None where it has begun before anybody was told."""
    review = await reviews.find(session, delivery.workspace_id, int(delivery.subject))
    if review is None:
        return None
    if review.stage is not Stage.CALLED and delivery.message_ts is None:
        return None
    counts = await review_notices.counts(session, delivery.workspace_id, review.due_on)
    expiring = await review_notices.expiring(session, delivery.workspace_id)
    return Outgoing(message=blocks.called_message(review, counts, expiring))
