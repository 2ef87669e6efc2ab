"""`/postmortem`: what follows the slash, and where each word leads."""

from collections.abc import Callable, Mapping
from datetime import datetime
from html import unescape
from types import ModuleType
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from blocks.notices import help_text
from handlers import (
    agenda,
    capture,
    find,
    handing_over,
    items_list,
    postmortems,
    reports,
    review_window,
    settings,
    sprint,
)
from handlers.opening import Opening, Tell
from handlers.subcommands import NOT_CHANNELS, Subcommand, Typed
from storage.engine import Sessions

COMMAND = "/postmortem"

NOT_IN_A_DM = (
    "A postmortem belongs to the channel where the incident was handled. "
    "Run `/postmortem` there: everybody who took part will find it."
)
#: In the order in which help lists them.
_MODULES: tuple[ModuleType, ...] = (
    *(capture, items_list, sprint, review_window, reports, agenda, find),
    *(handing_over, settings),
)
SUBCOMMANDS: Mapping[str, Subcommand] = {
    word: subcommand
    for module in _MODULES
    for word, subcommand in getattr(module, "SUBCOMMANDS", {}).items()
}


def register(app: AsyncApp) -> None:
    """Register the slash command."""
    app.command(COMMAND)(postmortem)


async def postmortem(
    ack: AsyncAck,
    command: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    opening: Opening,
    respond: Tell,
    now: Callable[[], datetime],
) -> None:
    """Open the channel's postmortem, or the form that starts one; anything unknown gets help."""
    # Slack sends typed text escaped (docs.slack.dev/messaging/formatting-message-text).
    word, rest = (*unescape(command.get("text", "")).split(maxsplit=1), "", "")[:2]
    subcommand = SUBCOMMANDS.get(word.lower())
    if subcommand is not None:
        typed = Typed(
            rest=rest.strip(),
            command=command,
            ack=ack,
            client=client,
            sessions=sessions,
            opening=opening,
            respond=respond,
            now=now,
        )
        await subcommand.run(typed)
    elif word:
        await ack(_help("" if word.lower() == "help" else word))
    elif command["channel_name"].startswith(NOT_CHANNELS):
        await ack(NOT_IN_A_DM)
    else:
        await ack()
        opening.begin(postmortems.open_or_start(client, sessions, command, now), respond)


def _help(unknown: str) -> str:
    lines = [(each.usage, each.help) for each in SUBCOMMANDS.values()]
    return help_text(unknown, lines)
