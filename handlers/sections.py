"""The sections of a postmortem: each opened as it stands, saved locked, checked and marked."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.forms import Opened
from blocks.parts import View
from domain.people import Person
from domain.postmortems import Postmortem, Section
from handlers.answers import Repeated, Stale
from handlers.opening import Opening, Tell, show, tell_by
from handlers.people import whoever
from storage import deliveries, postmortems, sections
from storage.engine import Sessions

CARD = "card"

#: What a section says now, for somebody whose form was overtaken.
Theirs = Callable[[AsyncSession, Postmortem], Awaitable[str]]
#: A section's form as it stands, for this person; the number is how often it was changed so far.
Form = Callable[[AsyncSession, Postmortem, int, Person, datetime], Awaitable[View]]


def opener(section: Section, form: Form) -> Callable[..., Awaitable[None]]:
    """A listener that opens `form` for whoever presses the section's button."""

    async def open_section(
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
        await ack()

        async def work() -> None:
            person = await whoever(client, sessions, team_id, user_id, now())
            async with sessions() as session:
                postmortem = await clicked(session, team_id, action)
                edit = (await sections.edits(session, postmortem.id)).get(section)
                view = await form(session, postmortem, edit.version if edit else 0, person, now())
            await show(client, body, view)

        opening.begin(work(), tell_by(client, body, respond))

    open_section.__name__ = f"open_{form.__name__}"
    open_section.__doc__ = f"Open {(form.__doc__ or '').lower()[:1]}{(form.__doc__ or '')[1:]}"
    return open_section


async def clicked(session: AsyncSession, team_id: str, action: dict[str, Any]) -> Postmortem:
    """The postmortem whose button was pressed; NotFound when it is not of this workspace."""
    found = await postmortems.find(session, team_id, number_in(action))
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
    sessions: Sessions, team_id: str, opened: Opened, section: Section, theirs: Theirs, made: Made
) -> AsyncIterator[tuple[AsyncSession, Postmortem]]:
    """One transaction around a change of one section, with the postmortem locked first.

    Raises NotFound, Repeated (this submission is stored), or Stale when the section has
    changed since the form was opened. Ends by noting who changed it and owing the card.
    """
    async with sessions.begin() as session:
        postmortem = await postmortems.lock(session, team_id, opened.postmortem_id)
        if await sections.was_submitted(session, postmortem.id, section, made.submission):
            raise Repeated
        edit = (await sections.edits(session, postmortem.id)).get(section)
        if edit is not None and edit.version != opened.seen:
            raise Stale(edit, await theirs(session, postmortem))
        yield session, postmortem
        await keep(session, postmortem, section, made)


async def keep(session: AsyncSession, postmortem: Postmortem, section: Section, made: Made) -> None:
    """Note who changed the section, and owe the channel a card that shows it."""
    await sections.mark(
        session, postmortem.id, section, by=made.by, now=made.at, submission=made.submission
    )
    await deliveries.enqueue(
        session,
        postmortem.workspace,
        CARD,
        str(postmortem.id),
        channel=postmortem.channel,
        due_at=made.at,
        asked_by=made.by,
    )
