"""Accepting a risk instead of an action item nobody owns (rule 3)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import accepted_risks as forms
from blocks.action_items import ACCEPT_INSTEAD, read_item
from blocks.parts import View
from blocks.postmortems import ACCEPT_RISK
from domain.accepted_risks import check_risk, check_room
from domain.people import Person
from domain.postmortems import Postmortem, Section
from handlers import kept_risks, risk_news
from handlers.answers import Repeated, answering, submission_of
from handlers.clicks import Click, pressed
from handlers.opening import show
from handlers.people import known, nobody
from handlers.sections import Made, keep, of_section, opener, stored
from storage import accepted_risks, postmortems, workspaces
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register the form that accepts a risk, by itself or instead of an item."""
    app.action(ACCEPT_RISK)(opener(of_section(Section.ACTION_ITEMS, risk_form)))
    app.action(ACCEPT_INSTEAD)(accept_instead)
    app.view(forms.RISK)(save_risk)


async def risk_form(
    session: AsyncSession, postmortem: Postmortem, _seen: int, person: Person, now: datetime
) -> View:
    """An empty form for a risk."""
    programme = await workspaces.programme(session, postmortem.workspace)
    return forms.risk_modal(postmortem, programme, person.today(now))


@pressed
async def accept_instead(click: Click) -> None:
    """Open the risk form on top of the item form, carrying over what may happen again.

    Whoever thinks better of it closes it and finds the item as it was typed.
    """
    draft = read_item(click.body["view"])
    person = await click.person()
    async with click.sessions() as session:
        postmortem = await stored(session, click.team_id, draft.postmortem_id)
        programme = await workspaces.programme(session, click.team_id)
    form = forms.risk_modal(postmortem, programme, person.today(click.now()), draft.what)
    await show(click.client, click.body, form)


async def save_risk(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep who accepted which risk, why, and until when."""
    async with answering(ack, view):
        request = forms.read_risk(view)
        wanted = [user_id, request.accepter]
        people = await known(client, sessions, team_id, wanted, now(), "accepter")
        today = people.get(user_id, nobody(user_id)).today(now())
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            postmortem = await postmortems.lock(session, team_id, request.postmortem_id)
            if await accepted_risks.submitted(session, postmortem.id, made.submission):
                raise Repeated
            risk = request.accepted(await workspaces.programme(session, team_id), today)
            check_risk(risk, people.get(risk.accepter), today)
            check_room(len(await accepted_risks.risks(session, postmortem.id)))
            stored = await kept_risks.add(
                session,
                team_id,
                postmortem.id,
                risk,
                by=made.by,
                now=made.at,
                submission=made.submission,
            )
            await risk_news.owe(session, team_id, stored, by=made.by, now=made.at)
            await keep(session, postmortem, Section.ACTION_ITEMS, made)
