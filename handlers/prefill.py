"""The start form opens at once; what the channel tells is filled in a moment later."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks import postmortems as forms
from domain.errors import RuleBroken
from domain.prefill import guess
from handlers.opening import show
from handlers.people import known
from handlers.refusals import code_of
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: After this many seconds a person has begun to type, and the form is theirs alone.
PATIENCE = 1.5
#: In a larger channel being a member says nothing about having taken part.
FEW = 15

NOT_A_MEMBER = (
    "I am not in this channel, so I could not show its postmortem here. "
    "Type `/invite @Closed Loop` in the channel, then run `/postmortem` again."
)
#: Slack's words for a channel the app may not look into.
CLOSED = frozenset({"channel_not_found", "not_in_channel"})


async def open_filled(
    client: AsyncWebClient,
    sessions: Sessions,
    command: dict[str, Any],
    form: dict[str, Any],
    now: Callable[[], datetime],
) -> None:
    """Open the form, reading the channel at the same time, and show what was read.

    When Slack is slow the form stays as it is: nothing a person types is ever overwritten.
    """
    reading = asyncio.create_task(_read(client, sessions, command, now))
    try:
        shown = await show(client, command, form)
        await _fill(client, shown, reading)
    finally:
        reading.cancel()


async def _fill(
    client: AsyncWebClient, shown: dict[str, Any], reading: asyncio.Task[dict[str, Any]]
) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            better = await asyncio.shield(reading)
        await client.views_update(view_id=shown["id"], hash=shown["hash"], view=better)
    except TimeoutError:
        log.info("prefill_skipped", view=shown["id"])
    except SlackApiError as refused:
        log.warning("prefill_failed", slack_error=code_of(refused))


async def _read(
    client: AsyncWebClient,
    sessions: Sessions,
    command: dict[str, Any],
    now: Callable[[], datetime],
) -> dict[str, Any]:
    channel = command["channel_id"]
    try:
        info, members = await asyncio.gather(
            client.conversations_info(channel=channel),
            client.conversations_members(channel=channel, limit=FEW + 2),
        )
    except SlackApiError as refused:
        if code_of(refused) in CLOSED:
            return forms.sorry_modal("Invite me first", NOT_A_MEMBER)
        raise
    about = info["channel"]
    if not about.get("is_member", True):
        return forms.sorry_modal("Invite me first", NOT_A_MEMBER)
    people = await _responders(client, sessions, command, members["members"], now)
    return forms.start_modal(
        channel=channel,
        channel_name=about["name"],
        is_private=about.get("is_private", False),
        guess=guess(about["name"], about.get("topic", {}).get("value", "")),
        responders=people,
        refilled=True,
    )


async def _responders(
    client: AsyncWebClient,
    sessions: Sessions,
    command: dict[str, Any],
    members: list[str],
    now: Callable[[], datetime],
) -> list[str]:
    if len(members) > FEW + 1:
        return [command["user_id"]]
    try:
        met = await known(client, sessions, command["team_id"], members, now())
    except RuleBroken:
        return [command["user_id"]]
    return [
        each
        for each in members
        if each in met and not (met[each].is_bot or met[each].is_deactivated)
    ]
