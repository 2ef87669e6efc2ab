"""An incident of a class whose fix was verified: that is ineffective, and it is said (rule 13).

Asked when an incident gets its classes, whatever else is written then. What is imported is the
past: it marks nothing.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.causal_classes import CausalClass, merged
from domain.news import INEFFECTIVE
from domain.postmortems import Postmortem
from handlers import by_itself
from handlers.kept_items import Deed
from handlers.sections import Before
from storage import action_items, causal_classes, ineffective, postmortems, workspaces

log = structlog.get_logger(__name__)


async def mark(
    session: AsyncSession, postmortem: Postmortem, classes: Collection[CausalClass], now: datetime
) -> None:
    """Mark the verified items of earlier incidents of these classes; their owners and lead hear.

    An item that is marked is not verified any more, so nothing is marked twice. All of them must be
    locked (`lock_concerned`).
    """
    names = {each.id: each.name for each in classes}
    found, locked = await _found(session, postmortem, names)
    for which, item_id, class_id in found:
        why = _why(postmortem, names[class_id])
        deed = Deed(by="", at=now, event=INEFFECTIVE, reason=why)
        await _mark_one(session, locked[which], item_id, deed)


def locking(team_id: str, postmortem_id: int, chosen: Collection[int] | None) -> Before | None:
    """What an incident that gets these classes locks before itself; nothing where it gets none."""
    if chosen is None:
        return None
    return partial(lock_concerned, workspace_id=team_id, postmortem_id=postmortem_id, chosen=chosen)


async def lock_concerned(
    session: AsyncSession, workspace_id: str, postmortem_id: int, chosen: Collection[int]
) -> None:
    """Lock an incident that is to get these classes with those whose items that would mark.

    Of two incidents either may have been written down first, and in one order everywhere, the
    latest first, two transactions never wait for each other. The workspace is locked before: until
    the transaction ends its classes are neither merged nor given to another incident.
    """
    await workspaces.ensure(session, workspace_id)
    postmortem = await postmortems.find(session, workspace_id, postmortem_id)
    if postmortem is None:
        return
    known = await causal_classes.taxonomy(session, workspace_id, retired=True)
    began = postmortem.facts.started_at
    classes = merged([*chosen], known)
    found = await ineffective.verified(session, workspace_id, postmortem_id, classes, began)
    await ineffective.lock(session, {postmortem_id, *(which for which, _, _ in found)})


async def _found(
    session: AsyncSession, postmortem: Postmortem, class_ids: Collection[int]
) -> tuple[list[tuple[int, int, int]], dict[int, Postmortem]]:
    began, where = postmortem.facts.started_at, (postmortem.workspace, postmortem.id)
    found = await ineffective.verified(session, *where, class_ids, began)
    locked = {
        which: await postmortems.lock(session, postmortem.workspace, which)
        # Locked already, but where the incident's beginning was changed meanwhile.
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
