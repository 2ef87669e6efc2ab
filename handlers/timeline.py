"""The timeline form: many lines at once, every one of them read or named."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import timeline as forms
from blocks.parts import View
from blocks.postmortems import OPEN_TIMELINE
from domain.people import Person
from domain.postmortems import Postmortem, Section
from domain.timeline import (
    TimelineEntry,
    check_timeline,
    edited,
    read_timeline,
    write_timeline,
)
from handlers.agreements import withdraw
from handlers.answers import answering, submission_of
from handlers.sections import Made, changing, of_section, opener
from storage import timeline
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register the timeline form."""
    app.action(OPEN_TIMELINE)(opener(of_section(Section.TIMELINE, timeline_form)))
    app.view(forms.TIMELINE)(save_timeline)


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
            entries = await timeline.entries(session, postmortem.id)
            return "\n".join(write_timeline(entries, zone, postmortem.facts.started_at))

        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with changing(sessions, team_id, opened, Section.TIMELINE, theirs, made) as (
            session,
            postmortem,
        ):
            today = made.at.astimezone(zone).date()
            typed = read_timeline(text, zone, postmortem.facts.started_at, today)
            old = await timeline.entries(session, postmortem.id)
            kept = edited(old, check_timeline(typed, made.at))
            await put(session, postmortem, old, kept, made)


async def put(
    session: AsyncSession,
    postmortem: Postmortem,
    old: Sequence[TimelineEntry],
    new: Sequence[TimelineEntry],
    made: Made,
) -> None:
    """Put these entries in place of the old ones; whoever agreed to those is asked again.

    The postmortem must be locked. Whoever calls this also keeps the section (`sections.keep`).
    """
    await timeline.replace(
        session, postmortem.workspace, postmortem.id, new, by=made.by, now=made.at
    )
    await withdraw(session, postmortem, old, new, made)
