"""The quarterly look across postmortems: how it begins, and when by itself (rule 21)."""

from datetime import UTC, datetime

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.meta_reviews import (
    MetaReview,
    due_at,
    facts_of,
    is_due,
    may_be_due,
)
from domain.quarters import Quarter, compared, quarter_of
from handlers import meta_deeds
from handlers.facilitator_group import group_members
from handlers.homes import refresh
from handlers.meta_views import chair_told, posted
from handlers.outgoing import Compose
from handlers.review_hours import hours_by
from handlers.review_turns import next_in, turns
from handlers.sections import META_REVIEW
from storage import deliveries, indexing, meta_reviews, postmortems, workspaces
from storage.engine import Sessions

#: What its chair is told of the role; the subject is its postmortem's id.
META_CHAIR = "meta_chair"

log = structlog.get_logger(__name__)


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
    """Begin the meta-review of a quarter, and owe its channel and its chair word; once a quarter.

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
    await refresh(session, meta.workspace_id, meta.facilitator, now)
    subject = str(postmortem.id)
    await deliveries.enqueue(
        session, workspace_id, META_REVIEW, subject, channel=channel, due_at=now, asked_by=by
    )
    await deliveries.enqueue(
        session, workspace_id, META_CHAIR, subject, channel=chair, due_at=now, asked_by=by
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
        chair = await whose_turn(client, sessions, team, now)
        if not chair:
            log.debug("meta_review_without_chair", workspace=team)
            continue
        async with sessions.begin() as session:
            await begin(session, team, quarter, chair=chair, channel=channel, by="", now=now)


async def whose_turn(client: AsyncWebClient, sessions: Sessions, team: str, now: datetime) -> str:
    """Whose turn it is of those who are here; nobody where nobody is."""
    members = await group_members(client, sessions, team)
    async with sessions() as session:
        in_turn = await turns(session, team, members)
    return await next_in(client, sessions, team, in_turn, now)


DELIVERIES: dict[str, Compose] = {META_REVIEW: posted, META_CHAIR: chair_told}
SCHEDULE = {"meta_reviews": call_due}
