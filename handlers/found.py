"""What was found in a channel's history and ticked goes into the timeline, in one transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import backfill as forms
from blocks.forms import opened, remembered
from domain.candidates import Candidate
from domain.errors import RuleBroken
from domain.postmortems import Postmortem, Section
from domain.proposals import Proposal, added
from domain.timeline import check_timeline
from handlers.answers import Repeated, answering, submission_of
from handlers.entries import put
from handlers.opening import Opening, tell_nobody
from handlers.permalinks import link
from handlers.sections import Made, keep
from storage import postmortems, proposals, sections, timeline
from storage.engine import Sessions

log = structlog.get_logger(__name__)

ANSWERED = (
    "What was found here is a day old, or was added already. Press “Find it in the channel” "
    "again: what is in the timeline is not proposed twice."
)
NOTHING_TICKED = "Tick what belongs into the timeline, or close this window."


async def add(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
) -> None:
    """Put what is ticked into the timeline, then ask Slack where each message is."""
    async with answering(ack, view):
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            postmortem = await postmortems.lock(session, team_id, opened(view).postmortem_id)
            if await sections.was_submitted(
                session, postmortem.id, Section.TIMELINE, made.submission
            ):
                raise Repeated
            chosen = await _chosen(session, postmortem, view, user_id)
            await _put(session, postmortem, chosen, made)
            await proposals.drop(session, remembered(view)["proposal"])
        log.info("entries_added", postmortem=postmortem.key, number=len(chosen))
        ts = [each.message_ts for each in chosen]
        opening.begin(link(client, sessions, postmortem, ts, made), tell_nobody)


async def _chosen(
    session: AsyncSession, postmortem: Postmortem, view: dict[str, Any], user_id: str
) -> list[Candidate]:
    about, proposal = await proposed(
        session, postmortem.workspace, remembered(view)["proposal"], user_id
    )
    if about != postmortem.id:  # what one channel says stays its own
        raise RuleBroken(forms.FIELD, ANSWERED)
    ticked = set(forms.read_ticks(view, proposal))
    if not ticked:
        raise RuleBroken(forms.FIELD, NOTHING_TICKED)
    return [each for each in proposal.candidates if each.message_ts in ticked]


async def _put(
    session: AsyncSession, postmortem: Postmortem, chosen: list[Candidate], made: Made
) -> None:
    old = await timeline.entries(session, postmortem.id)
    new = check_timeline(added(old, chosen, postmortem.channel or ""), made.at, forms.FIELD)
    await put(session, postmortem, old, new, made)
    await keep(session, postmortem, Section.TIMELINE, made)


async def proposed(
    session: AsyncSession, team_id: str, proposal_id: int, user_id: str
) -> tuple[int, Proposal]:
    """The postmortem and what was found for it; RuleBroken when that is gone or another's."""
    found = await proposals.find(session, team_id, proposal_id, user_id)
    if found is None:
        raise RuleBroken(forms.FIELD, ANSWERED)
    return found
