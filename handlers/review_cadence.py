"""When monthly reviews are held and how the one that is called stands: a few small reads."""

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.programme import Programme
from domain.review_plan import Situation
from handlers.review_hours import hours_by
from storage import reviews


async def cadence(session: AsyncSession, workspace_id: str, programme: Programme) -> Situation:
    """What `domain.review_calendar` goes by; whether anything is open, and alerts, are not read."""
    last = await reviews.last(session, workspace_id)
    closed = await reviews.last_closed(session, workspace_id)
    return Situation(
        programme=programme,
        hours=await hours_by(session, workspace_id, programme),
        reviews_since=await reviews.since(session, workspace_id),
        last_due_on=last.due_on if last else None,
        left_out_on=await reviews.left_out_on(session, workspace_id),
        last_closed_at=closed.closed_at if closed else None,
        current=await reviews.open_review(session, workspace_id),
    )
