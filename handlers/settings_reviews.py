"""What a workspace sets for its monthly review: its group in Slack, and what follows a change."""

from datetime import datetime

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.errors import RuleBroken
from domain.programme import Programme
from domain.settings_reviews import Group, find_group, is_another_occasion
from handlers.patience import within
from handlers.people import PATIENCE
from handlers.reading import SILENCE, reads
from handlers.refusals import code_of
from handlers.sections import CARD
from storage import reviews
from storage.lives import live_through

log = structlog.get_logger(__name__)

_FIELD = "facilitator_group"
#: Slack's words for groups that nobody here, or not this app, can read
#: (docs.slack.dev/reference/methods/usergroups.list) → what to do instead.
_NEVER = {
    "plan_upgrade_required": "Slack gives this workspace's plan no user groups. Leave this empty, "
    "and name the people who take turns above.",
    "missing_scope": "Slack does not let me read user groups here. Ask whoever installed Closed "
    "Loop to install it again with its newest manifest, or leave this empty for now.",
}


async def group_named(client: AsyncWebClient, handle: str) -> str:
    """The id of the group with this handle; RuleBroken where there is none, or Slack is silent."""
    try:
        return find_group(handle, await _groups(client))
    except SILENCE as silent:
        log.warning("groups_not_read", why=repr(silent))
        code = code_of(silent) if isinstance(silent, SlackApiError) else ""
        raise RuleBroken(
            _FIELD,
            _NEVER.get(code)
            or "Slack did not say in time which groups there are. Nothing is lost: press Save "
            "again.",
        ) from silent


async def handle_of(client: AsyncWebClient, group: str) -> str:
    """By which handle a group is mentioned; empty of no group, or where Slack does not say."""
    if not group:
        return ""
    try:
        found = await _groups(client)
    except SILENCE as silent:
        log.warning("groups_not_read", why=repr(silent))
        return ""
    return next((each.handle for each in found if each.id == group), "")


async def _groups(client: AsyncWebClient) -> list[Group]:
    async with within(PATIENCE):
        answer = await reads(client).usergroups_list()
    return [Group(id=each["id"], handle=each["handle"]) for each in answer["usergroups"]]


async def follow(
    session: AsyncSession, team_id: str, before: Programme, after: Programme, now: datetime
) -> None:
    """Let the clock look at the reviews anew, and items live through as many as is said now.

    A review that was called already stands as it is; where there was nobody to chair it, somebody
    may be named now. The workspace must be locked, and no delivery yet.
    """
    if is_another_occasion(before, after):
        await reviews.begin_cadence(session, team_id, now)
    else:
        await reviews.look_again(session, team_id, None)
    if before.reviews_to_live != after.reviews_to_live:
        lives = after.reviews_to_live
        await live_through(session, team_id, lives, card=CARD, now=now)
