"""An incident's channel is archived: what was promised there goes on elsewhere.

The card there changes no more, so whoever owns an item of it, or accepted a risk, is told once
where to decide now; and nothing more is sent there until somebody opens the channel again.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.archived import archived_message
from domain.agreements import can_agree as is_here
from domain.postmortems import Postmortem
from handlers.outgoing import Outgoing
from handlers.people import nobody
from storage import accepted_risks, action_items, closed_channels, deliveries, people, postmortems
from storage.deliveries import Delivery
from storage.departures import LIVE
from storage.engine import Sessions

log = structlog.get_logger(__name__)

ARCHIVED = "archived"


def register(app: AsyncApp) -> None:
    """Register what tells that a channel was archived, or opened again."""
    for kind in ("channel", "group"):
        app.event(f"{kind}_archive")(closed)
        app.event(f"{kind}_unarchive")(opened)


async def closed(
    event: dict[str, Any], sessions: Sessions, team_id: str, now: Callable[[], datetime]
) -> None:
    """Tell those who promised something in the channel; what waits to be sent there is let go."""
    async with sessions.begin() as session:
        await closed_channels.let_go(session, team_id, event["channel"], now())
        postmortem = await postmortems.in_channel(session, team_id, event["channel"])
        if postmortem is None:
            return
        for person in await _concerned(session, postmortem):
            subject = f"{postmortem.id}:{person}"
            await deliveries.enqueue(
                session, team_id, ARCHIVED, subject, channel=person, due_at=now()
            )
        log.info("channel_archived", postmortem=postmortem.key)


async def opened(
    event: dict[str, Any], sessions: Sessions, team_id: str, now: Callable[[], datetime]
) -> None:
    """Send the channel what it missed."""
    async with sessions.begin() as session:
        await deliveries.hurry(session, team_id, event["channel"], now())


async def _concerned(session: AsyncSession, postmortem: Postmortem) -> list[str]:
    """Who owns a live item of it or accepted a risk that stands, and is here."""
    items = await action_items.items(session, postmortem.id)
    risks = await accepted_risks.risks(session, postmortem.id)
    wanted = {each.owner for each in items if each.state in LIVE}
    wanted |= {each.accepter for each in risks if each.stands}
    met = await people.known(session, postmortem.workspace, wanted)
    return sorted(each for each in wanted if is_here(met.get(each, nobody(each))))


async def told(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """What one person promised there still, and where to decide about it."""
    postmortem_id, _, person = delivery.subject.partition(":")
    postmortem = await postmortems.find(session, delivery.workspace_id, int(postmortem_id))
    if postmortem is None:
        return None
    items = await action_items.items(session, postmortem.id)
    mine = [each for each in items if each.owner == person and each.state in LIVE]
    risks = await accepted_risks.risks(session, postmortem.id)
    accepted = [each for each in risks if each.accepter == person and each.stands]
    if not mine and not accepted:
        return None
    return Outgoing(message=archived_message(postmortem, mine, accepted))


DELIVERIES = {ARCHIVED: told}
