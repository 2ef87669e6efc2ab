"""The contributing factors form: one condition a line, by what it did."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import contributing_factors as forms
from blocks.parts import View
from blocks.postmortems import OPEN_FACTORS
from domain.contributing_factors import (
    ContributingFactor,
    check_answered,
    check_factors,
    edited,
    read_factors,
)
from domain.people import Person
from domain.postmortems import Postmortem, Section
from domain.words import OF_A_CAUSE
from handlers.answers import answering, submission_of
from handlers.sections import Made, changing, of_section, opener
from handlers.wording import check_words, names_of_responders
from storage import action_items, contributing_factors
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register the contributing factors form."""
    app.action(OPEN_FACTORS)(opener(of_section(Section.FACTORS, factors_form)))
    app.view(forms.FACTORS)(save_factors)


async def factors_form(
    session: AsyncSession, postmortem: Postmortem, seen: int, _person: Person, _now: datetime
) -> View:
    """The contributing factors as they stand."""
    factors = await contributing_factors.factors(session, postmortem.id)
    return forms.factors_modal(postmortem, factors, seen)


async def save_factors(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep the factors; one that an action item answers cannot vanish unseen."""
    async with answering(ack, view):
        opened, texts = forms.read_factors_form(view)
        typed = [
            factor
            for kind, text in texts.items()
            for factor in read_factors(kind, text, forms.FIELDS[kind])
        ]
        check_factors(typed, forms.FIELDS[typed[-1].kind] if typed else "")
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with changing(sessions, team_id, opened, Section.FACTORS, _factors_now, made) as (
            session,
            postmortem,
        ):
            kept = await _adopted(session, postmortem, typed)
            check_words(
                view,
                {forms.FIELDS[kind]: (text, OF_A_CAUSE) for kind, text in texts.items()},
                stored=[await _factors_now(session, postmortem)],
                names=await names_of_responders(session, postmortem),
            )
            await contributing_factors.replace(
                session, team_id, postmortem.id, kept, by=user_id, now=now()
            )


async def _adopted(
    session: AsyncSession, postmortem: Postmortem, typed: list[ContributingFactor]
) -> list[ContributingFactor]:
    old = await contributing_factors.factors(session, postmortem.id)
    kept = edited(old, typed)
    check_answered(old, kept, await action_items.answers(session, postmortem.id), forms.FIELDS)
    return kept


async def _factors_now(session: AsyncSession, postmortem: Postmortem) -> str:
    factors = await contributing_factors.factors(session, postmortem.id)
    return "\n".join(f"{factor.text} ({factor.kind})" for factor in factors)
