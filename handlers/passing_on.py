"""Passing the chair of a review on to another peer (rule 8)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import facilitators as forms
from blocks.meetings import HAND_ON, HANDING_ON
from domain.meetings import (
    Meeting,
    check_facilitator,
    check_has_meeting,
    check_may_pass_on,
)
from domain.postmortems import REASON_MAX, Postmortem, check_length
from domain.record import Event
from handlers.answers import answering, submission_of
from handlers.chairs import Draft, chair_opener
from handlers.facilitators import check_new_chair, gone, name_of, peer, turns
from handlers.meetings import called, owe_facilitator, remember
from handlers.sections import Made
from storage import meetings, postmortems, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)


def register(app: AsyncApp) -> None:
    """Register the form that passes the chair on."""
    app.action(HAND_ON)(chair_opener(pass_on_form))
    app.view(HANDING_ON)(save_pass_on)


async def pass_on_form(session: AsyncSession, postmortem: Postmortem, user_id: str) -> Draft:
    """The form that passes the chair of a review on."""
    meeting = await called(session, postmortem)
    await _check_passes_on(session, postmortem, meeting, user_id)
    return Draft(
        postmortem=postmortem,
        in_turn=await turns(session, postmortem, meeting.facilitator),
        draw=lambda turn: forms.pass_on_modal(postmortem, meeting, turn),
    )


async def _check_passes_on(
    session: AsyncSession, postmortem: Postmortem, meeting: Meeting, user_id: str
) -> None:
    check_has_meeting(postmortem.facts.tier)
    team = postmortem.workspace
    lead = (await workspaces.programme(session, team)).lead
    left = await gone(session, team, [meeting.facilitator, meeting.called_by, lead])
    name = await name_of(session, team, meeting.facilitator)
    check_may_pass_on(user_id, meeting, lead, left, name)


async def save_pass_on(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep who chairs instead, tell them, and thank whoever did."""
    async with answering(ack, view):
        wanted = forms.read_chair(view)
        check_length("reason", wanted.reason, REASON_MAX)
        chair = await peer(
            client, sessions, team_id, wanted.postmortem_id, wanted.facilitator, now()
        )
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            postmortem = await postmortems.lock(session, team_id, wanted.postmortem_id)
            meeting = await called(session, postmortem)
            seen, named = wanted.chair, wanted.facilitator
            await check_new_chair(session, team_id, meeting.facilitator, seen=seen, wanted=named)
            await _check_passes_on(session, postmortem, meeting, user_id)
            check_facilitator(chair, postmortem.facts.responders)
            passed = replace(meeting, facilitator=chair.id, passed_on=meeting.passed_on + 1)
            await meetings.change(session, postmortem.id, passed)
            both = (meeting.facilitator, chair.id)
            await remember(session, postmortem, Event.PASSED_ON, both, made, wanted.reason)
            for each in both:
                await owe_facilitator(session, postmortem, each, by=made.by, now=made.at)
        log.info("chair_passed_on", postmortem=postmortem.key)
