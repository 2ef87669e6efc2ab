"""A ticket that is not made yet: made once, whatever happens meanwhile.

No tracker makes a ticket only once by itself. So the key that it carries is kept before anything is
asked, and whoever comes second looks for it first.
"""

import asyncio
from dataclasses import replace

import structlog

from blocks.item_words import key_of
from domain.kept_tickets import MADE, Ticket
from domain.ticket_turns import unsure
from domain.tickets import Seen, TicketState, Wanted
from handlers import kept_items, ticket_news, ticket_place_trouble
from handlers.kept_items import Deed
from handlers.showing import show_again
from handlers.ticket_planning import wrong_with
from handlers.ticket_trouble import never, settle
from handlers.ticket_work import Lost, MayBeMade, Situation, Work, locked
from integrations.trackers import TrackerBusy
from storage import ticket_places, tickets

log = structlog.get_logger(__name__)


async def make(work: Work, ticket: Ticket, at: Situation) -> None:
    """Make the ticket, or take over the one that an earlier attempt made; none for what ended."""
    found = await _found(work, ticket, at)
    if found is None and not await _is_to_be(work, ticket, at):
        return
    if found is not None:
        told, seen = unsure(at.ours, found)
    else:
        told, seen = at.ours, await _created(work, ticket, at)
    made = await _keep(work, ticket, at, told, seen)
    trouble = await wrong_with(work, made, at, told, seen)
    shown = replace(at, item=replace(at.item, ticket=seen.key, ticket_url=seen.url))
    await settle(work, ticket, shown, told, seen, trouble, again=found is not None)


async def _found(work: Work, ticket: Ticket, at: Situation) -> Seen | None:
    """The ticket of an attempt that nobody knows the end of."""
    if ticket.attempts <= 1:
        return None
    since = ticket.first_claimed_at or ticket.created_at
    return await work.tracker.find(at.place, ticket.ours, since)


async def _is_to_be(work: Work, ticket: Ticket, at: Situation) -> bool:
    """Whether the ticket is to be made there and now; it is put down where it is not."""
    async with work.sessions() as session:
        place = await ticket_places.of_item(session, work.workspace_id, ticket.item_id)
    if place is None or at.ours.state is not TicketState.OPEN:
        await never(work, ticket, at)
        return False
    return not await ticket_place_trouble.leaves(work, ticket)


async def _created(work: Work, ticket: Ticket, at: Situation) -> Seen:
    """Ask for the ticket, with a whole lease left: whoever stalled before may have lost it."""
    async with work.sessions.begin() as session:
        if not await tickets.renew(session, ticket, work.later + work.lease):
            raise Lost
    try:
        async with asyncio.timeout(work.patience.total_seconds()):
            return await work.tracker.create(at.place, ticket.ours, at.ours)
    except TimeoutError as silent:
        raise MayBeMade(f"{work.tracker.kind.called} did not answer.") from silent
    except TrackerBusy as silent:
        raise MayBeMade(str(silent), silent.wait) from silent


async def _keep(work: Work, ticket: Ticket, at: Situation, told: Wanted, seen: Seen) -> Ticket:
    """Link both ways; from here on the ticket follows its item, and the other way round."""
    async with work.sessions.begin() as session:
        postmortem, item = await locked(session, work, ticket, at)
        new = replace(
            item, ticket=seen.key, ticket_url=seen.url, ticket_closed=False, ticket_trouble=""
        )
        deed = Deed(by="", at=work.now, event=MADE)
        await kept_items.change(session, work.workspace_id, item, new, deed)
        if not await tickets.made(session, ticket, seen, told):
            raise Lost
        await show_again(session, postmortem, new, (), by="", now=work.now)
        await ticket_news.show_owner(session, postmortem, new, work.now)
    log.info("ticket_made", item=key_of(postmortem, new), ticket=seen.key, tracker=ticket.kind)
    return replace(ticket, ref=seen.ref, key=seen.key, url=seen.url, told=told, seen=seen)
