"""Deciding about an action item, from the card, a message, App Home or a review alike."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import decision_forms as forms
from blocks.decision_inputs import FORMS, Draft
from blocks.forms import opened
from blocks.item_buttons import action_of, decision_in
from blocks.item_history import overtaken_lines
from blocks.item_words import key_of
from blocks.parts import View
from domain.action_items import ActionItem
from domain.decisions import Decided, Decision, Moment
from domain.errors import RuleBroken
from domain.kept_tickets import of_item
from domain.people import Person
from domain.postmortems import Postmortem, Section
from domain.words import OF_AN_ITEM
from handlers.answers import Overtaken, Repeated, answering, submission_of
from handlers.clicks import Click, pressed
from handlers.deciders import accepts, check_decides, has_left
from handlers.decisions import Act, keep_decision
from handlers.find import check_may_see
from handlers.items import item_of, on_top, reads_it_there, redraw, stands_on
from handlers.opening import Opening, tell_nobody
from handlers.people import known, nobody
from handlers.sections import number_in
from handlers.wording import check_words
from storage import item_history, postmortems, sections, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)


def register(app: AsyncApp) -> None:
    """Register the buttons and the forms of all decisions."""
    for decision in Decision:
        app.action(action_of(decision))(open_form if decision in FORMS else answer)
    for decision in FORMS:
        app.view(forms.form_of(decision))(save)


@pressed
async def open_form(click: Click) -> None:
    """Open the form of a decision about an action item, or say who may take it instead."""
    decision, which = decision_in(click.action["action_id"]), number_in(click.action)
    person = await click.person()
    async with _window_kept_current(click, which, person), click.sessions() as session:
        postmortem, item = await item_of(session, click.team_id, which)
        await check_decides(session, postmortem, item, person.id, decision)
        draft = await _draft(session, click, postmortem, item, person)
    if decision is Decision.RESCOPE and not draft.tells:  # its form holds the item's words
        await check_may_see(click.client, click.sessions, click.user_id, postmortem)
    await on_top(click, forms.decision_modal(decision, draft))


async def _draft(
    session: AsyncSession, click: Click, postmortem: Postmortem, item: ActionItem, person: Person
) -> Draft:
    window, hub = stands_on(click)
    return Draft(
        postmortem=postmortem,
        item=item,
        programme=await workspaces.programme(session, click.team_id),
        seen=len(of_item(await item_history.of_item(session, item.id or 0))),
        person=person.id,
        today=person.today(click.now()),
        window=window,
        hub=hub,
        tells=reads_it_there(click, postmortem, item),
        has_left=await has_left(session, postmortem, item),
        declines=person.id != item.owner and await accepts(session, postmortem, item, person.id),
    )


@pressed
async def answer(click: Click) -> None:
    """Take an action item on, or decline: for whoever was asked to."""
    decision, which = decision_in(click.action["action_id"]), number_in(click.action)
    person, now = await click.person(), click.now()
    async with click.sessions() as session:
        postmortem, _ = await item_of(session, click.team_id, which)
    async with _window_kept_current(click, which, person), click.sessions.begin() as session:
        postmortem = await postmortems.lock(session, click.team_id, postmortem.id)
        _, item = await item_of(session, click.team_id, which)
        at = await _moment(session, postmortem, person, now)
        said = Decided(decision=decision)
        await keep_decision(session, postmortem, item, Act(said=said, at=at))
    await _redraw_below(click, which, person)


@asynccontextmanager
async def _window_kept_current(click: Click, which: int, person: Person) -> AsyncIterator[None]:
    """Where a rule refuses what a window offered, the window is out of date: show it anew.

    The refusal then names the item: what is read may stand far from the button.
    """
    try:
        yield
    except RuleBroken as broken:
        await _redraw_below(click, which, person)
        async with click.sessions() as session:
            key = key_of(*await item_of(session, click.team_id, which))
        raise RuleBroken(broken.field, f"{key}: {broken}") from broken


async def _redraw_below(click: Click, which: int, person: Person) -> None:
    window, hub = stands_on(click)
    if window:
        there = click.client, click.sessions, click.team_id
        await redraw(*there, which, person, click.now(), (window, hub))


async def save(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
) -> None:
    """Keep what was decided about an action item, tell those who need to know, and show it."""
    window, hub = forms.beneath(view)
    async with answering(ack, view, clears=not window):
        which, _, said = forms.read_decision(view)
        met = await known(client, sessions, team_id, [user_id, said.person], now(), "person")
        person = met.get(user_id, nobody(user_id))
        async with sessions.begin() as session:
            postmortem = await postmortems.lock(session, team_id, opened(view).postmortem_id)
            item = await _fresh(session, postmortem, view, user_id, now())
            _check_wording(view, said, item)
            at = await _moment(session, postmortem, person, now(), met.get(said.person))
            act = Act(said=said, at=at, submission=submission_of(view), is_form=True)
            await keep_decision(session, postmortem, item, act)
        if window:
            there = client, sessions, team_id
            shown = redraw(*there, which, person, now(), (window, hub))
            opening.begin(shown, tell_nobody)


async def _fresh(
    session: AsyncSession, postmortem: Postmortem, view: View, by: str, now: datetime
) -> ActionItem:
    """The item, if nothing happened to it since the form was opened; Overtaken says what did."""
    submission = submission_of(view)
    if await sections.was_submitted(session, postmortem.id, Section.ACTION_ITEMS, submission):
        raise Repeated
    which, seen, said = forms.read_decision(view)
    history = of_item(await item_history.of_item(session, which))
    _, item = await item_of(session, postmortem.workspace, which)
    if len(history) != seen:
        lines = overtaken_lines(history, seen, now, with_words=forms.tells(view))
        instead = await _why_not(session, postmortem, item, by, said.decision)
        again = forms.overtaken(view, lines, len(history), instead)
        raise Overtaken(again, history[-1].actor)
    return item


async def _why_not(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, by: str, decision: Decision
) -> str:
    """Why somebody cannot decide so as things are now, and what can be done; empty if they can."""
    try:
        await check_decides(session, postmortem, item, by, decision)
    except RuleBroken as broken:
        return str(broken)
    return ""


def _check_wording(view: View, said: Decided, item: ActionItem) -> None:
    if said.decision is Decision.RESCOPE:
        texts = {"what": (said.what, OF_AN_ITEM), "done_when": (said.done_when, OF_AN_ITEM)}
        check_words(view, texts, stored=[item.what, item.done_when])


async def _moment(
    session: AsyncSession,
    postmortem: Postmortem,
    person: Person,
    now: datetime,
    named: Person | None = None,
) -> Moment:
    programme = await workspaces.programme(session, postmortem.workspace)
    today = person.today(now)
    return Moment(by=person.id, now=now, today=today, programme=programme, person=named)
