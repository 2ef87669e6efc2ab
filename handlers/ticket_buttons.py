"""Tickets by hand: tried again, made again where they were deleted, or opened again."""

from collections.abc import Sequence
from dataclasses import replace

import structlog
from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.item_words import key_of
from blocks.tickets import (
    MAKE_AGAIN,
    REOPEN_TICKET,
    TRY_TICKET,
    TRY_TICKETS,
    asks_for_evidence,
    was_deleted,
)
from domain.action_items import ActionItem
from domain.errors import RuleBroken
from domain.kept_tickets import OPENED
from domain.postmortems import Postmortem
from domain.roles import Role
from handlers import kept_items
from handlers.clicks import Click, pressed
from handlers.deciders import instead_of, roles_of
from handlers.find import check_may_see
from handlers.items import check_may_look, item_of, redraw, stands_on
from handlers.kept_items import Deed
from handlers.sections import number_in, stored
from handlers.showing import show_again
from storage import action_items, postmortems, reopened_tickets, tickets

log = structlog.get_logger(__name__)

#: Who may open the ticket of an item again: whoever decides about the item.
_MAY_REOPEN = frozenset({Role.OWNER, Role.LEAD, Role.FACILITATOR})


def register(app: AsyncApp) -> None:
    """Register the buttons of tickets."""
    app.action(TRY_TICKET)(try_again)
    app.action(TRY_TICKETS)(try_all_again)
    app.action(REOPEN_TICKET)(reopen)


@pressed
async def try_again(click: Click) -> None:
    """Try one item's ticket again, for whoever may see the item."""
    which = number_in(click.action)
    await check_may_look(click, which)
    async with click.sessions.begin() as session:
        postmortem, item = await _locked(session, click.team_id, which)
        if not await _retry(session, click, postmortem, [item]):
            raise RuleBroken("", _none(postmortem, item))
    await _redraw_below(click, which)
    key = key_of(postmortem, item)
    if was_deleted(item):
        await click.tell(f"I make the ticket of {key} again now. If that fails, {key} says why.")
        return
    await click.tell(f"I try the ticket of {key} again now. If that fails too, {key} says why.")


@pressed
async def try_all_again(click: Click) -> None:
    """Try every ticket of one postmortem again with which something is wrong."""
    async with click.sessions() as session:
        postmortem = await stored(session, click.team_id, number_in(click.action))
    if click.body.get("channel", {}).get("id") != postmortem.channel:
        await check_may_see(click.client, click.sessions, click.user_id, postmortem)
    async with click.sessions.begin() as session:
        postmortem = await postmortems.lock(session, click.team_id, postmortem.id)
        items = await action_items.items(session, postmortem.id)
        wrong = [each for each in items if each.ticket_trouble]
        tried = await _retry(session, click, postmortem, wrong)
    if not tried:
        raise RuleBroken("", f"The tickets of {postmortem.key} are well: there is none to try.")
    keys = ", ".join(key_of(postmortem, each) for each in tried)
    await click.tell(f"I try again now: {keys}. If that fails too, the card says why.")


async def _retry(
    session: AsyncSession, click: Click, postmortem: Postmortem, items: Sequence[ActionItem]
) -> list[ActionItem]:
    """Let tickets be seen to at once, and return whose there are.

    One that was deleted is forgotten, and another one made. The postmortem must be locked.
    """
    found = {each.id or 0: await tickets.find(session, each.id or 0) for each in items}
    tried = [each for each in items if found[each.id or 0] is not None]
    gone = [each for each in tried if (ticket := found[each.id or 0]) and ticket.is_gone]
    bare = [
        replace(each, ticket="", ticket_url="", ticket_closed=False, ticket_trouble="")
        for each in gone
    ]
    for each in bare:
        await kept_items.remark(session, each)
    for each in tried:
        await tickets.retry(session, each.id or 0, click.now())
        log.info("ticket_tried_again", item=key_of(postmortem, each), is_gone=each in gone)
    for each in bare:
        await show_again(session, postmortem, each, (), by=click.user_id, now=click.now())
    return tried


def _none(postmortem: Postmortem, item: ActionItem) -> str:
    return (
        f"{key_of(postmortem, item)} has no ticket: its service had no tracker when it was "
        "written. `/postmortem settings trackers` makes the tickets that are missing."
    )


@pressed
async def reopen(click: Click) -> None:
    """Open a closed ticket again, for whoever decides about its item: there is more to do."""
    which = number_in(click.action)
    async with click.sessions.begin() as session:
        postmortem, item = await _locked(session, click.team_id, which)
        roles = await roles_of(session, postmortem, item, click.user_id)
        if not roles & _MAY_REOPEN:
            raise RuleBroken("", await instead_of(session, postmortem, item, roles))
        _check_is_closed(postmortem, item)
        acting = next(each for each in Role if each in roles & _MAY_REOPEN)
        await _reopen(session, click, postmortem, item, "" if acting is Role.OWNER else acting)
    await _redraw_below(click, which)


async def _reopen(
    session: AsyncSession, click: Click, postmortem: Postmortem, item: ActionItem, acting: str
) -> None:
    """Keep who opens it again, let that go to the tracker, and show it."""
    deed = Deed(by=click.user_id, at=click.now(), event=OPENED, acting=acting)
    opened = replace(item, ticket_closed=False)
    await kept_items.change(session, click.team_id, item, opened, deed)
    if not await reopened_tickets.reopen(session, item.id or 0, click.now()):
        raise RuleBroken("", _deleted(postmortem, item))
    await show_again(session, postmortem, opened, (), by=click.user_id, now=click.now())
    log.info("ticket_reopened", item=key_of(postmortem, item))


def _check_is_closed(postmortem: Postmortem, item: ActionItem) -> None:
    if asks_for_evidence(item):
        return
    key = key_of(postmortem, item)
    if item.ticket_closed:
        raise RuleBroken(
            "", f"{key} is {item.state}, so its ticket stays closed. Reopen {key} instead."
        )
    raise RuleBroken("", f"The ticket of {key} is open again: there is nothing you need to do.")


def _deleted(postmortem: Postmortem, item: ActionItem) -> str:
    key = key_of(postmortem, item)
    return f"The ticket of {key} was deleted. Open {key} and press “{MAKE_AGAIN}”."


async def _locked(
    session: AsyncSession, team_id: str, item_id: int
) -> tuple[Postmortem, ActionItem]:
    """The item as it is, with its postmortem held until we commit."""
    postmortem, _ = await item_of(session, team_id, item_id)
    held = await postmortems.lock(session, team_id, postmortem.id)
    _, item = await item_of(session, team_id, item_id)
    return held, item


async def _redraw_below(click: Click, which: int) -> None:
    """Show the item's window as things are now, where the button was pressed in one."""
    window, hub = stands_on(click)
    if window:
        there = click.client, click.sessions, click.team_id
        await redraw(*there, which, await click.person(), click.now(), (window, hub))
