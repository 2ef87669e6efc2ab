"""Calling the review of a postmortem: a peer is asked to chair it (rule 8)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import facilitators as forms
from blocks.meetings import CALL, CALL_REVIEW
from blocks.parts import View
from domain.completeness import missing
from domain.errors import RuleBroken
from domain.meetings import (
    Meeting,
    Stage,
    Turn,
    check_facilitator,
    check_has_meeting,
    has_meeting,
)
from domain.meta_rules import check_is_reviewed
from domain.postmortems import Postmortem, Tier
from domain.record import Event
from handlers import views
from handlers.answers import Repeated, answering, submission_of
from handlers.clicks import Click, pressed
from handlers.facilitators import name_of, next_in, peer, turns, waiting
from handlers.meetings import owe_facilitator, remember
from handlers.opening import show
from handlers.sections import Made, number_in, stored
from storage import meetings, meta_reviews, postmortems
from storage.engine import Sessions

log = structlog.get_logger(__name__)


def register(app: AsyncApp) -> None:
    """Register the form that calls a review."""
    app.action(CALL_REVIEW)(chair_opener(call_form))
    app.view(CALL)(save_call)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A form that asks for a chair, before it is known who of these is here."""

    postmortem: Postmortem
    in_turn: list[Turn]
    draw: Callable[[Turn | None], View]


def chair_opener(
    draft: Callable[[AsyncSession, Postmortem, str], Awaitable[Draft]],
) -> Callable[..., Awaitable[None]]:
    """A listener that opens a form with whoever's turn it is to chair."""

    @pressed
    async def open_form(click: Click) -> None:
        async with click.sessions() as session:
            postmortem = await stored(session, click.team_id, number_in(click.action))
            form = await draft(session, postmortem, click.user_id)
        turn = await next_in(click.client, click.sessions, postmortem, form.in_turn, click.now())
        await show(click.client, click.body, form.draw(turn))

    open_form.__name__ = f"open_{draft.__name__}"
    open_form.__doc__ = draft.__doc__
    return open_form


async def call_form(session: AsyncSession, postmortem: Postmortem, _user_id: str) -> Draft:
    """The form that calls a review that nobody has called."""
    check_has_meeting(postmortem.facts.tier)
    await _check_uncalled(session, postmortem)
    view = await views.of_postmortem(session, postmortem)
    gaps = missing(postmortem.facts.tier, view.filled)
    absent = await waiting(session, postmortem)
    return Draft(
        postmortem=postmortem,
        in_turn=await turns(session, postmortem),
        draw=lambda turn: forms.call_modal(postmortem, turn, gaps, absent),
    )


async def _check_uncalled(session: AsyncSession, postmortem: Postmortem) -> None:
    check_is_reviewed(await meta_reviews.find(session, postmortem.workspace, postmortem.id))
    there = await meetings.meeting(session, postmortem.id)
    if there is None:
        return
    chair = await name_of(session, postmortem.workspace, there.facilitator)
    raise RuleBroken(
        "facilitator",
        f"This review was called already, and {chair} chairs it. "
        "Close this form: the card shows how far it is.",
    )


async def save_call(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep who chairs the review, and owe them what the role is."""
    async with answering(ack, view):
        wanted = forms.read_chair(view)
        chair = await peer(
            client, sessions, team_id, wanted.postmortem_id, wanted.facilitator, now()
        )
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            postmortem = await postmortems.lock(session, team_id, wanted.postmortem_id)
            check_has_meeting(postmortem.facts.tier)
            check_facilitator(chair, postmortem.facts.responders)
            new = Meeting(facilitator=chair.id, called_by=made.by, called_at=made.at)
            there = await meetings.meeting(session, postmortem.id)
            if there is not None and _same_call(there, new):
                raise Repeated
            await _check_uncalled(session, postmortem)
            await meetings.call(session, team_id, postmortem.id, new)
            await remember(session, postmortem, Event.CALLED, ("", chair.id), made)
            await owe_facilitator(session, postmortem, chair.id, by=made.by, now=made.at)
        log.info("review_called", postmortem=postmortem.key)


async def tell_chair(session: AsyncSession, postmortem: Postmortem, tier: Tier, made: Made) -> None:
    """Owe the chair word of a new tier, where it takes the review away or gives it back."""
    if has_meeting(tier) is has_meeting(postmortem.facts.tier):
        return
    meeting = await meetings.meeting(session, postmortem.id)
    if meeting is not None and meeting.stage is not Stage.SIGNED_OFF:
        await owe_facilitator(session, postmortem, meeting.facilitator, by=made.by, now=made.at)


def _same_call(there: Meeting, new: Meeting) -> bool:
    """Whether somebody pressed the button twice."""
    return (there.facilitator, there.called_by) == (new.facilitator, new.called_by)
