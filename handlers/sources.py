"""Messages marked for the timeline, by reaction or pin, and what becomes of them afterwards.

All of it is done before Slack's event is acknowledged: what cannot be done now, since Slack does
not say what it is asked, is sent again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from blocks import capture as forms
from domain.errors import RuleBroken
from domain.slack_words import Message
from domain.sources import (
    Happened,
    Ourselves,
    after_deletion,
    after_edit,
    entry_of,
    entry_text,
    is_news,
    is_ours,
    is_untouched,
    reactors,
    same_reaction,
    what_happened,
)
from domain.timeline import Source, TimelineEntry
from handlers.desk import Desk
from handlers.noting import Change, change_all, link_to, names_in, note
from handlers.opening import Opening
from handlers.reading import SILENCE
from handlers.telling import beside, by_dm
from storage import sources, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)


def register(app: AsyncApp) -> None:
    """Register reactions, pins, and what happens to messages."""
    app.event("reaction_added")(_listener(marked))
    app.event("reaction_removed")(_listener(unmarked))
    app.event("pin_added")(_listener(pinned))
    app.event("message")(_listener(followed))


def _listener(
    work: Callable[[dict[str, Any], Desk], Awaitable[None]],
) -> Callable[..., Awaitable[BoltResponse | None]]:
    """Bolt's listener that does this work; where Slack is silent, it wants the event again."""

    async def listener(
        event: dict[str, Any],
        client: AsyncWebClient,
        sessions: Sessions,
        team_id: str,
        bot_id: str,
        bot_user_id: str,
        opening: Opening,
        now: Callable[[], datetime],
    ) -> BoltResponse | None:
        us = Ourselves(user=bot_user_id, bot=bot_id)
        desk = Desk(
            client=client, sessions=sessions, team_id=team_id, us=us, opening=opening, at=now()
        )
        try:
            await work(event, desk)
        except SILENCE as silent:
            log.warning("source_not_read", why=repr(silent))
            return BoltResponse(status=503)
        return None

    listener.__name__, listener.__doc__ = work.__name__, work.__doc__
    return listener


async def marked(event: dict[str, Any], desk: Desk) -> None:
    """Add the message that a person marked with the workspace's reaction."""
    channel, ts = event["item"].get("channel", ""), event["item"].get("ts", "")
    if not await _is_our_reaction(event, desk) or (await desk.places(channel, ts))[1]:
        return
    if not await desk.colleagues([event["user"]]):
        return
    message = await desk.message(channel, ts)
    if message and event["user"] in reactors(message, event["reaction"]):  # not taken back since
        await _take(desk, event["user"], channel, message, Source.REACTION)


async def unmarked(event: dict[str, Any], desk: Desk) -> None:
    """Take it out again when nobody marks it any more, unless somebody has worked on it since.

    Working on it is: other words, another time, or a milestone. What apps mark does not count.
    """
    channel, ts = event["item"].get("channel", ""), event["item"].get("ts", "")
    if not await _is_our_reaction(event, desk):
        return
    places, is_in = await desk.places(channel, ts)
    message = await desk.message(channel, ts) if is_in else None
    if message is None or await desk.colleagues(reactors(message, event["reaction"])):
        return
    said = await _sayings(desk, message)

    def out(entry: TimelineEntry) -> TimelineEntry | None:
        return None if is_untouched(entry, said) else entry

    made = desk.made(event["user"])
    await change_all(desk.sessions, desk.team_id, (channel, ts), places, out, made)


async def pinned(event: dict[str, Any], desk: Desk) -> None:
    """Add the message that a person pinned; it stays there when the pin is taken away."""
    message: dict[str, Any] = event["item"].get("message") or {}
    if not message.get("ts") or (await desk.places(event["channel_id"], message["ts"]))[1]:
        return
    if await desk.colleagues([event["user"]]):
        await _take(desk, event["user"], event["channel_id"], message, Source.PIN)


async def followed(event: dict[str, Any], desk: Desk) -> None:
    """Follow a message that was edited or deleted into the entries that were made of it."""
    happened = what_happened(event)
    if happened is None or is_ours(happened.message, desk.us):
        return  # of all that is said in a busy channel, nothing is looked up
    which = event["channel"], happened.message["ts"]
    async with desk.sessions() as session:
        places = await sources.places(session, desk.team_id, *which)
    if places:
        change = after_deletion if happened.is_deleted else await _edit(desk, happened)
        made = desk.made(happened.by or desk.us.user)
        await change_all(desk.sessions, desk.team_id, which, places, change, made)


async def _edit(desk: Desk, happened: Happened) -> Change:
    before = await _sayings(desk, happened.before) if happened.before else ()
    after, *_ = await _sayings(desk, happened.message)

    def follow(entry: TimelineEntry) -> TimelineEntry:
        return after_edit(entry, before, after, news=is_news(happened))

    return follow


async def _sayings(desk: Desk, message: Message) -> list[str]:
    """What an entry of this message says, and said when nobody it mentions was known by name."""
    names = await names_in(desk.sessions, desk.team_id, message)
    return [entry_text(message, names), entry_text(message)]


async def _is_our_reaction(event: dict[str, Any], desk: Desk) -> bool:
    async with desk.sessions() as session:
        programme = await workspaces.programme(session, desk.team_id)
    is_message = event["item"].get("type") == "message"
    return is_message and same_reaction(event["reaction"], programme.reaction)


async def _take(desk: Desk, user: str, channel: str, message: Message, source: Source) -> None:
    """Note the message; tell the person when it waits for a postmortem, or cannot be taken."""
    names = await names_in(desk.sessions, desk.team_id, message)
    entry = None if is_ours(message, desk.us) else entry_of(message, channel, source, names)
    if entry is None:
        return
    permalink = message.get("permalink") or await link_to(desk.client, channel, entry.message_ts)
    entry = replace(entry, permalink=permalink)
    try:
        noted = await note(desk.sessions, desk.team_id, channel, [entry], desk.made(user))
    except RuleBroken as broken:
        sentence = forms.not_added(str(broken), permalink)
        desk.opening.say(by_dm(desk.client, user), sentence)
    else:
        if noted.is_first and noted.added:  # of the rest of an incident nobody needs to be told
            desk.opening.say(beside(desk.client, channel, user), forms.noted([entry]))
