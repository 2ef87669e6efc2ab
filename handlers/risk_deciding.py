"""Looking again at an accepted risk: it is accepted for another while, or is none any more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import risk_forms as forms
from blocks.item_words import key_of
from blocks.parts import View
from blocks.risk_buttons import CONFIRM_RISK, END_RISK, RENEW_RISK
from blocks.risk_forms import RiskAnswer, RiskDraft
from domain.accepted_risks import AcceptedRisk, ended, renewed
from domain.errors import RuleBroken
from domain.people import Person
from domain.postmortems import Postmortem, Section
from domain.record import Event, RecordEntry
from domain.risk_roles import check_may
from handlers import item_news, kept_risks, risk_news
from handlers.answers import Repeated, answering, submission_of
from handlers.clicks import Click, pressed
from handlers.deciders import accepts, walks
from handlers.find import check_may_see
from handlers.items import item_of
from handlers.opening import show
from handlers.people import known, nobody
from handlers.sections import Made, number_in, owe_card, owe_readers
from storage import accepted_risks, action_items, people, postmortems, sections, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

NOT_ASKED = (
    "You are not named as the one who accepts this risk any more: there is nothing you need to do."
)
CONFIRMED_ALREADY = "You confirmed it already: there is nothing more you need to do."


def register(app: AsyncApp) -> None:
    """Register the buttons and the forms of accepted risks."""
    app.action(RENEW_RISK)(open_renewing)
    app.action(END_RISK)(open_ending)
    app.action(CONFIRM_RISK)(confirm)
    app.view(forms.RENEWING)(save)
    app.view(forms.ENDING)(save)


@pressed
async def open_renewing(click: Click) -> None:
    """Open the form that accepts a risk once more, or say who may instead."""
    await _open(click, forms.renew_modal)


@pressed
async def open_ending(click: Click) -> None:
    """Open the form that ends an accepted risk, or say who may instead."""
    await _open(click, forms.end_modal)


@pressed
async def confirm(click: Click) -> None:
    """Keep that whoever was named to accept the risk instead of an item says that they do."""
    which = number_in(click.action)
    async with click.sessions.begin() as session:
        postmortem, _ = await item_of(session, click.team_id, which)
        postmortem = await postmortems.lock(session, click.team_id, postmortem.id)
        _, item = await item_of(session, click.team_id, which)
        if not await accepts(session, postmortem, item, click.user_id):
            raise RuleBroken("", NOT_ASKED)
        if not await item_news.confirmed(session, postmortem, item, click.user_id, click.now()):
            raise RuleBroken("", CONFIRMED_ALREADY)


async def _open(click: Click, draw: Callable[[RiskDraft], View]) -> None:
    person = await click.person()
    async with click.sessions() as session:
        postmortem, risk = await _risk(session, click.team_id, number_in(click.action))
        await _check_may(session, postmortem, risk, person.id)
        programme = await workspaces.programme(session, click.team_id)
        key = await _item_key(session, postmortem, risk)
    if person.id != risk.accepter:
        await check_may_see(click.client, click.sessions, person.id, postmortem)
    draft = RiskDraft(
        postmortem=postmortem,
        risk=risk,
        programme=programme,
        today=person.today(click.now()),
        by=person.id,
        key=key,
    )
    await show(click.client, click.body, draw(draft))


async def _risk(
    session: AsyncSession, team_id: str, risk_id: int
) -> tuple[Postmortem, AcceptedRisk]:
    found = await accepted_risks.risk(session, team_id, risk_id)
    if found is None:
        raise postmortems.NotFound
    if not found[1].stands:
        raise RuleBroken("", "This risk has ended. If it is one still, accept it on the card anew.")
    return found


async def _check_may(
    session: AsyncSession, postmortem: Postmortem, risk: AcceptedRisk, by: str
) -> str:
    lead = (await workspaces.programme(session, postmortem.workspace)).lead
    met = await people.known(session, postmortem.workspace, {risk.accepter, lead} - {""})
    accepter = met.get(risk.accepter, nobody(risk.accepter))
    leads = met.get(lead, nobody(lead)) if lead else None
    chairs = await walks(session, postmortem.workspace, by, risk_id=risk.id or 0)
    return check_may(by, risk, accepter, leads, chairs=chairs)


async def _item_key(session: AsyncSession, postmortem: Postmortem, risk: AcceptedRisk) -> str:
    if risk.item_id is None:
        return ""
    found = await action_items.item(session, postmortem.workspace, risk.item_id)
    return key_of(*found) if found else ""


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What somebody says about a risk, which form says it, and who is who."""

    answer: RiskAnswer
    ends: bool
    by: Person
    accepter: Person | None


async def save(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep what somebody says about a risk, and put it on record."""
    async with answering(ack, view):
        answer, ends = forms.read_answer(view), view["callback_id"] == forms.ENDING
        met = await known(client, sessions, team_id, [user_id, answer.accepter], now(), "accepter")
        by = met.get(user_id, nobody(user_id))
        said = _Said(answer=answer, ends=ends, by=by, accepter=met.get(answer.accepter))
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            postmortem = await postmortems.lock(session, team_id, answer.postmortem_id)
            if await sections.was_submitted(
                session, postmortem.id, Section.ACTION_ITEMS, made.submission
            ):
                raise Repeated
            await _keep(session, postmortem, said, made)


async def _keep(session: AsyncSession, postmortem: Postmortem, said: _Said, made: Made) -> None:
    found = await accepted_risks.risk(session, postmortem.workspace, said.answer.risk_id)
    if found is None:
        raise postmortems.NotFound
    risk = found[1]
    acting = await _check_may(session, postmortem, risk, made.by)
    new = _looked_at(risk, said, made)
    entry = RecordEntry(
        actor=made.by,
        at=made.at,
        event=Event.RISK_ENDED if said.ends else Event.RISK_RENEWED,
        changes={"acting": ("", acting)} if acting else {},
        reason=said.answer.reason,
    )
    await kept_risks.change(session, postmortem, risk, new, entry)
    if not said.ends:
        await risk_news.owe(session, postmortem.workspace, new, by=made.by, now=made.at)
    await _show(session, postmortem, {risk.accepter, new.accepter}, made)
    log.info("risk_looked_at", postmortem=postmortem.key, became=str(entry.event))


def _looked_at(risk: AcceptedRisk, said: _Said, made: Made) -> AcceptedRisk:
    """The risk as it is then; refused where somebody else was quicker."""
    answer, today = said.answer, said.by.today(made.at)
    if risk.stands and risk.renewals != answer.seen:
        raise RuleBroken(
            "reason",
            "Somebody accepted this risk again while you had this open. Close this form, and look "
            "at it again.",
        )
    if said.ends:
        return ended(risk, answer.reason, today)
    return renewed(risk, said.accepter, answer.reason, answer.until, today)


async def _show(
    session: AsyncSession, postmortem: Postmortem, concerned: set[str], made: Made
) -> None:
    """Let all that shows the risk show it as it is now."""
    await sections.mark(
        session,
        postmortem.id,
        Section.ACTION_ITEMS,
        by=made.by,
        now=made.at,
        submission=made.submission,
    )
    await owe_card(session, postmortem, by=made.by, now=made.at)
    await owe_readers(session, postmortem, made)
    await kept_risks.show_again(session, postmortem, concerned, made.at)
