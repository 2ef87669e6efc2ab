"""The sections of a postmortem: each opened as it stands, saved locked, checked and marked."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.forms import Opened
from blocks.parts import View
from domain.people import Person
from domain.postmortems import Postmortem, Section
from domain.record import Event, RecordEntry
from handlers.answers import Repeated, Stale
from handlers.clicks import Click, pressed
from handlers.opening import show
from storage import deliveries, indexing, postmortems, publishing, record, sections, tickets
from storage.engine import Sessions

CARD = "card"
#: What a published postmortem is read in: its canvas, and its summary in the tier's channel.
CANVAS, SUMMARY = "canvas", "summary"
PUBLISHED = (CANVAS, SUMMARY)
#: The message of a meta-review, whose items are those of its postmortem (rule 21).
META_REVIEW = "meta_review"

#: Of these a ticket says something (`domain.ticket_text`).
ON_TICKETS = (Section.FACTS, Section.FACTORS)

#: What a section says now, for somebody whose form was overtaken.
Theirs = Callable[[AsyncSession, Postmortem], Awaitable[str]]
#: What has to be locked before a postmortem.
Before = Callable[[AsyncSession], Awaitable[None]]
#: The form behind a button: of the postmortem or item with this id, for this person, now.
Form = Callable[[AsyncSession, str, int, Person, datetime], Awaitable[View]]
#: A section's form as it stands; the number is how often the section was changed so far.
SectionForm = Callable[[AsyncSession, Postmortem, int, Person, datetime], Awaitable[View]]


def opener(form: Form) -> Callable[..., Awaitable[None]]:
    """A listener that opens `form` for whoever presses the button."""

    @pressed
    async def open_form(click: Click) -> None:
        await show_form(click, form)

    open_form.__name__ = f"open_{form.__name__}"
    open_form.__doc__ = f"Open {(form.__doc__ or '')[:1].lower()}{(form.__doc__ or '')[1:]}"
    return open_form


async def show_form(click: Click, form: Form) -> None:
    """Open `form` of what the button names."""
    person = await click.person()
    async with click.sessions() as session:
        view = await form(session, click.team_id, number_in(click.action), person, click.now())
    await show(click.client, click.body, view)


def of_section(section: Section, draw: SectionForm) -> Form:
    """The form behind a section's button, whose value is the postmortem's id."""

    @wraps(draw)
    async def form(
        session: AsyncSession, team_id: str, postmortem_id: int, person: Person, now: datetime
    ) -> View:
        postmortem = await stored(session, team_id, postmortem_id)
        edit = (await sections.edits(session, postmortem.id)).get(section)
        return await draw(session, postmortem, edit.version if edit else 0, person, now)

    return form


async def stored(session: AsyncSession, team_id: str, postmortem_id: int) -> Postmortem:
    """The postmortem with this id; NotFound when it is not of this workspace."""
    found = await postmortems.find(session, team_id, postmortem_id)
    if found is None:
        raise postmortems.NotFound
    return found


def number_in(action: dict[str, Any]) -> int:
    """The id a button carries; NotFound when it carries none."""
    value = str(action.get("value", ""))
    if not value.isdecimal():
        raise postmortems.NotFound
    return int(value)


@dataclass(frozen=True, kw_only=True)
class Made:
    """Who made a change, when, and by which press of Save."""

    by: str
    at: datetime
    submission: str


@asynccontextmanager
async def changing(
    sessions: Sessions,
    team_id: str,
    opened: Opened,
    section: Section,
    theirs: Theirs,
    made: Made,
    before: Before | None = None,
) -> AsyncIterator[tuple[AsyncSession, Postmortem]]:
    """One transaction around a change of one section, with the postmortem locked first.

    `before` locks what comes before it in the one order of all locks. Raises NotFound, Repeated
    (this submission is stored), or Stale when the section has changed since the form was opened.
    Ends by noting who changed it and owing the card.
    """
    async with sessions.begin() as session:
        if before is not None:
            await before(session)
        postmortem = await postmortems.lock(session, team_id, opened.postmortem_id)
        if await sections.was_submitted(session, postmortem.id, section, made.submission):
            raise Repeated
        edit = (await sections.edits(session, postmortem.id)).get(section)
        if edit is not None and edit.version != opened.seen:
            raise Stale(edit, await theirs(session, postmortem))
        yield session, postmortem
        await keep(session, postmortem, section, made)


async def keep(session: AsyncSession, postmortem: Postmortem, section: Section, made: Made) -> None:
    """Note who changed the section, and owe the channel a card that shows it, tickets their text.

    What is published already is thereby amended, and everybody who reads it is owed the new text.
    """
    await sections.mark(
        session, postmortem.id, section, by=made.by, now=made.at, submission=made.submission
    )
    await indexing.index(session, postmortem.workspace, postmortem.id)
    if section in ON_TICKETS:
        await tickets.want_all_of(session, postmortem.id, made.at)
    await owe_card(session, postmortem, by=made.by, now=made.at)
    if await publishing.amend(session, postmortem.id, by=made.by, at=made.at, what=section):
        entry = RecordEntry(actor=made.by, at=made.at, event=Event.AMENDED, reason=section)
        await record.append(session, postmortem.workspace, postmortem.id, entry)
        await owe_readers(session, postmortem, made)


async def owe_readers(session: AsyncSession, postmortem: Postmortem, made: Made) -> None:
    """Owe those who read a published postmortem how it stands when it is sent."""
    await deliveries.again(
        session, postmortem.workspace, PUBLISHED, str(postmortem.id), now=made.at, asked_by=made.by
    )


async def owe_card(
    session: AsyncSession, postmortem: Postmortem, *, by: str, now: datetime
) -> None:
    """Owe the channel a card that shows how things stand when it is sent.

    An imported postmortem has no channel, and nobody to owe it. That of a meta-review has none
    either: it is shown in the message of that.
    """
    if postmortem.channel is None:
        which = str(postmortem.id)
        await deliveries.again(
            session, postmortem.workspace, [META_REVIEW], which, now=now, asked_by=by
        )
        return
    await deliveries.enqueue(
        session,
        postmortem.workspace,
        CARD,
        str(postmortem.id),
        channel=postmortem.channel,
        due_at=now,
        asked_by=by,
    )
