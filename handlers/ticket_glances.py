"""A glance at tickets that nobody asked for: most are as they were left, and that is all of it."""

import asyncio
from collections.abc import Mapping, Sequence

from domain.kept_tickets import Ticket
from domain.ticket_text import INCIDENT, line
from domain.ticket_turns import next_look
from domain.tickets import Place, TicketState
from handlers.ticket_work import Work
from integrations.trackers import TicketGone
from storage import ticket_places, tickets

#: What came instead of how a ticket stands, by its item's id.
Unread = Mapping[int, BaseException]


async def put_down_as_left(work: Work, due: Sequence[Ticket]) -> tuple[list[Ticket], Unread]:
    """Put down again what is as it was left; returns where more is to be done.

    Only where nothing is known to be missing, and nobody asked: what changes of an item or of its
    postmortem asks for its ticket. Beside them comes why those could not be read of which the
    tracker, or a mistake of ours, did not let that be.
    """
    resting = [each for each in due if _is_at_rest(each)]
    if not resting:
        return [*due], {}
    async with work.sessions() as session:
        places = await ticket_places.all_of(session, work.workspace_id)
        number = await tickets.number_followed(session, work.workspace_id, work.tracker.kind)
    well = {each.id: each for each in places if not each.trouble}
    looked = [each for each in resting if _is_planned(each, well.get(each.place_id))]
    looks = (_is_as_left(work, each, well[each.place_id]) for each in looked)
    read = await asyncio.gather(*looks, return_exceptions=True)
    said = dict(zip((each.item_id for each in looked), read, strict=True))
    rest = [each for each in looked if said[each.item_id] is True]
    if rest:
        async with work.sessions.begin() as session:
            await tickets.rest(session, rest, work.now + next_look(number))
    left = {each.item_id for each in rest}
    unread = {which: why for which, why in said.items() if not isinstance(why, bool)}
    return [each for each in due if each.item_id not in left], unread


def _is_at_rest(ticket: Ticket) -> bool:
    """Whether it went well the last time, with nothing left to be told or asked for since."""
    incident = line(ticket.told, INCIDENT)
    is_well = ticket.is_made and not ticket.trouble and ticket.attempts == 1
    return is_well and not ticket.wanted and incident is not None and bool(incident.url)


def _is_planned(ticket: Ticket, place: Place | None) -> bool:
    """Whether its place is well and has no sprints it is not in: they may be newer than it."""
    if place is None:
        return False
    is_closed = ticket.seen is not None and ticket.seen.state is not TicketState.OPEN
    return bool(not place.board or ticket.sprint) or is_closed


async def _is_as_left(work: Work, ticket: Ticket, place: Place) -> bool:
    try:
        return await work.tracker.read(place, ticket.ref) == ticket.seen
    except TicketGone:
        return False
