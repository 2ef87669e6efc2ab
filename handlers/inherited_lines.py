"""Inherited lines on the table of a review: adopted, accepted or dropped."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import inherited_forms as forms
from blocks.accepted_risks import read_risk
from blocks.action_items import read_item
from blocks.inherited_cards import ACCEPT_LINE, ADOPT_LINE, DROP_LINE
from blocks.inherited_forms import LineDraft
from blocks.item_words import key_of
from blocks.parts import View
from blocks.text import shorten
from domain.accepted_risks import AcceptedRisk, check_risk
from domain.action_items import ActionItem, check_item, free_position
from domain.inherited import LINE_MAX, LineState, Origin, check_dropped
from domain.people import Person
from domain.postmortems import Postmortem, Section
from domain.words import OF_AN_ITEM
from handlers import item_news, kept_items, kept_lines, kept_risks, risk_news
from handlers.answers import answering, submission_of
from handlers.clicks import Click, pressed
from handlers.find import check_may_see
from handlers.kept_items import ADDED, Deed
from handlers.kept_lines import OnTable
from handlers.opening import show
from handlers.people import known, nobody
from handlers.sections import Made, keep, number_in, stored
from handlers.showing import show_again
from handlers.wording import check_words
from storage import action_items, contributing_factors, workspaces
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register the buttons and the forms of inherited lines."""
    for action_id in (ADOPT_LINE, ACCEPT_LINE, DROP_LINE):
        app.action(action_id)(open_form)
    app.view(forms.ADOPTING)(save_adopted)
    app.view(forms.ACCEPTING)(save_accepted)
    app.view(forms.DROPPING)(save_dropped)


@pressed
async def open_form(click: Click) -> None:
    """Open the form that decides about a line, or say who may instead, or that somebody did."""
    action_id, entry_id = click.action["action_id"], number_in(click.action)
    person = await click.person()
    async with click.sessions() as session:
        table = await kept_lines.find(session, click.team_id, entry_id, person.id)
        home = await stored(session, click.team_id, _home(table, action_id).postmortem_id)
        private = [each for each in table.lines.origins if each.is_private]
        hidden = await stored(session, click.team_id, private[0].postmortem_id) if private else None
        draft = LineDraft(
            entry_id=entry_id,
            lines=table.lines,
            home=home,
            programme=await workspaces.programme(session, click.team_id),
            today=person.today(click.now()),
            factors=await contributing_factors.factors(session, home.id),
        )
    if hidden is not None and action_id != DROP_LINE:  # these forms hold the line's words
        await check_may_see(click.client, click.sessions, person.id, hidden)
    await show(click.client, click.body, _FORMS[action_id](draft))


_FORMS: dict[str, Callable[[LineDraft], View]] = {
    ADOPT_LINE: forms.adopt_modal,
    ACCEPT_LINE: forms.accept_modal,
    DROP_LINE: forms.drop_modal,
}


def _home(table: OnTable, action_id: str) -> Origin:
    """Which postmortem keeps what becomes of a line; RuleBroken where none has room."""
    if action_id == ADOPT_LINE:
        return table.lines.home_of_item()
    return table.lines.home_of_risk() if action_id == ACCEPT_LINE else table.lines.origins[0]


async def save_adopted(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep a line as an action item of the latest postmortem that has room (rules 1 and 2)."""
    async with answering(ack, view):
        request = read_item(view)
        met = await known(client, sessions, team_id, [user_id, request.owner], now())
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            table = await kept_lines.lock(session, team_id, forms.entry_in(view), made)
            programme = await workspaces.programme(session, team_id)
            today = _today(met, made)
            item = check_item(request.item(programme, today), met.get(request.owner), today)
            home = await stored(session, team_id, table.lines.home_of_item().postmortem_id)
            texts = {"what": item.what, "done_when": item.done_when}
            check_words(view, {field: (text, OF_AN_ITEM) for field, text in texts.items()})
            await _adopt(session, table, home, item, made)


async def _adopt(
    session: AsyncSession, table: OnTable, home: Postmortem, item: ActionItem, made: Made
) -> None:
    taken = [each.position or 0 for each in await action_items.items(session, home.id)]
    placed = replace(item, position=free_position(home.facts.tier, taken))
    await kept_lines.decide(session, table, LineState.ADOPTED, key_of(home, placed), made)
    deed = Deed(by=made.by, at=made.at, event=ADDED, reason=_adopted(table))
    new, entry_id = await kept_items.add(
        session, home.workspace, home.id, placed, deed, submission=made.submission
    )
    await item_news.owe(session, home, None, new, entry_id, deed)
    await show_again(session, home, new, (), by=made.by, now=made.at)
    await keep(session, home, Section.ACTION_ITEMS, made)


def _adopted(table: OnTable) -> str:
    """Where an item comes from, for its history."""
    line = shorten(table.lines.line.text, LINE_MAX)
    return f"Inherited line of {table.lines.keys}, adopted at the monthly review: “{line}”"


async def save_accepted(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep a line as a risk that somebody accepts (rule 3)."""
    async with answering(ack, view):
        request = read_risk(view)
        wanted = [user_id, request.accepter]
        met = await known(client, sessions, team_id, wanted, now(), "accepter")
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            table = await kept_lines.lock(session, team_id, forms.entry_in(view), made)
            today = _today(met, made)
            risk = request.accepted(await workspaces.programme(session, team_id), today)
            check_risk(risk, met.get(risk.accepter), today)
            home = await stored(session, team_id, table.lines.home_of_risk().postmortem_id)
            await _accept(session, table, home, risk, made)


async def _accept(
    session: AsyncSession, table: OnTable, home: Postmortem, risk: AcceptedRisk, made: Made
) -> None:
    await kept_lines.decide(session, table, LineState.ACCEPTED, risk.reason, made)
    where = home.workspace, home.id
    kept = await kept_risks.add(
        session, *where, risk, by=made.by, now=made.at, submission=made.submission
    )
    await risk_news.owe(session, home.workspace, kept, by=made.by, now=made.at)
    await keep(session, home, Section.ACTION_ITEMS, made)


async def save_dropped(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep why nobody needs a line any more."""
    async with answering(ack, view):
        reason = check_dropped(forms.read_reason(view))
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            table = await kept_lines.lock(session, team_id, forms.entry_in(view), made)
            await kept_lines.decide(session, table, LineState.DROPPED, reason, made)


def _today(met: dict[str, Person], made: Made) -> date:
    return met.get(made.by, nobody(made.by)).today(made.at)
