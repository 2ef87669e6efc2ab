"""The start form: complete at once where the channel is known, else filled in a moment later."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks import postmortems as forms
from blocks.parts import View
from domain.channels import Place
from domain.prefill import guess
from handlers import channels
from handlers.opening import show
from handlers.patience import within
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: After this many seconds a person has begun to type, and the form is theirs alone.
PATIENCE = 1.5

NOT_A_MEMBER = (
    "I am not in this channel, so I could not show its postmortem here. "
    "Type `/invite @Closed Loop` in the channel, then run `/postmortem` again."
)


async def open_complete(client: AsyncWebClient, command: dict[str, Any], place: Place) -> None:
    """Open the form with everything that the channel tells: one call, and nothing changes later."""
    await show(client, command, _told_by_channel(command, place))


async def open_filled(
    client: AsyncWebClient,
    sessions: Sessions,
    command: dict[str, Any],
    now: Callable[[], datetime],
) -> None:
    """Open the form, reading the channel at the same time, and show what was read.

    When Slack is slow the form stays as it is: nothing a person types is ever overwritten.
    """
    reading = asyncio.create_task(_read(client, sessions, command, now))
    try:
        shown = await show(client, command, _told_by_command(command))
        await _fill(client, shown, reading)
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)  # it must not outlive the database


async def _fill(client: AsyncWebClient, shown: dict[str, Any], reading: asyncio.Task[View]) -> None:
    try:
        async with within(PATIENCE):
            better = await asyncio.shield(reading)
        await client.views_update(view_id=shown["id"], hash=shown["hash"], view=better)
    except TimeoutError:
        log.info("prefill_skipped", view=shown["id"])
    except (SlackApiError, aiohttp.ClientError) as refused:
        log.warning("prefill_failed", why=repr(refused))


async def _read(
    client: AsyncWebClient,
    sessions: Sessions,
    command: dict[str, Any],
    now: Callable[[], datetime],
) -> View:
    place = await channels.ask(client, sessions, command["team_id"], command["channel_id"], now())
    if place is None:
        return forms.sorry_modal("Invite me first", NOT_A_MEMBER)
    return _told_by_channel(command, place, refilled=True)


def _told_by_command(command: dict[str, Any]) -> View:
    is_private = command["channel_name"] == "privategroup"
    name = "" if is_private else command["channel_name"]
    return forms.start_modal(
        channel=command["channel_id"],
        channel_name=name,
        is_private=is_private,
        guess=guess(name),
        responders=[command["user_id"]],
    )


def _told_by_channel(command: dict[str, Any], place: Place, *, refilled: bool = False) -> View:
    return forms.start_modal(
        channel=place.channel.id,
        channel_name=place.channel.name,
        is_private=place.channel.is_private,
        guess=guess(place.channel.name, place.channel.topic, place.channel.times),
        responders=place.responders(command["user_id"]),
        refilled=refilled,
    )
