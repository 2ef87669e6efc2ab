"""The milestones of a timeline: chosen by menu, and what they tell the facts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import milestones as forms
from blocks.parts import View
from blocks.timeline import save_first
from domain.errors import RuleBroken
from domain.milestones import clashes
from domain.people import Person
from domain.postmortems import Postmortem, Section
from domain.timeline import Milestone, TimelineEntry
from handlers.answers import answering, submission_of
from handlers.clicks import Click, pressed
from handlers.entries import put
from handlers.opening import show
from handlers.sections import Made, changing, of_section, show_form
from storage import timeline
from storage.engine import Sessions

GONE = "This entry is not in the timeline any more: choose another one, or “not known”."
TWO_AT_ONCE = "An entry carries one milestone, and this one is chosen for “{other}” too."


def register(app: AsyncApp) -> None:
    """Register the milestones' form."""
    app.action(forms.OPEN_MILESTONES)(open_milestones)
    app.view(forms.MILESTONES)(save_milestones)


async def milestones_form(
    session: AsyncSession, postmortem: Postmortem, seen: int, person: Person, _now: datetime
) -> View:
    """The milestones as they stand, in the zone of whoever opens them."""
    entries = await timeline.entries(session, postmortem.id)
    return forms.milestones_modal(postmortem, entries, person.tzinfo.key, seen)


_MILESTONES = of_section(Section.TIMELINE, milestones_form)


@pressed
async def open_milestones(click: Click) -> None:
    """Open the milestones, unless that would lose what was typed into the timeline's form."""
    wait = save_first(click.body.get("view", {}))
    if wait is None:
        await show_form(click, _MILESTONES)
    else:
        await show(click.client, click.body, wait)


async def save_milestones(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep what was chosen, or say at its menu what cannot be."""
    async with answering(ack, view):
        opened, chosen = forms.read_milestones(view)
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        zone = ZoneInfo(opened.zone)

        async def theirs(session: AsyncSession, postmortem: Postmortem) -> str:
            return forms.in_words(await timeline.entries(session, postmortem.id), zone)

        async with changing(sessions, team_id, opened, Section.TIMELINE, theirs, made) as (
            session,
            postmortem,
        ):
            old = await timeline.entries(session, postmortem.id)
            new = _marked(old, chosen)
            await put(session, postmortem, old, new, made)


def _marked(
    entries: Sequence[TimelineEntry], chosen: Mapping[Milestone, int | None]
) -> list[TimelineEntry]:
    """The entries with these milestones and no others."""
    there = {entry.id for entry in entries}
    carried: dict[int, Milestone] = {}
    for milestone, entry_id in chosen.items():
        if entry_id is None:
            continue
        if entry_id not in there:
            raise RuleBroken(forms.field_of(milestone), GONE)
        if entry_id in carried:
            other = TWO_AT_ONCE.format(other=carried[entry_id])
            raise RuleBroken(forms.field_of(milestone), other)
        carried[entry_id] = milestone
    marked = [replace(entry, milestone=carried.get(entry.id or 0)) for entry in entries]
    for clash in clashes(marked):
        raise RuleBroken(forms.field_of(clash.milestone), clash.sentence)
    return marked
