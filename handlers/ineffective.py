"""An incident of a class whose fix was verified: that is ineffective, and it is said (rule 13).

Asked when an incident gets its classes, whatever else is written then. What is imported is the
past: it marks nothing.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.causal_classes import CausalClass
from domain.news import INEFFECTIVE
from domain.postmortems import Postmortem
from handlers import by_itself
from handlers.kept_items import Deed
from storage import action_items, ineffective, postmortems

log = structlog.get_logger(__name__)


async def mark(
    session: AsyncSession, postmortem: Postmortem, classes: Collection[CausalClass], now: datetime
) -> None:
    """Mark the verified items of earlier incidents of these classes; their owners and lead hear.

    An item that is marked is not verified any more, so nothing is marked twice.
    """
    names = {each.id: each.name for each in classes}
    found, locked = await _found(session, postmortem, names)
    for which, item_id, class_id in found:
        why = _why(postmortem, names[class_id])
        deed = Deed(by="", at=now, event=INEFFECTIVE, reason=why)
        await _mark_one(session, locked[which], item_id, deed)


async def lock_earlier(
    session: AsyncSession, postmortem: Postmortem, class_ids: Collection[int]
) -> None:
    """Lock the incidents whose items these classes would mark.

    Before anything waits for the classes themselves: whoever merges two holds their incidents.
    """
    await _found(session, postmortem, class_ids)


async def _found(
    session: AsyncSession, postmortem: Postmortem, class_ids: Collection[int]
) -> tuple[list[tuple[int, int, int]], dict[int, Postmortem]]:
    began, where = postmortem.facts.started_at, (postmortem.workspace, postmortem.id)
    found = await ineffective.verified(session, *where, class_ids, began)
    locked = {
        which: await postmortems.lock(session, postmortem.workspace, which)
        # In one order everywhere, so that two transactions never wait for each other: the latest
        # first, for this incident's own lock is held already.
        for which in sorted({which for which, _, _ in found}, reverse=True)
    }
    return found, locked


def _why(postmortem: Postmortem, name: str) -> str:
    which = "an incident in a private channel" if postmortem.is_private else postmortem.key
    return f"{which} has the same causal class, “{name}”, and began after this was verified."


async def _mark_one(session: AsyncSession, earlier: Postmortem, item_id: int, deed: Deed) -> None:
    found = await action_items.item(session, earlier.workspace, item_id)
    if found is None or found[1].state is not ItemState.VERIFIED:
        return
    marked = replace(found[1], state=ItemState.INEFFECTIVE)
    await by_itself.keep(session, earlier, found[1], marked, deed)
    log.info("item_ineffective", postmortem=earlier.key)
