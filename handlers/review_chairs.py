"""Who chairs a monthly review: called in turn, told ahead (rule 19)."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import review_calls as forms
from blocks.review_buttons import PASS_REVIEW_ON
from domain.errors import RuleBroken
from domain.people import accountable
from domain.postmortems import REASON_MAX, check_length
from domain.reviews import Review, check_may_pass_on
from handlers import review_notices, review_reminded
from handlers.answers import answering
from handlers.clicks import Click, pressed
from handlers.facilitator_group import group_members
from handlers.facilitators import check_new_chair, gone, here, name_of
from handlers.opening import show
from handlers.people import known
from handlers.review_calls import CALLED, CHAIR, called, chair_told, owe_chair, owe_channel
from handlers.review_turns import next_in, turns
from storage import deliveries, reviews, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: The message that a review under way lives in (`handlers.reviews`).
_PARENT = "review"
GONE = "This review is not in this workspace any more, or never was. Run `/postmortem review`."


def register(app: AsyncApp) -> None:
    """Register the form that passes the chair on."""
    app.action(PASS_REVIEW_ON)(open_pass_on)
    app.view(forms.PASSING_REVIEW_ON)(save_pass_on)


async def call(
    session: AsyncSession,
    workspace_id: str,
    *,
    due_at: datetime,
    due_on: date,
    channel: str,
    by: str,
    now: datetime,
    members: Collection[str],
    chair: str = "",
) -> Review | None:
    """Call a monthly review, and owe its chair, its channel and the owners word of it.

    The workspace must be locked, and have none that is not closed, nor one of this day. `chair` is
    who was chosen; else it is whose turn it is. None, with a line in the log, where nobody is. One
    that is due already is not announced: it begins at once.
    """
    in_turn = [chair] if chair else await turns(session, workspace_id, members)
    if not in_turn:
        log.warning("review_without_chair", workspace=workspace_id, due_on=due_on.isoformat())
        return None
    programme = await workspaces.programme(session, workspace_id)
    wanted = Review(
        workspace=workspace_id,
        facilitator=in_turn[0],
        called_by=by,
        called_at=now,
        due_at=due_at,
        due_on=due_on,
        channel=channel,
        at_once=programme.cards_at_once,
    )
    review = await reviews.call(session, wanted)
    await owe_chair(session, review, review.facilitator, now, asked_by=by)
    if due_at > now:
        await owe_channel(session, review, now)
        await review_notices.owe(session, review, now)
    log.info("monthly_review_called", workspace=workspace_id, due_on=due_on.isoformat())
    return review


@pressed
async def open_pass_on(click: Click) -> None:
    """Open the form that passes the chair of a monthly review on."""
    async with click.sessions() as session:
        review = await _stored(session, click.team_id, int(click.action["value"]))
        lead = (await workspaces.programme(session, click.team_id)).lead
    # Nobody has told us, perhaps, that one of them has left.
    who = [review.facilitator, review.called_by, lead]
    members, _ = await asyncio.gather(
        group_members(click.client, click.sessions, click.team_id),
        here(click.client, click.sessions, click.team_id, who, click.now()),
    )
    async with click.sessions() as session:
        await _check_passes_on(session, review, click.user_id)
        in_turn = await turns(session, click.team_id, members)
    others = [each for each in in_turn if each != review.facilitator]
    suggested = await next_in(click.client, click.sessions, click.team_id, others, click.now())
    await show(click.client, click.body, forms.pass_review_on_modal(review, suggested))


async def _stored(session: AsyncSession, team_id: str, review_id: int) -> Review:
    review = await reviews.find(session, team_id, review_id)
    if review is None:
        raise RuleBroken("facilitator", GONE)
    return review


async def _check_passes_on(session: AsyncSession, review: Review, user_id: str) -> None:
    team = review.workspace
    lead = (await workspaces.programme(session, team)).lead
    left = await gone(session, team, [review.facilitator, review.called_by, lead])
    name = await name_of(session, team, review.facilitator)
    check_may_pass_on(review, user_id, lead, left, name)


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
        wanted, at = forms.read_pass_review_on(view), now()
        check_length("reason", wanted.reason, REASON_MAX)
        met = await known(client, sessions, team_id, [wanted.facilitator], at, "facilitator")
        chair = accountable(met.get(wanted.facilitator), "facilitator")
        async with sessions.begin() as session:
            await reviews.lock(session, team_id, wanted.review_id)
            review = await _stored(session, team_id, wanted.review_id)
            seen, named = wanted.chair, wanted.facilitator
            await check_new_chair(session, team_id, review.facilitator, seen=seen, wanted=named)
            await pass_on(session, review, chair.id, by=user_id, now=at, reason=wanted.reason)
        log.info("monthly_review_passed_on", review=wanted.review_id)


async def pass_on(
    session: AsyncSession, review: Review, chair: str, *, by: str, now: datetime, reason: str = ""
) -> Review:
    """Let somebody chair a review instead, and owe both word of it; it must be locked.

    The channel and the thread name the new chair. RuleBroken on `facilitator` where `by` may not.
    """
    await _check_passes_on(session, review, by)
    number = review.passed_on + 1
    passed = replace(review, facilitator=chair, passed_on=number, passed_because=reason)
    await reviews.change(session, passed)
    for each in (review.facilitator, chair):
        await owe_chair(session, passed, each, now, asked_by=by)
    kinds = [CALLED, _PARENT]
    await deliveries.again(session, review.workspace, kinds, str(review.id), now=now)
    await review_reminded.again(session, review.workspace, review.id or 0, now)
    return passed


DELIVERIES = {CHAIR: chair_told, CALLED: called}
