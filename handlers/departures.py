"""Somebody leaves who answers for something: it is on record, and goes on to the lead (rule 16)."""

from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import HistoryEntry
from domain.news import OWNER_LEFT
from domain.postmortems import Postmortem
from handlers import by_itself, orphans
from handlers.facilitators import name_of
from handlers.handovers import give_back
from handlers.kept_items import Deed
from storage import (
    action_items,
    deliveries,
    departures,
    handovers,
    item_history,
    meetings,
    postmortems,
    workspaces,
)

log = structlog.get_logger(__name__)


async def left(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """See to what somebody who has left owned, was asked to take on, accepted, led or chaired.

    Saying it again changes nothing: what is on record is not recorded twice, and each message is
    one. What they asked others to take on waits on for an answer.
    """
    why = f"{await name_of(session, workspace_id, person)} has left the workspace."
    asked = await handovers.of_asked(session, workspace_id, person)
    owned = await departures.items_of(session, workspace_id, person)
    locked = {
        which: await postmortems.lock(session, workspace_id, which)
        # In one order everywhere, so that two transactions never wait for each other: the latest
        # first, as an incident does that marks earlier items ineffective.
        for which in sorted(
            {each.postmortem_id for each in asked} | {at.postmortem_id for at, _ in owned},
            reverse=True,
        )
    }
    for where in asked:
        await give_back(session, locked[where.postmortem_id], where.item_id, now, why)
    for at, item in owned:
        deed = Deed(by="", at=now, event=OWNER_LEFT, reason=why)
        await _record(session, locked[at.postmortem_id], item.id or 0, deed)
    await orphans.owe(session, workspace_id, person, now)
    if (await workspaces.programme(session, workspace_id)).lead == person:
        await _without_lead(session, workspace_id, now)
    await _redraw(session, workspace_id, person, now)


async def _record(session: AsyncSession, postmortem: Postmortem, item_id: int, deed: Deed) -> None:
    found = await action_items.item(session, postmortem.workspace, item_id)
    if found is None:
        return
    if _is_recorded(found[1].owner, await item_history.of_item(session, item_id)):
        return
    log.info("owner_left", postmortem=postmortem.key)
    await by_itself.keep(session, postmortem, found[1], found[1], deed)


def _is_recorded(owner: str, history: list[HistoryEntry]) -> bool:
    """Whether it says already that this owner left, who owns it and did nothing to it since."""
    for entry in reversed(history):
        if entry.event == OWNER_LEFT or "owner" in entry.changes or entry.actor == owner:
            return entry.event == OWNER_LEFT
    return False


async def _without_lead(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """The lead left: what waited for them is for whoever is here, and somebody is to be named."""
    await orphans.owe_no_lead(session, workspace_id, now)
    for person in await departures.left_behind(session, workspace_id):
        await orphans.owe(session, workspace_id, person, now)


async def back(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """Somebody came back: they own what they owned, and whoever was told so reads it.

    That is the last word of these messages: should they leave again, there will be new ones.
    """
    await orphans.show_again(session, workspace_id, person, now)
    await orphans.close(session, workspace_id, person, now)
    if (await workspaces.programme(session, workspace_id)).lead == person:
        await orphans.lead_changed(session, workspace_id, person, now)
    await _redraw(session, workspace_id, person, now)


async def _redraw(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """Owe the cards of the reviews that somebody who has left was to chair."""
    for which in await meetings.chaired_by(session, workspace_id, person):
        await deliveries.again(session, workspace_id, ["card"], str(which), now=now)
