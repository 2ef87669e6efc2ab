"""Beginning a meta-review by hand: a form first, for everybody sees what it begins (rule 21)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from blocks import meta_beginning as forms
from blocks.text import channel_link
from domain.errors import RuleBroken
from domain.meta_reviews import MetaReview
from domain.meta_rules import check_anything
from domain.quarters import Quarter, bounds, compared, quarter_of
from handlers.answers import Repeated, answering
from handlers.facilitator_group import group_members
from handlers.meta_reviews import begin, whose_turn
from handlers.opening import show
from handlers.review_beginning import check_begins, chosen_chair
from handlers.review_hours import hours_here
from handlers.subcommands import Typed
from storage import meta_reviews, trends, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

_FIELD = "facilitator"
NOT_HERE = (
    "A meta-review is for everybody, so it is held in a public channel that I am in. Choose one "
    "for the reviews in `/postmortem settings`, or invite me to one and run this there."
)


async def open_begin(typed: Typed, channel: str) -> None:
    """Open the form that begins the meta-review of the quarter that ended last, or say where it is.

    `channel` is where it would be held; empty where nobody has set one, and it was typed in none
    that would do. Whoever may begin a monthly review may begin this.
    """
    async with typed.sessions() as session:
        hours = await hours_here(session, typed.team_id)
        quarter = quarter_of(hours.today(typed.now())).before
        there = await meta_reviews.of_quarter(session, typed.team_id, quarter.key)
    if there is not None:
        said = f"The meta-review of {quarter.name} is in {channel_link(there.channel)}."
        typed.opening.say(typed.respond, said)
        return
    await _check(typed, quarter, channel)
    chair = await whose_turn(typed.client, typed.sessions, typed.team_id, typed.now())
    await show(typed.client, typed.command, forms.begin_form(quarter, channel, chair))


async def _check(typed: Typed, quarter: Quarter, channel: str) -> None:
    """Refuse whoever may not begin it, and one that has nothing to count or no place."""
    team = typed.team_id
    members = await group_members(typed.client, typed.sessions, team)
    async with typed.sessions() as session:
        await check_begins(session, team, typed.user_id, None, members)
        edges = bounds(compared(quarter), (await hours_here(session, team)).zone)
        found = await trends.incidents(session, team, edges[0], edges[-1])
    check_anything(found.tagged, quarter)
    if not channel:
        raise RuleBroken("", NOT_HERE)


async def save_begin_meta(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Begin the meta-review that the form is about, chaired by whoever was chosen."""
    async with answering(ack, view):
        wanted, at = forms.read_begin(view), now()
        chair = await chosen_chair(client, sessions, team_id, wanted.facilitator, at)
        members = await group_members(client, sessions, team_id)
        async with sessions.begin() as session:
            await workspaces.ensure(session, team_id)  # from here on others wait
            await check_begins(session, team_id, user_id, None, members)
            there = await meta_reviews.of_quarter(session, team_id, wanted.quarter.key)
            _check_not_begun(there, chair)
            where = {"chair": chair, "channel": wanted.channel, "by": user_id}
            await begin(session, team_id, wanted.quarter, **where, now=at)
        log.info("meta_review_begun_by_hand", quarter=wanted.quarter.key)


def _check_not_begun(there: MetaReview | None, chair: str) -> None:
    """Refuse a second one of a quarter; what only repeats the first is no refusal."""
    if there is None:
        return
    if there.facilitator == chair:
        raise Repeated
    raise RuleBroken(
        _FIELD,
        "It has begun already, with somebody else in the chair. Run `/postmortem review quarter` "
        "to see where.",
    )
