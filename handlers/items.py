"""An action item's own window and its history, from wherever somebody opens them."""

from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import item_history as threads
from blocks.cards import hub_modal
from blocks.item_buttons import ITEM_HISTORY, OPEN_ITEM
from blocks.item_window import ITEM_WINDOW, ItemView, item_in, item_window
from blocks.items_list import LIST_ITEMS
from blocks.parts import View
from domain.action_items import ActionItem
from domain.people import Person
from domain.postmortems import Postmortem
from domain.roles import possible
from handlers import items_list, views
from handlers.clicks import Click, pressed
from handlers.deciders import instead_of, roles_of
from handlers.find import check_may_see
from handlers.opening import show
from handlers.reading import SILENCE
from handlers.sections import number_in
from storage import (
    accepted_risks,
    action_items,
    contributing_factors,
    item_history,
    postmortems,
    publishing,
    tickets,
)
from storage.engine import Sessions

log = structlog.get_logger(__name__)


def register(app: AsyncApp) -> None:
    """Register the item's window and its history."""
    app.action(OPEN_ITEM)(open_item)
    app.action(ITEM_HISTORY)(open_history)
    app.action(threads.BACK_HISTORY)(turn_history)
    app.action(threads.NEXT_HISTORY)(turn_history)


@pressed
async def open_item(click: Click) -> None:
    """Open an action item's window: how it stands, and what whoever pressed may decide."""
    person = await click.person()
    which = number_in(click.action)
    await check_may_look(click, which)
    async with click.sessions() as session:
        view = await drawn(session, click.team_id, which, person, click.now(), _hub_below(click))
    await on_top(click, view)


@pressed
async def open_history(click: Click) -> None:
    """Show what happened to an action item, who did it and why."""
    which = number_in(click.action)
    await check_may_look(click, which)
    await on_top(click, await _history(click, which))


@pressed
async def turn_history(click: Click) -> None:
    """Show another page of an action item's history."""
    which, _, page = str(click.action.get("value", "")).partition(":")
    if not (which.isdecimal() and page.isdecimal()):
        raise postmortems.NotFound
    view = await _history(click, int(which), int(page))
    await click.client.views_update(view_id=click.body["view"]["id"], view=view)


async def _history(click: Click, which: int, page: int | None = None) -> View:
    person = await click.person()
    async with click.sessions() as session:
        postmortem, item = await item_of(session, click.team_id, which)
        entries = await item_history.of_item(session, which)
    return threads.history_window(postmortem, item, entries, person.tzinfo, page)


async def item_of(
    session: AsyncSession, team_id: str, item_id: int
) -> tuple[Postmortem, ActionItem]:
    """The item with the postmortem it stands in; NotFound when it is not of this workspace."""
    found = await action_items.item(session, team_id, item_id)
    if found is None:
        raise postmortems.NotFound
    return found


async def drawn(
    session: AsyncSession, team_id: str, item_id: int, person: Person, now: datetime, hub: str = ""
) -> View:
    """The window of an item as it stands now, for this person."""
    postmortem, item = await item_of(session, team_id, item_id)
    factors = await contributing_factors.factors(session, postmortem.id)
    roles = await roles_of(session, postmortem, item, person.id)
    may = possible(item, roles)
    risks = await accepted_risks.risks(session, postmortem.id)
    return item_window(
        ItemView(
            postmortem=postmortem,
            item=item,
            today=person.today(now),
            may=may,
            instead="" if may else await instead_of(session, postmortem, item, roles),
            answers=next((each.text for each in factors if each.id == item.factor_id), ""),
            history=await item_history.of_item(session, item_id),
            risk=next((each for each in reversed(risks) if each.item_id == item_id), None),
            zone=person.tzinfo,
            is_published=await publishing.publication(session, postmortem.id) is not None,
            hub=hub,
            has_lost_ticket=await _has_lost_ticket(session, item),
        )
    )


async def _has_lost_ticket(session: AsyncSession, item: ActionItem) -> bool:
    """Whether its ticket was deleted where it was; nobody asks of one that is well."""
    found = await tickets.find(session, item.id or 0) if item.ticket_trouble else None
    return found is not None and found.is_gone


async def check_may_look(click: Click, item_id: int) -> None:
    """Refuse whoever may not read an item: a private one is for its channel and its owner."""
    async with click.sessions() as session:
        postmortem, item = await item_of(session, click.team_id, item_id)
    if not reads_it_there(click, postmortem, item):
        await check_may_see(click.client, click.sessions, click.user_id, postmortem)


def reads_it_there(click: Click, postmortem: Postmortem, item: ActionItem) -> bool:
    """Whether whoever pressed may read the item, as far as is known without asking Slack."""
    is_theirs = click.user_id in {item.owner, item.proposed_owner}
    is_there = click.body.get("channel", {}).get("id") == postmortem.channel is not None
    return not postmortem.is_private or is_theirs or is_there or window_below(click) is not None


async def on_top(click: Click, view: View) -> None:
    """Show a window on top of the one somebody pressed in; Slack stacks three at most.

    From the third one on it takes the place of that.
    """
    below = click.body.get("view", {})
    if below.get("previous_view_id") not in {None, below.get("root_view_id")}:
        await click.client.views_update(view_id=below["id"], view=view)
    else:
        await show(click.client, click.body, view)


def window_below(click: Click) -> dict[str, Any] | None:
    """The item's window that a button was pressed in, if it was one."""
    below: dict[str, Any] = click.body.get("view", {})
    return below if below.get("callback_id") == ITEM_WINDOW else None


def _hub_below(click: Click) -> str:
    """The id of the postmortem's window that a button was pressed in; empty where it was none.

    Of the list of items it is followed by what that remembers.
    """
    below = click.body.get("view", {})
    if below.get("callback_id") == LIST_ITEMS:
        return f"{below['id']} {below['private_metadata']}"
    title = below.get("title") or {}
    is_hub = below.get("type") == "modal" and str(title.get("text", "")).startswith("Postmortem ")
    return str(below["id"]) if is_hub else ""


async def redraw(
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    item_id: int,
    person: Person,
    now: datetime,
    shown: tuple[str, str],
) -> None:
    """Show these windows as things are now: the item's own, and the one below it, if any.

    Where they were closed meanwhile, or Slack is down, what was decided is kept all the same.
    """
    window, hub = shown
    async with sessions() as session:
        there = {window: await drawn(session, team_id, item_id, person, now, hub)}
        below, _, listed = hub.partition(" ")
        if below and not listed:
            postmortem, _ = await item_of(session, team_id, item_id)
            there[below] = hub_modal(await views.of_postmortem(session, postmortem))
    if listed:
        asks = client, sessions, team_id, person.id, now
        there[below] = await items_list.listed_again(*asks, listed)
    for view_id, view in there.items():
        try:
            await client.views_update(view_id=view_id, view=view)
        except SILENCE as silent:
            log.info("window_not_redrawn", why=repr(silent))


def stands_on(click: Click) -> tuple[str, str]:
    """The item's window in which a button was pressed and what is below it, if anything."""
    window = window_below(click)
    return (window["id"], item_in(window)[1]) if window else ("", "")
