"""That no monthly review was closed: after a month, then plainly after every quarter (rule 20)."""

from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.review_alerts import alert_message
from domain.programme import Programme
from domain.review_alerts import Pause
from domain.review_plan import A_MONTH
from handlers.hearers import hearers
from handlers.hours import hours_of
from handlers.orphans import lead_here
from handlers.outgoing import Later, Outgoing
from handlers.review_hours import hours_by
from storage import (
    deliveries,
    review_alerts,
    review_entries,
    review_notices,
    reviews,
    workspaces,
)
from storage.deliveries import Delivery

log = structlog.get_logger(__name__)

#: One alert; its subject is the day since when, a colon and its number.
ALERT = "review_alert"


async def alert(
    session: AsyncSession, workspace_id: str, since: datetime, number: int, now: datetime
) -> None:
    """Owe the alert to the channel of the reviews, else engineering's, else the organisation's.

    Where none is named the programme lead gets it, who hears too where it cannot be posted; where
    nobody leads, the log alone.
    """
    programme = await workspaces.programme(session, workspace_id)
    lead = await lead_here(session, workspace_id)
    place = _channel(programme) or lead
    if not place:
        log.warning("no_review_closed", workspace=workspace_id, since=since.isoformat())
        return
    subject = f"{since.date().isoformat()}:{number}"
    await deliveries.enqueue(
        session, workspace_id, ALERT, subject, channel=place, due_at=now, asked_by=lead
    )


def _channel(programme: Programme) -> str:
    named = (programme.review_channel, programme.engineering_channel)
    return next(filter(None, (*named, programme.organisation_channel)), "")


async def said(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """How long no review was closed and what that has cost; nothing once one was closed.

    The lead is told within their working hours.
    """
    team, now = delivery.workspace_id, delivery.claimed_at
    on, _, number = delivery.subject.partition(":")
    closed = await reviews.last_closed(session, team)
    since = closed.closed_at if closed else await review_alerts.first_written(session, team)
    if since is None or since.date().isoformat() != on:
        return None
    if at := await _later(session, delivery):
        return Later(at=at)
    programme = await workspaces.programme(session, team)
    today = (await hours_by(session, team, programme)).today(now)
    current = await reviews.open_review(session, team)
    counts = await review_entries.counts(session, current.id or 0) if current else None
    pause = Pause(
        since=since.date(),
        today=today,
        number=int(number),
        is_first=closed is None,
        numbers=await review_alerts.numbers(session, team, since, today),
        waiting=await review_notices.counts(session, team, today + A_MONTH),
        channel=programme.review_channel,
        current=current,
        owed=counts.owed if counts else 0,
    )
    return Outgoing(message=alert_message(pause))


async def _later(session: AsyncSession, delivery: Delivery) -> datetime | None:
    """When the lead is at work next, if they are to be told and are not; else None."""
    who, now = await hearers(session, delivery.workspace_id, []), delivery.claimed_at
    if delivery.message_ts or delivery.channel != who.programme.lead:
        return None
    at = hours_of(who.programme, who.person(delivery.channel)).next_at_work(now)
    return at if at > now else None


DELIVERIES = {ALERT: said}
