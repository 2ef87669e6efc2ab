"""The root cause form: one text, for a tier 3 postmortem the whole of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import root_causes as forms
from blocks.parts import View
from blocks.postmortems import OPEN_ROOT_CAUSE
from domain.people import Person
from domain.postmortems import TEXT_MAX, Postmortem, Section, check_length
from handlers.answers import answering, submission_of
from handlers.sections import Made, changing, of_section, opener
from storage import postmortems
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register the root cause form."""
    app.action(OPEN_ROOT_CAUSE)(opener(of_section(Section.ROOT_CAUSE, root_cause_form)))
    app.view(forms.ROOT_CAUSE)(save_root_cause)


async def root_cause_form(
    _session: AsyncSession, postmortem: Postmortem, seen: int, _person: Person, _now: datetime
) -> View:
    """The root cause as it stands."""
    return forms.root_cause_modal(postmortem, seen)


async def save_root_cause(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep the root cause."""
    async with answering(ack, view):
        opened, text = forms.read_root_cause(view)
        check_length("root_cause", text, TEXT_MAX)
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with changing(
            sessions, team_id, opened, Section.ROOT_CAUSE, _root_cause_now, made
        ) as (session, postmortem):
            await postmortems.change_root_cause(session, postmortem.id, text)


async def _root_cause_now(_session: AsyncSession, postmortem: Postmortem) -> str:
    return postmortem.root_cause
