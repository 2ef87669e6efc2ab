"""What a channel tells, remembered from the moment the app is invited to it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.channels import MOST, Channel, Place
from domain.errors import RuleBroken
from domain.incident_times import Times, times_told
from domain.people import Person
from handlers import history
from handlers.opening import Opening, tell_nobody
from handlers.people import known
from handlers.reading import SILENCE, reads
from handlers.refusals import code_of
from storage import channels, deliveries, people
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: Long enough for an invitation and the command that follows it. Who comes and goes meanwhile is
#: told by events; a topic or name that changes is not, so no longer than that.
FRESH = timedelta(minutes=10)
#: The other questions are answered within this many seconds; an app that Slack allows one page of
#: messages a minute does not keep a form waiting for it.
PATIENCE = 1.0
#: Slack's words for a channel the app may not look into.
CLOSED = frozenset({"channel_not_found", "not_in_channel"})


def register(app: AsyncApp) -> None:
    """Register what tells who came to a channel and who left it."""
    app.event("member_joined_channel")(came)
    app.event("member_left_channel")(went)
    # Whoever is removed is seldom told by the event above (slackapi/node-slack-sdk#931) but by one
    # of these, and not always (docs.slack.dev/reference/events/channel_left).
    app.event("channel_left")(removed)
    app.event("group_left")(removed)


async def came(
    event: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    bot_user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
) -> None:
    """Note who came; when it is the app: send what waited for it, and read the channel."""
    channel = event["channel"]
    if event["user"] == bot_user_id:
        async with sessions.begin() as session:
            await deliveries.hurry(session, team_id, channel, now())
        opening.begin(_look(client, sessions, team_id, channel, now()), tell_nobody)
    elif met := await _fresh(sessions, team_id, channel, now()):
        async with sessions.begin() as session:
            await channels.joined(session, team_id, channel, event["user"])
        joined = met.joined_by(event["user"])
        opening.begin(_meet(client, sessions, team_id, joined, now()), tell_nobody)


async def went(
    event: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    bot_user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Note who left a channel that is remembered; when it is the app: forget the channel."""
    if event["user"] == bot_user_id:
        await removed(event, sessions, team_id)
    elif await _fresh(sessions, team_id, event["channel"], now()):
        async with sessions.begin() as session:
            await channels.left(session, team_id, event["channel"], event["user"])


async def removed(event: dict[str, Any], sessions: Sessions, team_id: str) -> None:
    """Forget the channel: the app is not in it any more."""
    async with sessions.begin() as session:
        await channels.forget(session, team_id, event["channel"])


async def remembered(
    session: AsyncSession, team_id: str, channel_id: str, now: datetime
) -> Place | None:
    """The channel as it is remembered; None where Slack must be asked to fill in a form."""
    channel = await channels.known(session, team_id, channel_id, now - FRESH)
    if channel is None:
        return None
    wanted = () if channel.is_large else channel.members
    place = Place(channel=channel, people=await people.known(session, team_id, wanted))
    return place if place.is_known else None


async def ask(
    client: AsyncWebClient, sessions: Sessions, team_id: str, channel_id: str, now: datetime
) -> Place | None:
    """Ask Slack about a channel and remember what it says; None when the app is not in it.

    What its messages tell of the incident's times is read too, where Slack gives it at once.

    Raises SlackApiError when Slack does not want to say.
    """
    channel, times = await asyncio.gather(
        _described(client, channel_id), _times(client, channel_id)
    )
    if channel is None:
        return None
    channel = replace(channel, **asdict(times))
    async with sessions.begin() as session:
        await channels.remember(session, team_id, channel, now)
    return Place(channel=channel, people=await _meet(client, sessions, team_id, channel, now))


async def _times(client: AsyncWebClient, channel_id: str) -> Times:
    look = await history.newest(client, channel_id, PATIENCE)
    return times_told(look.messages, is_all=not look.before)


async def _described(client: AsyncWebClient, channel_id: str) -> Channel | None:
    try:
        info, members = await asyncio.gather(
            reads(client).conversations_info(channel=channel_id),
            reads(client).conversations_members(channel=channel_id, limit=MOST),
        )
    except SlackApiError as refused:
        if code_of(refused) in CLOSED:
            return None
        raise
    about: dict[str, Any] = info["channel"]
    if not about.get("is_member", True):
        return None
    return Channel(
        id=channel_id,
        name=about["name"],
        topic=about.get("topic", {}).get("value", ""),
        is_private=about.get("is_private", False),
        members=tuple(members["members"]),
    )


async def _meet(
    client: AsyncWebClient, sessions: Sessions, team_id: str, channel: Channel, now: datetime
) -> Mapping[str, Person]:
    """The members of a channel that is not large; nobody when Slack does not say in time."""
    if channel.is_large:
        return {}
    try:
        return await known(client, sessions, team_id, channel.members, now, no_older_than=None)
    except RuleBroken:  # logged where it was raised
        return {}


async def _look(
    client: AsyncWebClient, sessions: Sessions, team_id: str, channel_id: str, now: datetime
) -> None:
    try:
        await ask(client, sessions, team_id, channel_id, now)
    except SILENCE as silent:
        log.warning("channel_not_read", why=repr(silent))  # the command asks again


async def _fresh(
    sessions: Sessions, team_id: str, channel_id: str, now: datetime
) -> Channel | None:
    """What is remembered and will be used: the rest needs no care, and no write."""
    async with sessions() as session:
        return await channels.known(session, team_id, channel_id, now - FRESH)
