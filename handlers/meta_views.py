"""What a meta-review shows, as it stands now, and the message that it lives in."""

from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.meta_beginning import chair_message
from blocks.meta_patterns import Known, MetaView
from blocks.meta_reviews import INCIDENTS_SHOWN, PATTERNS_SHOWN, meta_message
from domain.meta_reviews import MetaReview
from domain.quarters import bounds, compared
from handlers.outgoing import Outgoing
from handlers.review_hours import hours_here
from storage import accepted_risks, action_items, meta_reviews, postmortems, trends
from storage.deliveries import Delivery


async def view_of(
    session: AsyncSession, workspace_id: str, postmortem_id: int, now: datetime
) -> MetaView:
    """The meta-review of this postmortem; NotFound where it is none, or not of this workspace."""
    meta = await meta_reviews.find(session, workspace_id, postmortem_id)
    postmortem = await postmortems.find(session, workspace_id, postmortem_id)
    if meta is None or postmortem is None:
        raise postmortems.NotFound
    hours = await hours_here(session, workspace_id)
    edges = bounds(compared(meta.over), hours.zone)
    return MetaView(
        meta=meta,
        postmortem=postmortem,
        quarters=compared(meta.over),
        trends=await trends.trends(session, workspace_id, edges),
        incidents=await trends.incidents(session, workspace_id, edges[-2], edges[-1]),
        fixes=await meta_reviews.fixes(session, postmortem_id),
        items=await action_items.items(session, postmortem_id),
        risks=await accepted_risks.risks(session, postmortem_id),
        counted_at=now,
        today=hours.today(now),
    )


async def known_of(
    session: AsyncSession, meta: MetaReview, class_id: int, *, most: int, after: int = 0
) -> Known:
    """The incidents behind a class, in all the quarters compared; of the public ones one page."""
    zone = (await hours_here(session, meta.workspace_id)).zone
    edges = bounds(compared(meta.over), zone)
    shown, public, private = await trends.behind(
        session, meta.workspace_id, class_id, (edges[0], edges[-1]), most=most, after=after
    )
    return Known(shown=shown, public=public, private=private)


async def posted(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """The message in the review channel, with a chart where Slack draws one."""
    which = int(delivery.subject)
    meta = await meta_reviews.find(session, delivery.workspace_id, which)
    if meta is None:
        return None
    view = await view_of(session, meta.workspace_id, which, delivery.due_at or meta.called_at)
    behind = {
        each.class_id: await known_of(session, meta, each.class_id, most=INCIDENTS_SHOWN)
        for each in view.patterns[:PATTERNS_SHOWN]
    }
    view = replace(view, behind=behind)
    return Outgoing(message=meta_message(view), fallback=meta_message(view, with_chart=False))


async def chair_told(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """What it is to chair a meta-review; None where it is closed already."""
    meta = await meta_reviews.find(session, delivery.workspace_id, int(delivery.subject))
    if meta is None or meta.closed_at is not None:
        return None
    return Outgoing(message=chair_message(meta))
