"""Entries put into a channel's timeline without its form; what comes too early is kept until then.

Everything here happens in one transaction, and a message is in a timeline at most once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.postmortems import Postmortem, Section
from domain.slack_words import Message, mentioned
from domain.sources import stands_in
from domain.timeline import ENTRIES_MAX, TimelineEntry, check_timeline
from handlers.answers import Repeated
from handlers.entries import put
from handlers.patience import within
from handlers.reading import SILENCE
from handlers.sections import Made, keep
from storage import jotted, people, postmortems, sections, sources, timeline
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: A link to the message is worth this many seconds of somebody's wait, and no more.
PATIENCE = 1.0

#: Makes an entry another one; None takes it out of the timeline.
Change = Callable[[TimelineEntry], TimelineEntry | None]


@dataclass(frozen=True, kw_only=True)
class Noted:
    """Where entries went, and how many of them were new there.

    Without a postmortem they wait for it; `is_first` when nothing waited in this channel before.
    """

    postmortem: Postmortem | None
    added: int
    is_first: bool = False


async def note(
    sessions: Sessions, team_id: str, channel: str, entries: Sequence[TimelineEntry], made: Made
) -> Noted:
    """Put entries into the timeline of the channel's postmortem, or keep them until it is started.

    Raises RuleBroken when there are too many of them or one lies in the future, Repeated when this
    submission was stored before.
    """
    async with sessions.begin() as session:
        there = await postmortems.in_channel(session, team_id, channel)
        if there is None:
            await sources.hold_starts(session, team_id)
            there = await postmortems.in_channel(session, team_id, channel)
        if there is None:
            return await _jot(session, team_id, channel, entries, made)
        return await note_in(session, team_id, there.id, entries, made)


async def note_in(
    session: AsyncSession,
    team_id: str,
    postmortem_id: int,
    entries: Sequence[TimelineEntry],
    made: Made,
) -> Noted:
    """Put entries into the timeline of this postmortem, which nobody has locked yet."""
    postmortem = await postmortems.lock(session, team_id, postmortem_id)
    if await sections.was_submitted(session, postmortem.id, Section.TIMELINE, made.submission):
        raise Repeated
    old = await timeline.entries(session, postmortem.id)
    fresh = [each for each in entries if not _is_there(old, each)]
    if fresh:
        await _replace(session, postmortem, old, check_timeline([*old, *fresh], made.at), made)
    return Noted(postmortem=postmortem, added=len(fresh))


def _is_there(entries: Sequence[TimelineEntry], entry: TimelineEntry) -> bool:
    is_message = bool(entry.message_ts)
    return is_message and bool(stands_in(entries, entry.message_channel, entry.message_ts))


async def _replace(
    session: AsyncSession,
    postmortem: Postmortem,
    old: Sequence[TimelineEntry],
    new: Sequence[TimelineEntry],
    made: Made,
) -> None:
    ordered = sorted(new, key=lambda entry: entry.at)
    await put(session, postmortem, old, ordered, made)
    await keep(session, postmortem, Section.TIMELINE, made)


async def _jot(
    session: AsyncSession,
    team_id: str,
    channel: str,
    entries: Sequence[TimelineEntry],
    made: Made,
) -> Noted:
    waiting = await jotted.of_channel(session, team_id, channel)
    check_timeline([*waiting, *entries], made.at)
    added = 0
    for number, entry in enumerate(entries):
        named = sources.submission_of_message(entry.message_ts) if entry.message_ts else None
        added += await jotted.jot(
            session,
            team_id,
            channel,
            entry,
            by=made.by,
            now=made.at,
            submission=named or f"{made.submission}:{number}",
        )
    return Noted(postmortem=None, added=added, is_first=not waiting)


async def move_in(session: AsyncSession, postmortem: Postmortem, channel: str, made: Made) -> None:
    """Let what was noted in the channel before its postmortem was started be its timeline."""
    waiting = await jotted.take(session, postmortem.workspace, channel)
    if waiting:
        await put(session, postmortem, [], waiting[:ENTRIES_MAX], made)


async def change_all(
    sessions: Sessions,
    team_id: str,
    message: tuple[str, str],
    places: Sequence[int | None],
    change: Change,
    made: Made,
) -> None:
    """Change every entry of this message (its channel and ts): one in each of its `places`."""
    for place in places:
        async with sessions.begin() as session:
            if place is None:
                await _change_jotted(session, team_id, message, change)
            else:
                postmortem = await postmortems.lock(session, team_id, place)
                await _change_in(session, postmortem, message, change, made)


async def _change_in(
    session: AsyncSession,
    postmortem: Postmortem,
    message: tuple[str, str],
    change: Change,
    made: Made,
) -> None:
    old = await timeline.entries(session, postmortem.id)
    entry = stands_in(old, *message)
    changed = change(entry) if entry else None
    if changed != entry:
        rest = [each for each in old if each is not entry]
        await _replace(session, postmortem, old, [*rest, *([changed] if changed else [])], made)


async def _change_jotted(
    session: AsyncSession, team_id: str, message: tuple[str, str], change: Change
) -> None:
    await sources.hold_starts(session, team_id)
    entry = stands_in(await jotted.of_channel(session, team_id, message[0]), *message)
    changed = change(entry) if entry else None
    if entry and changed is None:
        await sources.forget_jotted(session, team_id, entry)
    elif changed and changed != entry:
        await sources.rewrite_jotted(session, team_id, changed)


async def names_in(sessions: Sessions, team_id: str, message: Message) -> dict[str, str]:
    """What the people whom a message mentions are called, as far as they are known."""
    ids = mentioned(message)
    if not ids:
        return {}
    async with sessions() as session:
        met = await people.known(session, team_id, ids)
    return {each.id: each.name for each in met.values() if each.name}


async def link_to(client: AsyncWebClient, channel: str, ts: str) -> str:
    """The address of a message; empty where Slack does not say in time."""
    try:
        async with within(PATIENCE):
            answer = await client.chat_getPermalink(channel=channel, message_ts=ts)
    except SILENCE as silent:
        log.info("message_without_link", why=repr(silent))
        return ""
    return str(answer["permalink"])
