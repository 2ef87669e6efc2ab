"""A ticket in the next sprint, and what is wrong with one that stands."""

from domain.kept_tickets import Ticket
from domain.tickets import Aspect, Seen, TicketState, Wanted
from handlers.ticket_work import Lost, Situation, Work
from integrations.trackers import TicketGone, TrackerRefused
from storage import tickets


async def wrong_with(work: Work, ticket: Ticket, at: Situation, told: Wanted, seen: Seen) -> str:
    """Place a ticket in the next sprint, unless it was; what is wrong with it, if anything is."""
    wrong = [await _plan(work, ticket, at, seen), _assignee(work, at, told, seen)]
    return "; ".join(each for each in wrong if each)


async def _plan(work: Work, ticket: Ticket, at: Situation, seen: Seen) -> str:
    """Why a ticket is in no sprint; that does not keep it from being there."""
    is_open = at.ours.state is TicketState.OPEN is seen.state
    if not at.place.board or ticket.sprint or not is_open:
        return ""
    try:
        sprint = await work.tracker.plan(at.place, seen.ref)
    except TrackerRefused as refused:
        return f"not in a sprint: {refused}"
    except TicketGone:  # the next look says whether it is
        return ""
    async with work.sessions.begin() as session:
        if not await tickets.note(session, ticket, sprint=sprint):
            raise Lost
    return ""


def _assignee(work: Work, at: Situation, told: Wanted, seen: Seen) -> str:
    """Why a ticket of an open item is not its owner's in the tracker."""
    if Aspect.OWNER not in work.tracker.aspects or at.ours.state is not TicketState.OPEN:
        return ""
    whose = "nobody is assigned" if not seen.account else "somebody else is assigned"
    if not at.ours.account:
        return f"{whose}: I know no account of {at.owner} in {work.tracker.kind.called}"
    if told.account == seen.account:
        return ""
    return f"{whose}: {work.tracker.kind.called} did not take {at.owner}"
