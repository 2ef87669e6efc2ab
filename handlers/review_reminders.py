"""A review that is not closed: who owes a decision hears of it, then the lead (rule 20).

Both messages live: they show what was decided since, wherever that was done.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import structlog
from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.review_reminders import DECIDED_MOST, SHOWN_MOST, owing_message, stuck_message
from domain.agreements import can_agree as is_here
from domain.review_alerts import Owing, Stuck
from domain.reviews import Review, Stage
from handlers import review_alerts
from handlers.hearers import Hearers, hearers, promisers
from handlers.hours import hours_of
from handlers.orphans import lead_here
from handlers.outgoing import Later, Outgoing
from handlers.people import nobody
from handlers.review_reminded import OWED, STUCK
from storage import deliveries, people, review_owed, reviews, workspaces
from storage.deliveries import Delivery

log = structlog.get_logger(__name__)

#: More nobody owes at once; it is counted no further.
_OWED_MOST = 500


def register(app: AsyncApp) -> None:
    """Register nothing: the buttons are those of items everywhere, and of the review."""
    del app


async def remind(session: AsyncSession, review: Review, now: datetime) -> None:
    """Owe everybody who has something to decide a reminder, and whoever chairs one to close it.

    What somebody has to decide who has left is for the programme lead. The workspace must be
    locked.
    """
    locked = await reviews.lock(session, review.workspace, review.id or 0)
    if locked is None or locked.stage is not Stage.UNDER_WAY or locked.reminded_at is not None:
        return
    owing = await review_owed.owing(session, locked.id or 0)
    who = await hearers(session, locked.workspace, {*owing, locked.facilitator})
    asked = {reader.id for each in owing if (reader := who.of(each))}
    if is_here(who.person(locked.facilitator)):
        asked.add(locked.facilitator)
    for person in sorted(asked):
        await deliveries.enqueue(
            session, locked.workspace, OWED, f"{locked.id}:{person}", channel=person, due_at=now
        )
    await reviews.change(session, replace(locked, reminded_at=now))
    log.info("monthly_review_reminded", review=locked.id, people=len(asked))


async def escalate(session: AsyncSession, review: Review, now: datetime) -> None:
    """Owe the programme lead word of it; where nobody leads, the review's channel.

    The workspace must be locked.
    """
    locked = await reviews.lock(session, review.workspace, review.id or 0)
    if locked is None or locked.stage is not Stage.UNDER_WAY or locked.escalated_at is not None:
        return
    place = await lead_here(session, locked.workspace) or locked.channel
    await deliveries.enqueue(
        session, locked.workspace, STUCK, str(locked.id), channel=place, due_at=now
    )
    await reviews.change(session, replace(locked, escalated_at=now))
    log.info("monthly_review_escalated", review=locked.id)


async def owed(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """What somebody still has to decide, told within their working hours."""
    which, _, person = delivery.subject.partition(":")
    review = await reviews.find(session, delivery.workspace_id, int(which))
    who = await hearers(session, delivery.workspace_id, [person])
    reader, now = who.person(person), delivery.claimed_at
    if review is None or not is_here(reader):
        return None
    hours, is_posted = hours_of(who.programme, reader), delivery.message_ts is not None
    if not is_posted and not hours.is_at_work(now):
        return Later(at=hours.next_at_work(now))
    owing = await _owing(session, delivery, review, who, person)
    needs_them = review.stage is Stage.UNDER_WAY and (owing.mine or owing.chairs)
    return Outgoing(message=owing_message(owing)) if is_posted or needs_them else None


async def _owing(
    session: AsyncSession, delivery: Delivery, review: Review, who: Hearers, person: str
) -> Owing:
    whose: Collection[str] = await promisers(session, review.workspace, who, person)
    which, numbers = review.id or 0, await review_owed.owing(session, review.id or 0)
    return Owing(
        review=review,
        reader=person,
        today=hours_of(who.programme, who.person(person)).today(delivery.claimed_at),
        mine=await review_owed.of_owners(session, which, whose, _OWED_MOST),
        others={owner: number for owner, number in numbers.items() if owner not in whose},
        decided=await review_owed.decided(session, which, whose, delivery.created_at, DECIDED_MOST),
    )


async def stuck(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """What a review waits for, told to the lead within their hours, or to its channel."""
    team, now = delivery.workspace_id, delivery.claimed_at
    review = await reviews.find(session, team, int(delivery.subject))
    if review is None:
        return None
    is_posted = delivery.message_ts is not None
    if not is_posted and review.stage is not Stage.UNDER_WAY:
        return None
    programme = await workspaces.programme(session, team)
    lead = "" if delivery.channel == review.channel else delivery.channel
    met = await people.known(session, team, [lead or review.facilitator])
    reader = lead or review.facilitator
    hours = hours_of(programme, met.get(reader, nobody(reader)))
    if lead and not is_posted and not hours.is_at_work(now):
        return Later(at=hours.next_at_work(now))
    which = review.id or 0
    told = Stuck(
        review=review,
        lead=lead,
        today=hours.today(now),
        days=programme.escalated_days,
        owed=await review_owed.of_all(session, which, SHOWN_MOST),
        number=sum((await review_owed.owing(session, which)).values()),
    )
    return Outgoing(message=stuck_message(told))


DELIVERIES = {OWED: owed, STUCK: stuck, **review_alerts.DELIVERIES}
