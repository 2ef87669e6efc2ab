"""Starting a postmortem from its channel, finding it again, and mending its facts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import postmortems as forms
from blocks.facts import facts_in_words, not_asked
from blocks.parts import View
from domain.action_items import check_tier_holds
from domain.people import Person
from domain.postmortems import Facts, Postmortem, Section, check_facts
from handlers import channels, health, prefill, views
from handlers.answers import Repeated, Stale, answering, submission_of
from handlers.cards import was_given_up
from handlers.chairs import tell_chair
from handlers.facilitators import check_apart
from handlers.homes import refresh_all
from handlers.noting import move_in
from handlers.opening import show
from handlers.sections import Made, changing, keep, of_section, opener, owe_card
from storage import action_items, people, postmortems, sections
from storage.engine import Sessions

log = structlog.get_logger(__name__)


def register(app: AsyncApp) -> None:
    """Register the start form and the facts form."""
    app.view(forms.START)(start)
    app.action(forms.OPEN_FACTS)(opener(of_section(Section.FACTS, facts_form)))
    app.view(forms.FACTS)(save_facts)


async def open_or_start(
    client: AsyncWebClient,
    sessions: Sessions,
    command: dict[str, Any],
    now: Callable[[], datetime],
) -> None:
    """Show the channel's postmortem, or a start form that knows what the channel tells."""
    where = command["team_id"], command["channel_id"]
    async with sessions() as session:
        existing = await postmortems.in_channel(session, *where)
        found = None if existing is None else await views.of_postmortem(session, existing, now())
        place = None if existing else await channels.remembered(session, *where, now())
        in_vain = existing is not None and await was_given_up(session, existing)
    if found is not None:  # shown out here: nobody waits for a connection while Slack answers
        await show(client, command, forms.hub_modal(found))
        if in_vain:
            async with sessions.begin() as session:
                await owe_card(session, found.postmortem, by=command["user_id"], now=now())
    elif place is not None:
        await prefill.open_complete(client, command, place)
    else:
        await prefill.open_filled(client, sessions, command, now)


async def start(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep the new postmortem and owe its channel the card."""
    async with answering(ack, view):
        request = forms.read_start(view)
        facts = check_facts(request.facts, now())
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            try:
                started = await postmortems.start(
                    session,
                    team_id,
                    channel=request.channel,
                    channel_name=request.channel_name,
                    is_private=request.is_private,
                    facts=facts,
                    created_by=user_id,
                    submission=made.submission,
                    now=made.at,
                )
            except postmortems.AlreadyStarted as already:
                raise await _overtaken(session, already, made.submission) from already
            await move_in(session, started, request.channel, made)
            await keep(session, started, Section.FACTS, made)
            await health.want(session, team_id, made.at)
        log.info("postmortem_started", postmortem=started.key, tier=int(facts.tier))


async def _overtaken(
    session: AsyncSession, already: postmortems.AlreadyStarted, submission: str
) -> Exception:
    if already.submission == submission:
        return Repeated()
    edit = (await sections.edits(session, already.postmortem.id))[Section.FACTS]
    return Stale(
        edit,
        await _facts_now(session, already.postmortem),
        form=forms.facts_modal(already.postmortem, edit.version),
    )


async def facts_form(
    _session: AsyncSession, postmortem: Postmortem, seen: int, _person: Person, _now: datetime
) -> View:
    """The facts as they stand."""
    return forms.facts_modal(postmortem, seen)


async def save_facts(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep the facts; a tier too small for the items that exist is refused (rule 1)."""
    async with answering(ack, view):
        opened, facts = forms.read_facts(view)
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        check_facts(facts, made.at)
        async with changing(sessions, team_id, opened, Section.FACTS, _facts_now, made) as (
            session,
            postmortem,
        ):
            facts = not_asked(view, facts, postmortem.facts)
            check_tier_holds(facts.tier, len(await action_items.items(session, postmortem.id)))
            await check_apart(session, postmortem, facts.responders)
            await postmortems.change_facts(session, postmortem.id, facts)
            await tell_chair(session, postmortem, facts.tier, made)
            await _show_at_home(session, postmortem, facts, made)


async def _show_at_home(
    session: AsyncSession, postmortem: Postmortem, facts: Facts, made: Made
) -> None:
    """Let those see it who responded, or do no more, and whoever looks at the programme."""
    responders = {*postmortem.facts.responders, *facts.responders}
    await refresh_all(session, postmortem.workspace, responders, made.at)
    await health.want(session, postmortem.workspace, made.at)


async def _facts_now(session: AsyncSession, postmortem: Postmortem) -> str:
    met = await people.known(session, postmortem.workspace, postmortem.facts.responders)
    return facts_in_words(postmortem.facts, {each.id: each.name for each in met.values()})
