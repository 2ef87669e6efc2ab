"""How a turn of a ticket ends: well, or with a sentence that says what is wrong."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem
from domain.decisions import ENDED
from domain.kept_tickets import Ticket
from domain.ticket_turns import REFUSED_WAIT, UNSURE_WAIT, busy_wait, next_look
from domain.tickets import Seen, TicketState, Wanted
from handlers import kept_items, ticket_place_trouble
from handlers.showing import show_again
from handlers.ticket_work import Lost, MayBeMade, Situation, Work, locked
from integrations.trackers import TrackerBusy
from storage import tickets

log = structlog.get_logger(__name__)

#: A tracker that does not answer is said to be in trouble from then on, by item and by place.
ATTEMPTS_IN_SILENCE, LONG_SILENCE = 4, timedelta(minutes=10)
#: A mistake of ours is tried again so late; a new version may have come by then.
BROKEN_WAIT = timedelta(minutes=5)
BROKEN = "Something went wrong here, and I try again: whoever runs Closed Loop finds it in the log."

#: Puts a ticket down within a transaction; False if the claim was lost.
_PutDown = Callable[[AsyncSession], Awaitable[bool]]
#: What an item shows of its ticket, by field.
_Shown = Mapping[str, Any]


async def settle(
    work: Work,
    ticket: Ticket,
    at: Situation,
    told: Wanted,
    seen: Seen,
    trouble: str,
    *,
    again: bool,
) -> None:
    """Put a ticket down that is as it should be, but for `trouble`; with `again` only for now.

    `ticket` is as it was claimed.
    """
    next_at = work.now if again else await _next_look(work, at.item)

    async def put_down(session: AsyncSession) -> bool:
        return await tickets.settle(
            session,
            ticket,
            seen=seen,
            told=told,
            next_at=next_at,
            now=work.now,
            trouble=trouble,
        )

    is_closed = told.state is TicketState.OPEN and seen.state is not TicketState.OPEN
    stands = {"ticket": seen.key, "ticket_url": seen.url, "ticket_closed": is_closed}
    await _put_down(work, ticket, at, put_down, {**stands, "ticket_trouble": trouble})
    await ticket_place_trouble.mend(work, ticket, at, trouble)


async def never(work: Work, ticket: Ticket, at: Situation) -> None:
    """Put a ticket down that is not to be made: its item ended before."""

    async def put_down(session: AsyncSession) -> bool:
        return await tickets.settle(
            session, ticket, seen=None, told=None, next_at=None, now=work.now
        )

    await _put_down(work, ticket, at, put_down, {"ticket_trouble": ""})
    await ticket_place_trouble.mend(work, ticket, at, "")


async def postpone(
    work: Work, ticket: Ticket, wait: timedelta, unsure_until: datetime | None = None
) -> None:
    """Put a ticket down for so long, as it is."""
    async with work.sessions.begin() as session:
        when = work.now + wait, work.now
        await tickets.failed(session, ticket, ticket.trouble, *when, unsure_until=unsure_until)


async def busy(work: Work, ticket: Ticket, at: Situation | None, why: TrackerBusy) -> None:
    """The tracker did not answer: that is tried again soon, and said once it lasts."""
    unsure_until = work.later + UNSURE_WAIT if isinstance(why, MayBeMade) else None
    wait = busy_wait(ticket.attempts, why.wait)
    silent_for = work.now - (ticket.first_claimed_at or work.now)
    lasts = silent_for >= LONG_SILENCE
    log.info("tracker_busy", ticket=ticket.key, attempts=ticket.attempts, why=str(why))
    if at is None or not (lasts or ticket.attempts >= ATTEMPTS_IN_SILENCE):
        await postpone(work, ticket, wait, unsure_until)
        return
    if lasts and await ticket_place_trouble.leaves(work, ticket):
        return
    await _fail(work, ticket, at, str(why), wait, unsure_until)
    if lasts:
        await ticket_place_trouble.tell(work, at, str(why))


async def refused(
    work: Work, ticket: Ticket, at: Situation | None, why: str, *, of_place: bool
) -> None:
    """The tracker said no: somebody has to mend that, and hears of it."""
    log.warning("ticket_refused", ticket=ticket.key, item=ticket.item_id, why=why)
    if at is None:
        await postpone(work, ticket, REFUSED_WAIT)
        return
    if await ticket_place_trouble.leaves(work, ticket):
        return
    await _fail(work, ticket, at, why, REFUSED_WAIT)
    if of_place:
        await ticket_place_trouble.tell(work, at, why)


async def broken(work: Work, ticket: Ticket, at: Situation | None) -> None:
    """Something of ours went wrong with a ticket; it is in the log."""
    if at is None:
        await postpone(work, ticket, BROKEN_WAIT)
    else:
        await _fail(work, ticket, at, BROKEN, BROKEN_WAIT)


async def _fail(
    work: Work,
    ticket: Ticket,
    at: Situation,
    trouble: str,
    wait: timedelta,
    unsure_until: datetime | None = None,
) -> None:
    async def put_down(session: AsyncSession) -> bool:
        when = work.now + wait, work.now
        return await tickets.failed(session, ticket, trouble, *when, unsure_until=unsure_until)

    await _put_down(work, ticket, at, put_down, {"ticket_trouble": trouble})


async def _put_down(
    work: Work, ticket: Ticket, at: Situation, put_down: _PutDown, shown: _Shown
) -> None:
    """Put a ticket down, and let its item show what is new of that."""
    if replace(at.item, **shown) == at.item:
        async with work.sessions.begin() as session:
            if not await put_down(session):
                raise Lost
        return
    async with work.sessions.begin() as session:
        postmortem, item = await locked(session, work, ticket, at)
        if not await put_down(session):
            raise Lost
        new = replace(item, **shown)
        if new != item:
            await kept_items.remark(session, new)
            await show_again(session, postmortem, new, (), by="", now=work.now)


async def _next_look(work: Work, item: ActionItem) -> datetime | None:
    """When a ticket is looked at next, should nobody tell; never once its item has ended."""
    if item.state in ENDED:
        return None
    async with work.sessions() as session:
        number = await tickets.number_followed(session, work.workspace_id, work.tracker.kind)
    return work.now + next_look(number)
