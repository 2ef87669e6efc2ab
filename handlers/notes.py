"""The notes: all of them to read, and a form to change them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import notes as forms
from blocks.parts import View
from domain.passages import Passage, check_passages
from domain.people import Person
from domain.postmortems import Postmortem, Section
from handlers.answers import answering, submission_of
from handlers.sections import Made, changing, of_section, opener
from storage import passages
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register the window and the form of the notes."""
    app.action(forms.READ_NOTES)(opener(of_section(Section.NOTES, notes_window)))
    app.action(forms.OPEN_NOTES)(opener(of_section(Section.NOTES, notes_form)))
    app.view(forms.NOTES)(save_notes)


async def notes_window(
    session: AsyncSession, postmortem: Postmortem, _seen: int, _person: Person, _now: datetime
) -> View:
    """The notes to read."""
    return forms.notes_window(postmortem, await _notes_now(session, postmortem))


async def notes_form(
    session: AsyncSession, postmortem: Postmortem, seen: int, _person: Person, _now: datetime
) -> View:
    """The notes as they stand."""
    return forms.notes_modal(postmortem, await _notes_now(session, postmortem), seen)


async def save_notes(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep the notes."""
    async with answering(ack, view):
        opened, notes = forms.read_notes(view)
        typed = {Passage.NOTES: notes}
        check_passages(typed, {Passage.NOTES: "notes"})
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with changing(sessions, team_id, opened, Section.NOTES, _in_words, made) as (
            session,
            postmortem,
        ):
            await passages.write(session, team_id, postmortem.id, typed)


async def _notes_now(session: AsyncSession, postmortem: Postmortem) -> str:
    return (await passages.written(session, postmortem.id)).get(Passage.NOTES, "")


async def _in_words(session: AsyncSession, postmortem: Postmortem) -> str:
    return forms.notes_in_words(await _notes_now(session, postmortem))
