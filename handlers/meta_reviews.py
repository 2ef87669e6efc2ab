"""The quarterly look across postmortems: begun by the clock, or by hand (rule 21)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.text import channel_link
from domain.errors import RuleBroken
from domain.meta_reviews import (
    MetaReview,
    due_at,
    facts_of,
    is_due,
    may_be_due,
)
from domain.meta_rules import check_anything
from domain.quarters import Quarter, bounds, compared, quarter_of
from handlers import meta_deeds
from handlers.facilitator_group import group_members
from handlers.meta_views import posted
from handlers.outgoing import Compose
from handlers.review_beginning import check_begins
from handlers.review_hours import hours_by, hours_here
from handlers.review_turns import next_in, turns
from handlers.sections import META_REVIEW
from handlers.subcommands import Typed
from storage import deliveries, indexing, meta_reviews, postmortems, trends, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

NOT_HERE = (
    "A meta-review is for everybody, so it is held in a public channel that I am in. Choose one "
    "for the reviews in `/postmortem settings`, or invite me to one and run this there."
)
NO_CHAIR = (
    "There is nobody to chair a meta-review. Name facilitators or a programme lead in "
    "`/postmortem settings`, then run this again."
)


def register(app: AsyncApp) -> None:
    """Register the buttons and windows of a meta-review."""
    meta_deeds.register(app)


async def begin(
    session: AsyncSession,
    workspace_id: str,
    quarter: Quarter,
    *,
    chair: str,
    channel: str,
    by: str,
    now: datetime,
) -> MetaReview:
    """Begin the meta-review of a quarter, and owe its channel the message; once a quarter.

    Where there is one that one is returned. `by` is empty where the clock begins it.
    """
    await workspaces.ensure(session, workspace_id)  # from here on the others wait
    there = await meta_reviews.of_quarter(session, workspace_id, quarter.key)
    if there is not None:
        return there
    postmortem = await postmortems.start(
        session,
        workspace_id,
        channel=None,
        channel_name="",
        is_private=False,
        facts=facts_of(quarter, now),
        created_by=chair,
        submission="",
        now=now,
    )
    await indexing.index(session, workspace_id, postmortem.id)
    meta = MetaReview(
        postmortem_id=postmortem.id,
        workspace_id=workspace_id,
        quarter=quarter.key,
        facilitator=chair,
        channel=channel,
        called_at=now,
    )
    await meta_reviews.begin(session, meta)
    subject = str(postmortem.id)
    await deliveries.enqueue(
        session, workspace_id, META_REVIEW, subject, channel=channel, due_at=now, asked_by=by
    )
    log.info("meta_review_begun", quarter=quarter.key, postmortem=postmortem.key)
    return meta


async def call_due(sessions: Sessions, client: AsyncWebClient, now: datetime) -> None:
    """Begin what is due of every workspace; when none can be due that takes not even a query."""
    if not may_be_due(now):
        return
    quarter = quarter_of(now.astimezone(UTC).date()).before
    since = compared(quarter)[0].begins
    async with sessions() as session:
        waiting = await meta_reviews.without(session, quarter.key, since)
        due = []
        for each in waiting:
            hours = await hours_by(session, each.workspace_id, each.programme)
            if is_due(due_at(quarter, each.programme, hours), each.since, now):
                due.append(each)
    for each in due:
        team, channel = each.workspace_id, each.programme.review_channel
        chair = await _chair(client, sessions, team, now)
        if not chair:
            log.debug("meta_review_without_chair", workspace=team)
            continue
        async with sessions.begin() as session:
            await begin(session, team, quarter, chair=chair, channel=channel, by="", now=now)


async def _chair(client: AsyncWebClient, sessions: Sessions, team: str, now: datetime) -> str:
    """Whose turn it is of those who are here; nobody where nobody is."""
    members = await group_members(client, sessions, team)
    async with sessions() as session:
        in_turn = await turns(session, team, members)
    return await next_in(client, sessions, team, in_turn, now)


async def begin_by_hand(typed: Typed, channel: str) -> None:
    """Begin the meta-review of the quarter that ended last, or tell where it is.

    `channel` is where it would be held; empty where nobody has set one, and it was typed in none
    that would do. Whoever may begin a monthly review may begin this.
    """
    team, now = typed.team_id, typed.now()
    async with typed.sessions() as session:
        hours = await hours_here(session, team)
        quarter = quarter_of(hours.today(now)).before
        there = await meta_reviews.of_quarter(session, team, quarter.key)
    if there is None:
        there = await _begun(typed, quarter, channel, hours.zone)
        said = f"The meta-review of {quarter.name} begins in {channel_link(there.channel)}."
    else:
        said = f"The meta-review of {quarter.name} is in {channel_link(there.channel)}."
    typed.opening.say(typed.respond, said)


async def _begun(typed: Typed, quarter: Quarter, channel: str, zone: ZoneInfo) -> MetaReview:
    team, now = typed.team_id, typed.now()
    edges = bounds(compared(quarter), zone)
    members = await group_members(typed.client, typed.sessions, team)
    async with typed.sessions() as session:
        await check_begins(session, team, typed.user_id, None, members)
        found = await trends.incidents(session, team, edges[0], edges[-1])
    check_anything(found.tagged, quarter)
    if not channel:
        raise RuleBroken("", NOT_HERE)
    chair = await _chair(typed.client, typed.sessions, team, now)
    if not chair:
        raise RuleBroken("", NO_CHAIR)
    async with typed.sessions.begin() as session:
        return await begin(
            session, team, quarter, chair=chair, channel=channel, by=typed.user_id, now=now
        )


DELIVERIES: dict[str, Compose] = {META_REVIEW: posted}
SCHEDULE = {"meta_reviews": call_due}
