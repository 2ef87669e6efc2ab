"""Closing a review and publishing: three questions, a canvas, a summary, a Markdown file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import publishing as forms
from blocks.meetings import CLOSE_REVIEW
from blocks.parts import View
from blocks.summaries import summary
from domain.completeness import missing
from domain.passages import Passage, Passages, check_closing, check_passages
from domain.people import Person
from domain.postmortems import Postmortem
from domain.publishing import (
    Publication,
    audience,
    check_complete,
    check_may_close,
    check_unpublished,
    is_in_review,
)
from domain.record import Event, RecordEntry
from domain.words import OF_A_CAUSE
from handlers import follow_ups, views
from handlers.answers import Repeated, answering, submission_of
from handlers.documents import canvas_of
from handlers.homes import refresh_all
from handlers.meetings import owe_facilitator
from handlers.outgoing import Outgoing, OutgoingCanvas
from handlers.sections import CANVAS, SUMMARY, Made, opener, owe_card, stored
from handlers.wording import check_words
from storage import (
    action_items,
    deliveries,
    indexing,
    meetings,
    passages,
    postmortems,
    publishing,
    record,
    workspaces,
)
from storage.deliveries import Delivery
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: What is amended where a review ends after its postmortem was published.
CLOSING_ANSWERS = "closing questions"


def register(app: AsyncApp) -> None:
    """Register the closing form."""
    app.action(CLOSE_REVIEW)(opener(closing_form))
    app.action(forms.PUBLISH)(opener(closing_form))
    app.view(forms.CLOSING_FORM)(close)


async def closing_form(
    session: AsyncSession, team_id: str, postmortem_id: int, person: Person, _now: datetime
) -> View:
    """The three questions; whoever may not close it, and what is missing, is said instead."""
    postmortem = await stored(session, team_id, postmortem_id)
    await _check_may_close(session, postmortem, person.id)
    programme = await workspaces.programme(session, team_id)
    return forms.closing_modal(
        postmortem,
        await passages.written(session, postmortem.id),
        await action_items.items(session, postmortem.id),
        audience(postmortem, programme),
    )


async def _check_may_close(session: AsyncSession, postmortem: Postmortem, person: str) -> None:
    meeting = await meetings.meeting(session, postmortem.id)
    check_may_close(postmortem, meeting, person)
    check_unpublished(postmortem, meeting, await publishing.publication(session, postmortem.id))
    shown = await views.of_postmortem(session, postmortem)
    check_complete(missing(postmortem.facts.tier, shown.filled))


async def close(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Close and publish: the answers, the canvas and the summary are owed together."""
    async with answering(ack, view):
        opened, written = forms.read_closing(view)
        check_closing(check_passages(written, forms.FIELDS), forms.FIELDS)
        cause = written[Passage.HAD_TO_BE_TRUE]
        check_words(view, {forms.FIELDS[Passage.HAD_TO_BE_TRUE]: (cause, OF_A_CAUSE)})
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            postmortem = await postmortems.lock(session, team_id, opened.postmortem_id)
            if await _says_so_already(session, postmortem, written):
                raise Repeated
            await _check_may_close(session, postmortem, user_id)
            await passages.write(session, team_id, postmortem.id, written)
            await _publish(session, postmortem, made)
        log.info("postmortem_published", postmortem=postmortem.key)


async def _says_so_already(
    session: AsyncSession, postmortem: Postmortem, written: Passages
) -> bool:
    """Whether it is published with these very answers: somebody pressed the button twice."""
    if await publishing.publication(session, postmortem.id) is None:
        return False
    if is_in_review(postmortem, await meetings.meeting(session, postmortem.id)):
        return False
    there = await passages.written(session, postmortem.id)
    return all(there.get(passage) == text for passage, text in written.items())


async def _publish(session: AsyncSession, postmortem: Postmortem, made: Made) -> None:
    meeting = await meetings.meeting(session, postmortem.id)
    if meeting is not None and is_in_review(postmortem, meeting):
        await meetings.change(session, postmortem.id, replace(meeting, signed_off_at=made.at))
        await _remember(session, postmortem, made, Event.SIGNED_OFF)
        await owe_facilitator(session, postmortem, meeting.facilitator, by=made.by, now=made.at)
    await _keep_publication(session, postmortem, made)
    await indexing.index(session, postmortem.workspace, postmortem.id)
    await owe_card(session, postmortem, by=made.by, now=made.at)
    await refresh_all(session, postmortem.workspace, postmortem.facts.responders, made.at)
    programme = await workspaces.programme(session, postmortem.workspace)
    for kind, channel in (
        (CANVAS, postmortem.channel),
        (SUMMARY, audience(postmortem, programme)),
    ):
        if channel:
            await _owe(session, postmortem, kind, channel, made)
    await follow_ups.owe(session, postmortem, by=made.by, now=made.at)


async def _keep_publication(session: AsyncSession, postmortem: Postmortem, made: Made) -> None:
    """Keep that it is published; where it was before its tier was raised, it is amended."""
    if await publishing.amend(session, postmortem.id, by=made.by, at=made.at, what=CLOSING_ANSWERS):
        await _remember(session, postmortem, made, Event.AMENDED, CLOSING_ANSWERS)
        return
    publication = Publication(published_by=made.by, published_at=made.at)
    await publishing.publish(session, postmortem.workspace, postmortem.id, publication)
    await _remember(session, postmortem, made, Event.PUBLISHED)


async def _owe(
    session: AsyncSession, postmortem: Postmortem, kind: str, channel: str, made: Made
) -> None:
    await deliveries.enqueue(
        session,
        postmortem.workspace,
        kind,
        str(postmortem.id),
        channel=channel,
        due_at=made.at,
        asked_by=made.by,
    )


async def _remember(
    session: AsyncSession, postmortem: Postmortem, made: Made, event: Event, what: str = ""
) -> None:
    entry = RecordEntry(actor=made.by, at=made.at, event=event, reason=what)
    await record.append(session, postmortem.workspace, postmortem.id, entry)


async def canvas(session: AsyncSession, delivery: Delivery) -> OutgoingCanvas | None:
    """The whole postmortem as a canvas in its channel, as it stands when it is sent."""
    postmortem = await postmortems.find(session, delivery.workspace_id, int(delivery.subject))
    if postmortem is None:
        return None
    return OutgoingCanvas(
        title=f"{postmortem.key} · {postmortem.facts.title}",
        markdown=await canvas_of(session, postmortem),
        mark=f"{postmortem.key} · ",
    )


async def announce(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """The summary in the channel of the postmortem's tier, as it stands when it is sent."""
    postmortem = await postmortems.find(session, delivery.workspace_id, int(delivery.subject))
    if postmortem is None:
        return None
    return Outgoing(message=summary(await views.of_postmortem(session, postmortem)))


DELIVERIES = {CANVAS: canvas, SUMMARY: announce}
