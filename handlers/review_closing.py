"""Closing a monthly review: nothing expired or overdue is left undecided (rule 18).

Whatever is open still was seen by one more review, and may have expired thereby (rule 15). Locks
are taken as everywhere: the workspace, postmortems, the latest first, the review, deliveries.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import review_closing as forms
from blocks.parts import View
from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH
from domain.errors import RuleBroken
from domain.reviews import (
    Review,
    Stage,
    check_can_close,
    check_chairs,
    check_learnt,
    check_under_way,
)
from handlers import review_calls
from handlers.answers import Repeated, answering
from handlers.clicks import Click, pressed
from handlers.facilitators import gone, name_of
from handlers.kept_items import seen_by
from handlers.opening import show
from handlers.review_summaries import owe_summary
from handlers.reviews import owe_again, show_card, show_review
from handlers.sections import number_in
from handlers.showing import show_expired
from storage import (
    review_entries,
    review_lines,
    reviews,
    seen_items,
    workspaces,
)
from storage.engine import Sessions

log = structlog.get_logger(__name__)

GONE = "This review is not in this workspace any more: there is nothing to close."


def register(app: AsyncApp) -> None:
    """Register the button that closes a review, and its form."""
    app.action(CLOSE_REVIEW_OF_MONTH)(open_closing)
    app.view(forms.CLOSING_FORM)(close)


@pressed
async def open_closing(click: Click) -> None:
    """Open the form; whoever may not close it, and what is owed still, is said instead."""
    which = number_in(click.action)
    async with click.sessions.begin() as session:
        view = await _form(session, click.team_id, which, click.user_id, click.now())
    await show(click.client, click.body, view)


async def _form(
    session: AsyncSession, team_id: str, review_id: int, person: str, now: datetime
) -> View:
    review = await reviews.lock(session, team_id, review_id)
    if review is None:
        raise RuleBroken("", GONE)
    await _check_may_close(session, review, person, now)
    counts = await review_entries.counts(session, review_id)
    return forms.closing_modal(review, counts, await review_lines.undecided_keys(session, review))


async def _check_may_close(
    session: AsyncSession, review: Review, person: str, now: datetime
) -> None:
    """Refuse whoever does not chair, and to close while something is owed; it must be locked."""
    check_under_way(review)
    lead = (await workspaces.programme(session, review.workspace)).lead
    chair = await name_of(session, review.workspace, review.facilitator)
    left = await gone(session, review.workspace, [review.facilitator, review.called_by, lead])
    check_chairs(review, person, lead, left, chair)
    told_late = await review_entries.catch_up(session, review)
    await owe_again(session, told_late, review.workspace, now)
    check_can_close(await review_lines.owed_keys(session, review.id or 0))


async def close(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Close the review: what it saw, and all that has to be sent, are stored together."""
    async with answering(ack, view):
        which, typed = forms.read_closing(view)
        learnt, at = check_learnt(typed), now()
        async with sessions.begin() as session:
            await workspaces.ensure(session, team_id)
            await seen_items.lock_postmortems(session, team_id)
            review = await reviews.lock(session, team_id, which)
            if review is None:
                raise RuleBroken(forms.LEARNT, GONE)
            if review.stage is Stage.CLOSED and (review.closed_by, review.learnt) == (
                user_id,
                learnt,
            ):
                raise Repeated
            await _check_may_close(session, review, user_id, at)
            await _close(session, replace(review, closed_at=at, closed_by=user_id, learnt=learnt))
        log.info("monthly_review_closed", review=which)


async def _close(session: AsyncSession, review: Review) -> None:
    at = review.closed_at or review.due_at
    await seen_by(session, review, at)
    await reviews.change(session, review)
    await reviews.look_again(session, review.workspace, None)
    await show_expired(session, review, at)
    await show_review(session, review, at)
    await review_calls.again(session, review, at)
    if review.current is not None:
        await show_card(session, review.workspace, review.current, at)
    await owe_summary(session, review, at)
