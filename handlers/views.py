"""What a form or a card shows of a postmortem, read in one go."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.postmortems import PostmortemView
from domain.agreements import can_agree
from domain.completeness import Filled, filled
from domain.postmortems import Postmortem
from storage import meta_reviews
from storage.whole import Whole, read_all

#: How far back a card looks for incidents of the same class (PRODUCT.md, the card).
LOOKING_BACK = timedelta(days=183)


async def of_postmortem(
    session: AsyncSession, postmortem: Postmortem, now: datetime | None = None
) -> PostmortemView:
    """Everything the card and the postmortem's own form show; with `now`, what has run out too."""
    whole = await read_all(session, postmortem, postmortem.facts.started_at - LOOKING_BACK)
    return PostmortemView(
        postmortem=postmortem,
        filled=_filled(postmortem, whole),
        edits=whole.edits,
        entries=whole.entries,
        factors=whole.factors,
        items=whole.items,
        risks=whole.risks,
        passages=whole.passages,
        classes=whole.classes,
        earlier=whole.earlier,
        inherited=whole.inherited,
        agreements=whole.agreements,
        left=_left(postmortem, whole),
        meeting=whole.meeting,
        chair_has_left=_chair_has_left(whole),
        publication=whole.publication,
        today=now and now.date(),
        is_meta=await _is_meta(session, postmortem),
    )


async def _is_meta(session: AsyncSession, postmortem: Postmortem) -> bool:
    """Whether it is a meta-review's; what has a channel is an incident's, and nobody is asked."""
    if postmortem.channel is not None:
        return False
    return await meta_reviews.find(session, postmortem.workspace, postmortem.id) is not None


def _filled(postmortem: Postmortem, whole: Whole) -> Filled:
    return filled(
        postmortem,
        entries=whole.entries,
        factors=len(whole.factors),
        decisions=len(whole.items) + len(whole.risks),
        written=whole.passages,
        classes=len(whole.classes),
        items=whole.items,
    )


def _left(postmortem: Postmortem, whole: Whole) -> set[str]:
    """The responders who cannot agree any more, as far as is known."""
    met = [whole.met[each] for each in postmortem.facts.responders if each in whole.met]
    return {each.id for each in met if not can_agree(each)}


def _chair_has_left(whole: Whole) -> bool:
    if whole.meeting is None or whole.meeting.signed_off_at is not None:
        return False
    chair = whole.met.get(whole.meeting.facilitator)
    return chair is not None and chair.is_deactivated
