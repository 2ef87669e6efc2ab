"""A ticket that stands: what changed of it goes to its item, what changed of that to the ticket.

First what people changed in the tracker is taken in, in one transaction that also keeps how the
ticket stood: a crash afterwards takes in nothing twice. Then what the item says goes out.
"""

from dataclasses import replace

import structlog

from blocks.item_words import key_of
from domain.decisions import ENDED
from domain.kept_tickets import GONE, Ticket
from domain.ticket_turns import compare, is_as_settled, put, settled, to_tell, unsure
from domain.tickets import Aspect, Seen, TicketState, Wanted
from handlers import item_news, kept_items, ticket_comments
from handlers.kept_items import Deed
from handlers.showing import show_again
from handlers.ticket_planning import wrong_with
from handlers.ticket_situation import situation
from handlers.ticket_taking import take_in
from handlers.ticket_trouble import settle
from handlers.ticket_work import Lost, Overtaken, Situation, Work, locked, of_this_ticket
from integrations.trackers import TicketGone
from storage import tickets

log = structlog.get_logger(__name__)

#: How often in a row a tracker is taken to tell what was, before it is believed.
STALE_AT_MOST = 3
#: What an item says whose ticket was deleted.
DELETED = (
    "It was deleted in {tracker}, or our account may not see it any more. Press “Make it again”."
)


async def follow(work: Work, ticket: Ticket, at: Situation) -> None:
    """Look at the ticket, and let it and its item follow each other."""
    try:
        theirs = await work.tracker.read(at.place, ticket.ref)
        if _is_stale(ticket, theirs):
            raise Overtaken
        now_at, current = await _taken_in(work, ticket, at, theirs)
        await _tell(work, ticket, current, now_at, theirs)
    except TicketGone:
        await _gone(work, ticket, at)


def _is_stale(ticket: Ticket, theirs: Seen) -> bool:
    """Whether the tracker tells how the ticket stood before, as a copy of it does that lags behind.

    A few times: one that was set back to an older copy says so for good.
    """
    before = ticket.seen
    is_older = before is not None and theirs.updated_at < before.updated_at
    return is_older and ticket.attempts <= STALE_AT_MOST


async def _taken_in(
    work: Work, ticket: Ticket, at: Situation, theirs: Seen
) -> tuple[Situation, Ticket]:
    """How things stand once the item has what people changed of its ticket."""
    aspects, ours = work.tracker.aspects, as_asked(at, theirs)
    told, before = ticket.told, ticket.seen
    if told is None or before is None:
        told, before = unsure(ours, theirs)
        ticket = replace(ticket, told=told, seen=before)
    turn = compare(told, ours, before, theirs, aspects)
    if at.item.state in ENDED:  # whoever moves or assigns its ticket changes nothing any more
        told_of = frozenset({Aspect.STATE})
        contested = turn.contested & told_of
        turn = replace(turn, to_item=turn.to_item & told_of, contested=contested)
    if at.item.ticket_closed and _was_opened(ours, before, theirs):
        turn = replace(turn, to_item=turn.to_item | {Aspect.STATE})
    moved = (theirs.key, theirs.url, theirs.ref) != (ticket.key, ticket.url, ticket.ref)
    if not (turn.to_item or turn.contested or moved or ticket.is_gone):
        return at, ticket
    await take_in(work, ticket, replace(at, ours=ours), turn, theirs)
    async with work.sessions() as session:
        current = await tickets.find(session, ticket.item_id)
    if current is None or current.token != ticket.token:
        raise Lost
    return await situation(work, current), current


def _was_opened(ours: Wanted, before: Seen, theirs: Seen) -> bool:
    """Whether a ticket is open again as its item is: what was asked of its end is nothing now."""
    is_open = theirs.state is TicketState.OPEN is ours.state
    return is_open and before.state is not TicketState.OPEN


def as_asked(at: Situation, theirs: Seen) -> Wanted:
    """What the ticket is to say: while somebody is asked to take the item on, it may be theirs."""
    is_asked = at.asked != "" and theirs.account == at.asked
    return put(at.ours, replace(at.ours, account=at.asked), {Aspect.OWNER}) if is_asked else at.ours


async def _tell(work: Work, claimed: Ticket, ticket: Ticket, at: Situation, theirs: Seen) -> None:
    """Let the ticket say what its item does, and put it down."""
    assert ticket.told is not None  # noqa: S101 - it was made
    ours = as_asked(at, theirs)
    goes = to_tell(ticket.told, ours, theirs, work.tracker.aspects)
    old = put(ticket.told, ours, frozenset(Aspect) - goes)
    fresh = theirs
    if old != ours:
        with of_this_ticket():
            await ticket_comments.write(work, ticket, at, ours, goes)
            fresh = await work.tracker.update(at.place, theirs.ref, old, ours)
        log.info("ticket_updated", ticket=fresh.key, changed=sorted(goes))
    seen = settled(theirs, fresh, ours, goes)
    trouble = await wrong_with(work, ticket, at, ours, seen)
    is_over = is_as_settled(seen, fresh)
    await settle(work, claimed, at, ours, seen, trouble, again=not is_over)


async def _gone(work: Work, ticket: Ticket, at: Situation) -> None:
    """Keep that the ticket was deleted; it is made again only when somebody says so."""
    is_open = at.ours.state is TicketState.OPEN
    said = DELETED.format(tracker=work.tracker.kind.called) if is_open else ""
    async with work.sessions.begin() as session:
        postmortem, item = await locked(session, work, ticket, at)
        new = replace(item, ticket_closed=False, ticket_trouble=said)
        if not ticket.is_gone:
            deed = Deed(by="", at=work.now, event=GONE, reason=f"{ticket.key} was deleted.")
            entry_id = await kept_items.change(session, work.workspace_id, item, new, deed)
            if is_open:
                await item_news.owe(session, postmortem, item, new, entry_id, deed)
        elif new != item:
            await kept_items.remark(session, new)
        ends = {"is_gone": True, "attempts": 0, "first_claimed_at": None}
        if not await tickets.note(session, ticket, **ends):
            raise Lost
        await tickets.settle(
            session, ticket, seen=None, told=None, next_at=None, now=work.now, trouble=said
        )
        if new != item:
            await show_again(session, postmortem, new, (), by="", now=work.now)
    log.warning("ticket_gone", item=key_of(postmortem, item), ticket=ticket.key)
