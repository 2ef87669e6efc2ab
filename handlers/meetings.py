"""The review of a postmortem: started by its chair, who was told what the role is (rules 7, 8)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import meetings as forms
from blocks.facilitators import chair_message, relieved_message
from blocks.postmortems import hub_modal
from domain.errors import RuleBroken
from domain.meetings import Meeting, Stage, check_has_meeting, check_may_start, check_without
from domain.postmortems import Postmortem
from domain.record import Event, RecordEntry
from handlers import views
from handlers.agenda import owe_agenda
from handlers.answers import Repeated, answering, submission_of
from handlers.clicks import Click, pressed
from handlers.facilitators import name_of, waiting
from handlers.homes import refresh
from handlers.opening import show
from handlers.outgoing import Outgoing
from handlers.reading import SILENCE
from handlers.sections import Made, number_in, owe_card, stored
from storage import deliveries, meetings, postmortems, record
from storage.deliveries import Delivery
from storage.engine import Sessions

log = structlog.get_logger(__name__)

FACILITATOR = "facilitator"
NOT_CALLED = "Nobody has called this review yet. Press Call the review on the card."


def register(app: AsyncApp) -> None:
    """Register what starts a review."""
    app.action(forms.START_REVIEW)(start)
    app.view(forms.STARTING)(save_start)


class Unagreed(Exception):
    """Somebody has not agreed to the timeline, and nobody has said why not to wait for them."""

    def __init__(self, postmortem: Postmortem, people: tuple[str, ...]) -> None:
        super().__init__(postmortem.key)
        self.form = forms.start_modal(postmortem, people)


@pressed
async def start(click: Click) -> None:
    """Start the review where everybody has agreed to the timeline; else ask why not to wait."""
    made = Made(by=click.user_id, at=click.now(), submission="")
    try:
        async with click.sessions.begin() as session:
            postmortem = await postmortems.lock(session, click.team_id, number_in(click.action))
            await _begin(session, postmortem, made)
    except Unagreed as unagreed:
        await show(click.client, click.body, unagreed.form)
        return
    if "view" in click.body:
        await _redraw(click.client, click.body, click.sessions, click.team_id, postmortem.id)


async def _redraw(
    client: AsyncWebClient, body: dict[str, Any], sessions: Sessions, team_id: str, which: int
) -> None:
    """Show the window, in which the button was pressed, as things are now.

    Where it was closed meanwhile, or Slack is down, the review has begun all the same.
    """
    async with sessions() as session:
        postmortem = await stored(session, team_id, which)
        view = hub_modal(await views.of_postmortem(session, postmortem))
    try:
        await client.views_update(view_id=body["view"]["id"], view=view)
    except SILENCE as silent:
        log.info("window_not_redrawn", why=repr(silent))


async def save_start(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Start the review without somebody's agreement, and keep why."""
    async with answering(ack, view):
        which, reason = forms.read_start_review(view)
        check_without(reason)
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            postmortem = await postmortems.lock(session, team_id, which)
            meeting = await called(session, postmortem)
            if meeting.stage is Stage.STARTED and meeting.facilitator == user_id:
                raise Repeated
            await _begin(session, postmortem, made, reason)


async def _begin(
    session: AsyncSession, postmortem: Postmortem, made: Made, without: str = ""
) -> None:
    """Start the review; raises Unagreed where somebody has not agreed and no reason is given."""
    meeting = await called(session, postmortem)
    check_has_meeting(postmortem.facts.tier)
    check_may_start(
        made.by, meeting, await name_of(session, postmortem.workspace, meeting.facilitator)
    )
    absent = await waiting(session, postmortem)
    if absent and not without:
        raise Unagreed(postmortem, absent)
    reason = without if absent else ""
    begun = replace(meeting, started_at=made.at, without=reason)
    await meetings.change(session, postmortem.id, begun)
    chair = meeting.facilitator, meeting.facilitator
    await remember(session, postmortem, Event.REVIEW_STARTED, chair, made, reason)
    await owe_agenda(session, postmortem, by=made.by, now=made.at)
    await owe_facilitator(session, postmortem, meeting.facilitator, by=made.by, now=made.at)
    log.info("review_started", postmortem=postmortem.key)


async def called(session: AsyncSession, postmortem: Postmortem) -> Meeting:
    """The review of a postmortem; RuleBroken while nobody has called it."""
    meeting = await meetings.meeting(session, postmortem.id)
    if meeting is None:
        raise RuleBroken("facilitator", NOT_CALLED)
    return meeting


async def remember(
    session: AsyncSession,
    postmortem: Postmortem,
    event: Event,
    chair: tuple[str, str],
    made: Made,
    reason: str = "",
) -> None:
    """Put who chairs, before and after, into the record, and owe the card."""
    changes = {"facilitator": chair} if chair[0] != chair[1] else {}
    entry = RecordEntry(actor=made.by, at=made.at, event=event, changes=changes, reason=reason)
    await record.append(session, postmortem.workspace, postmortem.id, entry)
    await owe_card(session, postmortem, by=made.by, now=made.at)


async def owe_facilitator(
    session: AsyncSession, postmortem: Postmortem, person: str, *, by: str, now: datetime
) -> None:
    """Owe somebody the message that says what they chair, or that they do not any more."""
    await deliveries.enqueue(
        session,
        postmortem.workspace,
        FACILITATOR,
        f"{postmortem.id}:{person}",
        channel=person,
        due_at=now,
        asked_by=by,
    )
    await refresh(session, postmortem.workspace, person, now)


async def told(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """What the chair is told of the role, and who had it before that somebody else has it."""
    which, _, person = delivery.subject.partition(":")
    postmortem = await postmortems.find(session, delivery.workspace_id, int(which))
    meeting = await meetings.meeting(session, int(which))
    if postmortem is None or meeting is None:
        return None
    if meeting.facilitator != person:
        is_told = delivery.message_ts is not None
        return Outgoing(message=relieved_message(postmortem, meeting)) if is_told else None
    passed = [
        each
        for each in await record.of_postmortem(session, postmortem.id)
        if each.event is Event.PASSED_ON
    ]
    return Outgoing(message=chair_message(postmortem, meeting, passed[-1] if passed else None))


DELIVERIES = {FACILITATOR: told}
