"""How a workspace's monthly reviews stand: what the clock goes by, and what foresees it."""

from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.review_plan import Situation, next_occasion
from handlers.review_alerts import ALERT
from handlers.review_hours import hours_by
from storage import review_alerts, reviews, workspaces


async def situation(session: AsyncSession, workspace_id: str, now: datetime) -> Situation:
    """Read it, with whether the next review would have anything to walk."""
    known = await _known(session, workspace_id)
    if known.since is not None:
        day = known.since.date()
        said = await review_alerts.last_said(session, workspace_id, ALERT, day)
        known = replace(known, alerted=said)
    on = max(next_occasion(known, now).due_on, known.hours.today(now))
    is_open = await review_alerts.is_anything_open(session, workspace_id, on)
    return replace(known, is_anything_open=is_open)


async def _known(session: AsyncSession, workspace_id: str) -> Situation:
    programme = await workspaces.programme(session, workspace_id)
    last = await reviews.last(session, workspace_id)
    closed = await reviews.last_closed(session, workspace_id)
    written = None if closed else await review_alerts.first_written(session, workspace_id)
    return Situation(
        programme=programme,
        hours=await hours_by(session, workspace_id, programme),
        reviews_since=await reviews.since(session, workspace_id),
        last_due_on=last.due_on if last else None,
        left_out_on=await reviews.left_out_on(session, workspace_id),
        last_closed_at=closed.closed_at if closed else None,
        first_written_at=written,
        current=await reviews.open_review(session, workspace_id),
    )
