"""Incidents without a causal class, asked for in a monthly review's thread (rules 18 and 22)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import untagged as forms
from blocks.parts import View
from domain.causal_classes import check_some
from domain.postmortems import Postmortem, Section
from domain.reviews import Review
from domain.tagged import TaggedIncident
from domain.untagged import LOOKING_BACK
from handlers.answers import answering, submission_of
from handlers.clicks import Click, pressed
from handlers.find import check_may_see
from handlers.ineffective import locking
from handlers.left_untagged import REVIEW_UNTAGGED, of_review
from handlers.opening import show
from handlers.outgoing import Compose, Later, Outgoing
from handlers.review_cards import in_thread
from handlers.root_causes import choice_of, root_cause_now, tag
from handlers.sections import Made, changing, number_in, stored
from storage import reviews, sections
from storage.deliveries import Delivery
from storage.engine import Sessions
from storage.untagged import tagged_since


def register(app: AsyncApp) -> None:
    """Register the button beside each incident, and its form."""
    app.action(forms.CHOOSE_CLASSES)(open_choosing)
    app.view(forms.CHOOSING)(save_chosen)


async def asked(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """Which incidents have no class; None where none ever was named and none is to be."""
    review = await reviews.find(session, delivery.workspace_id, int(delivery.subject))
    if review is None:
        return None
    found = await of_review(session, review)
    if not found.total and delivery.message_ts is None:
        return None
    tagged = [] if found.total else await _tagged(session, review)
    return await in_thread(session, delivery, review, forms.untagged_message(found, tagged))


async def _tagged(session: AsyncSession, review: Review) -> list[TaggedIncident]:
    began = review.started_at or review.due_at
    return await tagged_since(session, review.workspace, began - LOOKING_BACK, began)


@pressed
async def open_choosing(click: Click) -> None:
    """Open the form with the classes that the incident's words suggest."""
    async with click.sessions() as session:
        postmortem = await stored(session, click.team_id, number_in(click.action))
    await check_may_see(click.client, click.sessions, click.user_id, postmortem)
    async with click.sessions() as session:
        view = await _form(session, postmortem)
    await show(click.client, click.body, view)


async def _form(session: AsyncSession, postmortem: Postmortem) -> View:
    edit = (await sections.edits(session, postmortem.id)).get(Section.ROOT_CAUSE)
    choice = await choice_of(session, postmortem)
    return forms.choosing_form(postmortem, edit.version if edit else 0, choice)


async def save_chosen(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep the classes of an incident, as the form of its root cause would."""
    async with answering(ack, view):
        opened, chosen = forms.read_choosing(view)
        check_some(chosen)
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        concerned = locking(team_id, opened.postmortem_id, chosen)
        async with changing(
            sessions, team_id, opened, Section.ROOT_CAUSE, root_cause_now, made, concerned
        ) as (session, postmortem):
            await tag(session, postmortem, chosen, made)


DELIVERIES: dict[str, Compose] = {REVIEW_UNTAGGED: asked}
