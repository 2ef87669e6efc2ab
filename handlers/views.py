"""What a form or a card shows of a postmortem, read in one go."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.postmortems import PostmortemView
from domain.causal_classes import CausalClass, Earlier
from domain.completeness import filled
from domain.meetings import Meeting
from domain.postmortems import Postmortem
from handlers import asking
from handlers.facilitators import gone
from storage import (
    accepted_risks,
    action_items,
    agreements,
    causal_classes,
    contributing_factors,
    inherited,
    meetings,
    passages,
    publishing,
    sections,
    timeline,
)

#: How far back a card looks for incidents of the same class (PRODUCT.md, the card).
LOOKING_BACK = timedelta(days=183)


async def of_postmortem(session: AsyncSession, postmortem: Postmortem) -> PostmortemView:
    """Everything the card and the postmortem's own form show."""
    entries = await timeline.entries(session, postmortem.id)
    factors = await contributing_factors.factors(session, postmortem.id)
    items = await action_items.items(session, postmortem.id)
    risks = await accepted_risks.risks(session, postmortem.id)
    decisions = len(items) + len(risks)
    classes = await causal_classes.of_postmortem(session, postmortem.id)
    meeting = await meetings.meeting(session, postmortem.id)
    written = await passages.written(session, postmortem.id)
    return PostmortemView(
        postmortem=postmortem,
        edits=await sections.edits(session, postmortem.id),
        entries=entries,
        factors=factors,
        items=items,
        risks=risks,
        passages=written,
        classes=classes,
        earlier=await _earlier(session, postmortem, classes),
        inherited=await inherited.lines(session, postmortem.id),
        agreements=await agreements.agreements(session, postmortem.id),
        left=await asking.left(session, postmortem),
        meeting=meeting,
        chair_has_left=await _has_left(session, postmortem, meeting),
        publication=await publishing.publication(session, postmortem.id),
        filled=filled(
            postmortem,
            entries=entries,
            factors=len(factors),
            decisions=decisions,
            written=written,
            classes=len(classes),
        ),
    )


async def _has_left(session: AsyncSession, postmortem: Postmortem, meeting: Meeting | None) -> bool:
    if meeting is None or meeting.signed_off_at is not None:
        return False
    chair = meeting.facilitator
    return chair in await gone(session, postmortem.workspace, [chair])


async def _earlier(
    session: AsyncSession, postmortem: Postmortem, classes: Sequence[CausalClass]
) -> list[Earlier]:
    if not classes:
        return []
    return await causal_classes.earlier(
        session,
        postmortem.workspace,
        postmortem.id,
        [each.id for each in classes],
        since=postmortem.facts.started_at - LOOKING_BACK,
    )
