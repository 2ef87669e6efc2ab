"""What is wrong with a place where tickets are made: who hears of it, and when it is over.

A place is locked before its tickets and with none of them held, so what becomes of it is kept in a
transaction of its own, after its ticket's.
"""

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.kept_tickets import Ticket
from domain.tickets import Place
from handlers import ticket_news
from handlers.ticket_work import Situation, Work
from storage import ticket_places, ticket_waiting, tickets

log = structlog.get_logger(__name__)


async def tell(work: Work, at: Situation, trouble: str) -> None:
    """Keep what is wrong with a place, unless something else is known to be, and tell the lead."""
    place_id = at.place.id or 0
    async with work.sessions.begin() as session:
        place = await ticket_places.held(session, work.workspace_id, place_id)
        if place is None or not await _is_news(session, work, place, trouble):
            return
        await ticket_places.tell_trouble(session, place_id, trouble, work.now)
        await ticket_news.tell_trouble(session, work.workspace_id, place_id, work.now)
    log.warning("tracker_trouble", place=place_id, why=trouble)


async def _is_news(session: AsyncSession, work: Work, place: Place, trouble: str) -> bool:
    """Whether a place has other trouble now, or the lead has not heard of it.

    What somebody found who set the place, or tried it, only they were told.
    """
    place_id = place.id or 0
    if place.trouble == trouble and place.trouble_since:
        about = f"{place_id}:{place.trouble_since.isoformat()}"
        return not await ticket_waiting.is_owed(
            session, work.workspace_id, ticket_news.TROUBLE, about
        )
    return not (place.trouble and await tickets.bears(session, place_id, place.trouble))


async def mend(work: Work, ticket: Ticket, at: Situation, trouble: str) -> None:
    """A ticket went well: what else waits at its place may too, and is tried at once.

    Only where that is news: the ticket is new, or had been in trouble. Nothing is wrong with a
    place any more where no ticket says so.
    """
    if not at.place.trouble:
        return
    is_news = not ticket.seen or ticket.trouble not in {"", trouble}
    place_id = at.place.id or 0
    async with work.sessions.begin() as session:
        place = await ticket_places.held(session, work.workspace_id, place_id)
        if place is None or not place.trouble:
            return
        if is_news:
            await tickets.retry_all(session, place_id, work.now)
        if await tickets.bears(session, place_id, place.trouble):
            return
        await ticket_places.tell_trouble(session, place_id, "", work.now)
        await ticket_news.tell_trouble(session, work.workspace_id, place_id, work.now)
    log.info("tracker_well", place=place_id)


async def leaves(work: Work, ticket: Ticket) -> bool:
    """Let a ticket that is not made be made where tickets are made now, if that is elsewhere."""
    if ticket.ref:
        return False
    async with work.sessions.begin() as session:
        place = await ticket_places.of_item(session, work.workspace_id, ticket.item_id)
        if place is None or place.id == ticket.place_id:
            return False
        await tickets.note(session, ticket, place_id=place.id, kind=place.kind)
        return await tickets.failed(session, ticket, "", work.now, work.now)
