"""Items that somebody was asked to take on and that return, for nobody answered (rule 16)."""

from datetime import datetime

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.decisions import Decided, Decision, Moment, decide
from domain.news import RETURNED
from domain.postmortems import Postmortem
from handlers.by_itself import keep
from handlers.kept_items import Deed
from storage import action_items, handovers, postmortems, workspaces
from storage.engine import Sessions
from storage.handovers import Where

log = structlog.get_logger(__name__)

#: So many are returned at one strike of the clock; the others at the next.
AT_ONCE = 50


async def return_unanswered(sessions: Sessions, _client: AsyncWebClient, now: datetime) -> None:
    """Return to their owners the items that nobody took on in time."""
    async with sessions() as session:
        waited = await handovers.unanswered(session, now, AT_ONCE)
    for where in waited:
        async with sessions.begin() as session:
            await _return_one(session, where, now)


async def _return_one(session: AsyncSession, where: Where, now: datetime) -> None:
    postmortem = await postmortems.lock(session, where.workspace_id, where.postmortem_id)
    # Meanwhile it may have been answered, or another replica have returned it.
    if await handovers.is_unanswered(session, where.item_id, now):
        await give_back(session, postmortem, where.item_id, now)
        log.info("handover_returned", postmortem=postmortem.key)


async def give_back(
    session: AsyncSession, postmortem: Postmortem, item_id: int, now: datetime, why: str = ""
) -> None:
    """Ask nobody any more to take an item on; `why`, where it is not for their silence.

    The postmortem must be locked.
    """
    found = await action_items.item(session, postmortem.workspace, item_id)
    if found is None or not found[1].proposed_owner:
        return
    item = found[1]
    programme = await workspaces.programme(session, postmortem.workspace)
    at = Moment(by="", now=now, today=now.date(), programme=programme)
    kept = decide(item, Decided(decision=Decision.DECLINE), at)
    deed = Deed(by="", at=now, event=RETURNED, reason=why)
    await keep(session, postmortem, item, kept, deed)


SCHEDULE = {"handovers": return_unanswered}
