"""What a form or a card shows of a postmortem, read in one go."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.postmortems import PostmortemView
from domain.causal_classes import CausalClass, Earlier
from domain.completeness import filled
from domain.postmortems import Postmortem
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
    return PostmortemView(
        postmortem=postmortem,
        edits=await sections.edits(session, postmortem.id),
        entries=entries,
        factors=factors,
        items=items,
        risks=risks,
        passages=await passages.written(session, postmortem.id),
        classes=classes,
        earlier=await _earlier(session, postmortem, classes),
        inherited=await inherited.lines(session, postmortem.id),
        agreements=await agreements.agreements(session, postmortem.id),
        meeting=await meetings.meeting(session, postmortem.id),
        publication=await publishing.publication(session, postmortem.id),
        filled=filled(postmortem, entries=len(entries), factors=len(factors), decisions=decisions),
    )


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
