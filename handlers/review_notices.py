"""What owners are told ahead of a monthly review, so that they can decide early (rule 19)."""

from collections.abc import Collection
from datetime import datetime

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.review_notices import notice_message
from domain.agreements import can_agree as is_here
from domain.review_notices import Notice, coming
from domain.reviews import Review, Stage
from handlers.hearers import Hearers, hearers, promisers
from handlers.hours import hours_of
from handlers.outgoing import Later, Outgoing
from storage import deliveries, digests, reviews
from storage import review_notices as stored
from storage.deliveries import Delivery

#: What one owner is told ahead of one review.
NOTICE = "review_notice"


def register(app: AsyncApp) -> None:
    """Register nothing: its buttons are those of items and risks everywhere."""
    del app


async def owe(session: AsyncSession, review: Review, now: datetime) -> None:
    """Owe everybody whose items or risks the review will walk word of it.

    What somebody owns who has left is for the programme lead.
    """
    owners = await stored.owners(session, review.workspace, review.due_on)
    who = await hearers(session, review.workspace, owners)
    for person in sorted({reader.id for each in owners if (reader := who.of(each))}):
        subject = f"{review.id}:{person}"
        await deliveries.enqueue(
            session, review.workspace, NOTICE, subject, channel=person, due_at=now
        )


async def again(
    session: AsyncSession, workspace_id: str, review: Review, person: str, now: datetime
) -> None:
    """Let what somebody was told ahead of a review show what they, or others, decided since.

    Once it is under way its cards do, and the message stays as it was.
    """
    if review.stage is not Stage.CALLED:
        return
    reader = (await hearers(session, workspace_id, [person])).of(person)
    if reader is not None:
        subject = f"{review.id}:{reader.id}"
        await deliveries.again(session, workspace_id, [NOTICE], subject, now=now)


async def freshen(
    session: AsyncSession, workspace_id: str, people: Collection[str], now: datetime
) -> None:
    """The same for these people, where a review is called: something of theirs was decided."""
    review = await reviews.open_review(session, workspace_id)
    if review is None:
        return
    # In one order everywhere, so that two transactions never wait for each other.
    for person in sorted(set(people) - {""}):
        await again(session, workspace_id, review, person, now)


async def notice(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """What a review will walk of somebody's, told within their working hours before it begins."""
    which, _, person = delivery.subject.partition(":")
    review = await reviews.find(session, delivery.workspace_id, int(which))
    who = await hearers(session, delivery.workspace_id, [person])
    reader, now = who.person(person), delivery.claimed_at
    if review is None or not is_here(reader):
        return None
    hours, is_posted = hours_of(who.programme, reader), delivery.message_ts is not None
    if not is_posted and review.stage is not Stage.CALLED:
        return None
    if not is_posted and not hours.is_at_work(now):
        return Later(at=hours.next_at_work(now))
    told = await _told(session, review, who, person, now)
    return Outgoing(message=notice_message(told)) if is_posted or told.coming else None


async def _told(
    session: AsyncSession, review: Review, who: Hearers, person: str, now: datetime
) -> Notice:
    team = review.workspace
    whose = await promisers(session, team, who, person)
    kept = await digests.kept_by(session, team, whose)
    decided = await stored.decided(session, team, whose, review.called_at)
    return Notice(
        review=review,
        reader=person,
        today=hours_of(who.programme, who.person(person)).today(now),
        coming=coming(kept, review.due_on, decided),
        decided=decided,
    )


DELIVERIES = {NOTICE: notice}
