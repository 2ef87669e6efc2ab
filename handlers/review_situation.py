"""How a workspace's monthly reviews stand: what the clock goes by, and what foresees it."""

from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.review_plan import Situation, next_occasion
from handlers.review_alerts import ALERT
from handlers.review_cadence import cadence
from storage import review_alerts, workspaces


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
    known = await cadence(session, workspace_id, programme)
    if known.last_closed_at is not None:
        return known
    written = await review_alerts.first_written(session, workspace_id)
    return replace(known, first_written_at=written)
