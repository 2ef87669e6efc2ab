"""What a form or a card shows of a postmortem, read in one go."""

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.postmortems import PostmortemView
from domain.completeness import filled
from domain.postmortems import Postmortem
from storage import (
    accepted_risks,
    action_items,
    contributing_factors,
    sections,
    timeline,
)


async def of_postmortem(session: AsyncSession, postmortem: Postmortem) -> PostmortemView:
    """Everything the card and the postmortem's own form show."""
    entries = await timeline.entries(session, postmortem.id)
    factors = await contributing_factors.factors(session, postmortem.id)
    items = await action_items.items(session, postmortem.id)
    risks = await accepted_risks.risks(session, postmortem.id)
    decisions = len(items) + len(risks)
    return PostmortemView(
        postmortem=postmortem,
        edits=await sections.edits(session, postmortem.id),
        entries=entries,
        factors=factors,
        items=items,
        risks=risks,
        filled=filled(postmortem, entries=len(entries), factors=len(factors), decisions=decisions),
    )
