"""Beginning a monthly review by hand: the one that is called, or a new one (rule 19)."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import review_window as forms
from domain.errors import RuleBroken
from domain.people import accountable
from domain.review_beginning import (
    check_anything_to_walk,
    check_can_be_called,
    check_may_begin,
    check_not_begun,
)
from domain.reviews import Review
from handlers.answers import answering
from handlers.facilitator_group import group_members
from handlers.facilitators import gone, name_of
from handlers.people import known
from handlers.review_chairs import call, pass_on
from handlers.review_hours import hours_here
from handlers.review_turns import named
from handlers.reviews import begin
from storage import people, review_notices, reviews, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

_FIELD = "facilitator"
NOBODY = "Choose who chairs it: one person of this workspace."


async def check_begins(
    session: AsyncSession,
    team_id: str,
    person: str,
    review: Review | None,
    members: Collection[str],
) -> None:
    """Refuse somebody who may not begin this review, or a new one.

    `members` are those of the facilitators' group.
    """
    lead = (await workspaces.programme(session, team_id)).lead
    in_turn = await named(session, team_id, members)
    left = await gone(session, team_id, in_turn)
    met = await people.known(session, team_id, in_turn)
    names = {each.id: each.name for each in met.values()}
    others = {lead, review.facilitator if review else ""} - {""}
    check_may_begin(person, [each for each in in_turn if each not in left], others, names)


async def chosen_chair(
    client: AsyncWebClient, sessions: Sessions, team_id: str, person: str, now: datetime
) -> str:
    """Whoever was chosen to chair, as Slack describes them; RuleBroken where they cannot."""
    if not person:
        raise RuleBroken(_FIELD, NOBODY)
    met = await known(client, sessions, team_id, [person], now, _FIELD)
    return accountable(met.get(person), _FIELD).id


async def save_begin(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Begin the review that the form is about, chaired by whoever was chosen."""
    async with answering(ack, view):
        wanted, at = forms.read_begin(view), now()
        chair = await chosen_chair(client, sessions, team_id, wanted.facilitator, at)
        members = await group_members(client, sessions, team_id)
        async with sessions.begin() as session:
            await workspaces.ensure(session, team_id)  # from here on others wait
            review = await _of(session, team_id, wanted)
            await check_begins(session, team_id, user_id, review, members)
            if review is None:
                review = await _called(session, team_id, wanted, by=user_id, now=at)
            elif review.facilitator != chair:
                review = await pass_on(session, review, chair, by=user_id, now=at)
            begun = await begin(session, review, at)
            await reviews.look_again(session, team_id, None)
        log.info("monthly_review_begun_by_hand", review=begun.id)


async def _of(session: AsyncSession, team_id: str, wanted: forms.BeginRequest) -> Review | None:
    """The review that was called, if the form is about that one; it must not have begun yet."""
    if wanted.review_id is None:
        return None
    review = await reviews.lock(session, team_id, wanted.review_id)
    if review is not None:
        check_not_begun(review, await name_of(session, team_id, review.facilitator))
    return review


async def _called(
    session: AsyncSession, team_id: str, wanted: forms.BeginRequest, *, by: str, now: datetime
) -> Review:
    """A review that nobody called, called now; the workspace is locked."""
    today = (await hours_here(session, team_id)).today(now)
    current = await reviews.open_review(session, team_id)
    chairs = await name_of(session, team_id, current.facilitator) if current else ""
    check_can_be_called(current, await reviews.last(session, team_id), chairs, today)
    check_anything_to_walk(await review_notices.counts(session, team_id, today))
    review = await call(
        session,
        team_id,
        due_at=now,
        due_on=today,
        channel=wanted.channel,
        by=by,
        now=now,
        members=(),
        chair=wanted.facilitator,
    )
    if review is None:
        raise RuleBroken(_FIELD, NOBODY)
    return review
