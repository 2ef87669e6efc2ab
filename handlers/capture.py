"""A timeline without its form: the shortcut *Add to timeline*, and `/postmortem log`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from blocks import capture as forms
from blocks.parts import View
from domain.errors import RuleBroken
from domain.logged import read_logged
from domain.postmortems import Facts
from domain.sources import Heading, Ourselves, entry_of, is_ours
from domain.timeline import Source, TimelineEntry, check_timeline
from domain.unclear import Unclear
from handlers.answers import Repeated, answering, submission_of
from handlers.noting import Noted, link_to, names_in, note, note_in
from handlers.opening import Opening, Tell, show, tell_by
from handlers.people import known
from handlers.sections import Made
from handlers.subcommands import NOT_CHANNELS, Subcommand, Typed
from handlers.telling import beside
from storage import postmortems, sources
from storage.engine import Sessions

#: What Slack calls a private channel, whose name only its members may know.
PRIVATE = "privategroup"

NO_ZONE = (
    "Slack did not say in time which time zone you are in. "
    "Send it again, or leave the time out: then it is noted as happening now."
)
IS_THERE = "This message is in the timeline of {key} already: change it there, with Edit."
IS_WAITING = "This message is noted already. " + forms.WAITS
STAYS = (
    "What is said in a private channel stays with its members: "
    "choose the postmortem of the message's own channel."
)


def register(app: AsyncApp) -> None:
    """Register the shortcut and its form."""
    app.shortcut(forms.SHORTCUT)(open_message)
    app.view(forms.MESSAGE)(add_message)


async def open_message(
    ack: AsyncAck,
    shortcut: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    bot_id: str,
    bot_user_id: str,
    opening: Opening,
    respond: Tell,
) -> None:
    """Open the form of the message, filled with what it says."""
    await ack()

    async def work() -> None:
        us = Ourselves(user=bot_user_id, bot=bot_id)
        await show(client, shortcut, await _message_form(sessions, team_id, shortcut, us))

    opening.begin(work(), tell_by(client, shortcut, respond))


async def _message_form(
    sessions: Sessions, team_id: str, shortcut: dict[str, Any], us: Ourselves
) -> View:
    """The form; RuleBroken where the message belongs into no timeline, or is in it."""
    channel, name = shortcut["channel"]["id"], shortcut["channel"]["name"]
    message = {"ts": shortcut["message_ts"], **shortcut["message"]}
    if name.startswith(NOT_CHANNELS):
        raise RuleBroken("message", forms.IN_A_DM)
    if is_ours(message, us):
        raise RuleBroken("message", forms.OUR_OWN)
    names = await names_in(sessions, team_id, message)
    entry = entry_of(message, channel, Source.SHORTCUT, names)
    if entry is None:
        raise RuleBroken("message", forms.SAYS_NOTHING)
    return forms.message_modal(entry, await _target(sessions, team_id, entry, name == PRIVATE))


async def _target(
    sessions: Sessions,
    team_id: str,
    entry: TimelineEntry,
    is_private: bool,  # noqa: FBT001 - said by Slack
) -> forms.Target:
    channel = entry.message_channel
    async with sessions() as session:
        own = await postmortems.in_channel(session, team_id, channel)
        if own is not None:
            if own.id in await sources.places(session, team_id, channel, entry.message_ts):
                raise RuleBroken("message", IS_THERE.format(key=own.key))
            heading = Heading(id=own.id, number=own.number, title=own.facts.title)
            return forms.Target(channel=channel, is_private=is_private, own=heading)
        others = [] if is_private else await sources.recent_public(session, team_id, forms.OFFERED)
    return forms.Target(channel=channel, is_private=is_private, others=others)


async def add_message(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
) -> None:
    """Put the message into the timeline that was chosen, and say where where nobody would see."""
    async with answering(ack, view):
        request = forms.read_message(view)
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        check_timeline([request.entry], made.at, "at")
        channel, ts = request.entry.message_channel, request.entry.message_ts
        entry = replace(request.entry, permalink=await link_to(client, channel, ts))
        noted = await _noted(sessions, team_id, replace(request, entry=entry), made)
        key = noted.postmortem.key if noted.postmortem else ""
        if not noted.added:
            raise RuleBroken("text", IS_THERE.format(key=key) if key else IS_WAITING)
        if request.postmortem_id or not key:  # else the card says it
            opening.say(beside(client, channel, user_id), forms.noted([entry], key))


async def _noted(
    sessions: Sessions, team_id: str, request: forms.MessageRequest, made: Made
) -> Noted:
    """Where the message went; RuleBroken where it would become known outside a private channel."""
    channel = request.entry.message_channel
    if request.postmortem_id is None:
        return await note(sessions, team_id, channel, [request.entry], made)
    async with sessions.begin() as session:
        noted = await note_in(session, team_id, request.postmortem_id, [request.entry], made)
        target = noted.postmortem
        if target and target.channel != channel and (request.is_private or target.is_private):
            raise RuleBroken("postmortem", STAYS)  # and nothing of it is stored
    return noted


async def log(typed: Typed) -> None:
    """Note what was typed, and answer with when it was understood to have happened."""
    if typed.command["channel_name"].startswith(NOT_CHANNELS):
        await typed.ack(forms.LOG_IN_A_DM)
    elif not typed.rest.strip():
        await typed.ack(forms.USAGE)
    else:
        try:
            answer = await _logged(typed)
        except (RuleBroken, Unclear) as why:
            answer = forms.not_noted(str(why), typed.rest)
        await typed.ack(answer)


async def _logged(typed: Typed) -> str:
    """Store what was typed; what to answer."""
    at = typed.now()
    made = Made(by=typed.user_id, at=at, submission=typed.command["trigger_id"])
    async with typed.sessions() as session:
        there = await postmortems.in_channel(session, typed.team_id, typed.channel_id)
    entries = await _read(typed, at, there.facts if there else None)
    check_timeline(entries, at)
    try:
        noted = await note(typed.sessions, typed.team_id, typed.channel_id, entries, made)
    except Repeated:
        return forms.noted(entries, there.key if there else "", at)
    return forms.noted(entries, noted.postmortem.key if noted.postmortem else "", at)


async def _read(typed: Typed, at: datetime, facts: Facts | None) -> list[TimelineEntry]:
    """The entries that were typed; RuleBroken where a time needs a zone that nobody knows."""
    try:
        met = await known(
            typed.client, typed.sessions, typed.team_id, [typed.user_id], at, no_older_than=None
        )
    except RuleBroken:
        entries = read_logged(typed.rest, ZoneInfo("UTC"), at, facts)
        if any(entry.at != at for entry in entries):
            raise RuleBroken("text", NO_ZONE) from None
        return entries
    zone = met[typed.user_id].tzinfo if typed.user_id in met else ZoneInfo("UTC")
    return read_logged(typed.rest, zone, at, facts)


SUBCOMMANDS = {
    "log": Subcommand(
        usage="log [time] text",
        help="adds a line to the timeline: `log 14:03 failover started`, or without a time: now.",
        run=log,
    )
}
