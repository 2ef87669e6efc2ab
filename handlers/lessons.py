"""The lessons form: what went well, what went wrong, and what others should know."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import lessons as forms
from blocks.parts import View
from domain.passages import check_passages
from domain.people import Person
from domain.postmortems import Postmortem, Section
from domain.words import OF_A_LESSON
from handlers.answers import answering, submission_of
from handlers.sections import Made, changing, of_section, opener
from handlers.wording import check_words
from storage import passages
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register the lessons form."""
    app.action(forms.OPEN_LESSONS)(opener(of_section(Section.LESSONS, lessons_form)))
    app.view(forms.LESSONS)(save_lessons)


async def lessons_form(
    session: AsyncSession, postmortem: Postmortem, seen: int, _person: Person, _now: datetime
) -> View:
    """The lessons as they stand."""
    written = await passages.written(session, postmortem.id)
    return forms.lessons_modal(postmortem, written, seen)


async def save_lessons(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep what was learned."""
    async with answering(ack, view):
        opened, typed = forms.read_lessons(view)
        check_passages(typed, forms.FIELDS)
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with changing(sessions, team_id, opened, Section.LESSONS, _lessons_now, made) as (
            session,
            postmortem,
        ):
            check_words(
                view,
                {forms.FIELDS[each]: (text, OF_A_LESSON) for each, text in typed.items()},
                stored=[await _lessons_now(session, postmortem)],
            )
            await passages.write(session, team_id, postmortem.id, typed)


async def _lessons_now(session: AsyncSession, postmortem: Postmortem) -> str:
    return forms.lessons_in_words(await passages.written(session, postmortem.id))
