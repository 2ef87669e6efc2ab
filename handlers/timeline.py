"""The timeline: its form, where every line is read or named, and the window that shows it all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import timeline as forms
from blocks import whole_timeline
from blocks.parts import View
from blocks.postmortems import OPEN_TIMELINE
from blocks.timeline_parts import splits
from domain.people import Person
from domain.postmortems import Postmortem, Section
from domain.timeline import (
    TimelineEntry,
    check_timeline,
    edited,
    read_timeline,
    write_timeline,
)
from handlers import wishes
from handlers.answers import answering, submission_of
from handlers.clicks import Click, pressed
from handlers.entries import put
from handlers.opening import Opening, Tell, show, tell_by
from handlers.people import whoever
from handlers.sections import Made, changing, of_section, opener, stored
from storage import sections, timeline
from storage.engine import Sessions
from storage.postmortems import NotFound


def register(app: AsyncApp) -> None:
    """Register the timeline form, and the pages that only show it."""
    app.action(OPEN_TIMELINE)(opener(of_section(Section.TIMELINE, timeline_form)))
    app.view(forms.TIMELINE)(save_timeline)
    app.action(forms.EARLIER_PART)(other_part)
    app.action(forms.LATER_PART)(other_part)
    app.action(whole_timeline.READ_TIMELINE)(opener(first_page))
    app.action(whole_timeline.NEXT_ENTRIES)(turn)
    app.action(whole_timeline.BACK_ENTRIES)(turn)


async def timeline_form(
    session: AsyncSession, postmortem: Postmortem, seen: int, person: Person, _now: datetime
) -> View:
    """The timeline as it stands, written in the zone of whoever opens it."""
    entries = await timeline.entries(session, postmortem.id)
    return forms.timeline_modal(postmortem, entries, person.tzinfo.key, seen)


async def save_timeline(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep every line, or say which ones cannot be read and leave them in the form."""
    async with answering(ack, view):
        opened, text = forms.read_timeline_form(view)
        zone = ZoneInfo(opened.zone)

        async def theirs(session: AsyncSession, postmortem: Postmortem) -> str:
            held, _ = splits(view, await timeline.entries(session, postmortem.id))
            return "\n".join(write_timeline(held, zone, postmortem.facts.started_at))

        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with changing(sessions, team_id, opened, Section.TIMELINE, theirs, made) as (
            session,
            postmortem,
        ):
            today = made.at.astimezone(zone).date()
            typed = read_timeline(text, zone, postmortem.facts.started_at, today)
            old = await timeline.entries(session, postmortem.id)
            held, rest = splits(view, old)
            new = sorted([*rest, *_as_typed(held, typed)], key=lambda entry: entry.at)
            await put(session, postmortem, old, check_timeline(new, made.at), made)


def _as_typed(old: Sequence[TimelineEntry], typed: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """The lines as entries, each that was there as itself; a milestone left out is taken away."""
    pairs = zip(edited(old, typed), typed, strict=True)
    return [replace(entry, milestone=line.milestone) for entry, line in pairs]


async def first_page(
    session: AsyncSession, team_id: str, postmortem_id: int, person: Person, _now: datetime
) -> View:
    """All of the timeline, from its first entry on."""
    return await _page(session, team_id, postmortem_id, person, 0)


async def other_part(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    respond: Tell,
    now: Callable[[], datetime],
) -> None:
    """Show another part of a long timeline in the form, unless this one is not saved yet."""
    await ack()
    wait = forms.save_first(body["view"])

    async def work() -> None:
        person = await whoever(client, sessions, team_id, user_id, now())
        async with sessions() as session:
            view = await _part(session, team_id, action, person)
        await _show_instead(client, body, view)

    opening.begin(show(client, body, wait) if wait else work(), tell_by(client, body, respond))


async def _part(
    session: AsyncSession, team_id: str, action: dict[str, Any], person: Person
) -> View:
    number, part = _numbers_in(action)
    postmortem = await stored(session, team_id, number)
    edit = (await sections.edits(session, number)).get(Section.TIMELINE)
    entries = await timeline.entries(session, number)
    seen = edit.version if edit else 0
    return forms.timeline_modal(postmortem, entries, person.tzinfo.key, seen, part)


async def _show_instead(client: AsyncWebClient, body: dict[str, Any], view: View) -> None:
    shown = body["view"]
    await client.views_update(view_id=shown["id"], hash=shown["hash"], view=view)


def _numbers_in(action: dict[str, Any]) -> tuple[int, int]:
    """The postmortem's id and the page that a button carries; NotFound when it carries none."""
    number, _, page = str(action.get("value", "")).partition(":")
    if not (number.isdecimal() and page.isdecimal()):
        raise NotFound
    return int(number), int(page)


@pressed
async def turn(click: Click) -> None:
    """Show another page of the timeline in the same window."""
    number, page = _numbers_in(click.action)
    person = await click.person()
    async with click.sessions() as session:
        view = await _page(session, click.team_id, number, person, page)
    await _show_instead(click.client, click.body, view)


async def _page(
    session: AsyncSession, team_id: str, postmortem_id: int, person: Person, page: int
) -> View:
    postmortem = await stored(session, team_id, postmortem_id)
    entries = await timeline.entries(session, postmortem.id)
    waits = await wishes.waits(session, postmortem, entries, person.id)
    return whole_timeline.timeline_window(postmortem, entries, person.tzinfo, page, waits)
