"""What people hear of tickets: an owner is asked for evidence, the lead hears what fails."""

from collections.abc import Sequence
from datetime import datetime

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.ticket_news import Closed, Troubled, evidence_message, trouble_message
from blocks.tickets import asks_for_evidence
from domain.action_items import ActionItem, HistoryEntry
from domain.agreements import can_agree as is_here
from domain.kept_tickets import CLOSED, GONE, OPENED
from domain.people import Person
from domain.postmortems import Postmortem
from domain.tickets import Place
from handlers.hearers import Hearers, hearers
from handlers.hours import hours_of
from handlers.item_news import NEWS
from handlers.outgoing import Later, Outgoing
from storage import action_items, deliveries, item_history, ticket_places, ticket_waiting
from storage.deliveries import Delivery

#: What the owner of an item is asked whose ticket was closed, and what the lead hears of a place.
TICKET, TROUBLE = "ticket", "tracker_trouble"
#: Of one closed ticket so many people at most are shown what became of it: whoever owned the item.
_ASKED_MOST = 10
#: And of one trouble: whoever led the programme.
_TOLD_MOST = 2


def register(app: AsyncApp) -> None:
    """Register nothing: its buttons are those of items and of tickets."""
    del app


async def ask_for_evidence(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, entry_id: int, now: datetime
) -> None:
    """Ask whoever answers for an item what shows that it works: somebody closed its ticket.

    `entry_id` is that of its history which says so. Of an owner who has left the lead is asked, and
    nobody where there is none. The postmortem must be locked.
    """
    team, about = postmortem.workspace, f"{item.id}:{entry_id}"
    asked = ticket_waiting.told_of(team, TICKET, about, _ASKED_MOST)
    await deliveries.again_all(session, [asked], now=now)
    if not asks_for_evidence(item):
        return
    reader = (await hearers(session, team, [item.owner])).of(item.owner)
    if reader is not None:
        subject = f"{about}:{reader.id}"
        await deliveries.enqueue(session, team, TICKET, subject, channel=reader.id, due_at=now)


async def show_owner(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, now: datetime
) -> None:
    """Let what told the owner that the item is theirs name its ticket as that is called now."""
    history = await item_history.of_item(session, item.id or 0)
    made = (each for each in reversed(history) if each.changes.get("owner", ("", ""))[1])
    entry = next((each for each in made if each.changes["owner"][1] == item.owner), None)
    if entry is not None:
        told = ticket_waiting.told(postmortem.workspace, NEWS, f"{entry.id}:{item.owner}")
        await deliveries.again_all(session, [told], now=now)


async def show_again(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, now: datetime
) -> None:
    """Let what was asked about an item's ticket say how things are now.

    Whoever answers for the item instead is asked in their turn. The postmortem must be locked.
    """
    if not item.ticket and not item.ticket_closed:
        return
    history = await item_history.of_item(session, item.id or 0)
    closed = next((each for each in reversed(history) if each.event == CLOSED), None)
    if closed is None:
        return
    if _settled(history, closed) is None:
        await ask_for_evidence(session, postmortem, item, closed.id or 0, now)
        return
    about = f"{item.id}:{closed.id}"
    asked = ticket_waiting.told_of(postmortem.workspace, TICKET, about, _ASKED_MOST)
    await deliveries.again_all(session, [asked], now=now)


def _settled(history: Sequence[HistoryEntry], closed: HistoryEntry) -> HistoryEntry | None:
    """What was done since by which there is nothing to ask any more."""
    since = (each for each in history if (each.id or 0) > (closed.id or 0))
    return next((each for each in since if _settles(each)), None)


def _settles(entry: HistoryEntry) -> bool:
    return entry.event in {OPENED, GONE} or "state" in entry.changes


async def evidence(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """What shows that an item works, asked within working hours; once it is settled, how.

    What was settled before they heard of it is nothing to ask.
    """
    item_id, entry_id, reader = delivery.subject.split(":")
    found = await action_items.item(session, delivery.workspace_id, int(item_id))
    history = await item_history.of_item(session, int(item_id))
    entry = next((each for each in history if each.id == int(entry_id)), None)
    if found is None or entry is None:
        return None
    postmortem, item = found
    who = await hearers(session, delivery.workspace_id, [item.owner, reader])
    answers = who.of(item.owner)
    told = Closed(
        postmortem=postmortem,
        item=item,
        entry=entry,
        reader=reader,
        answers=answers.id if answers else "",
        settled=_settled(history, entry),
    )
    is_asked = told.settled is None and told.answers == reader
    if not is_here(who.person(reader)) or (delivery.message_ts is None and not is_asked):
        return None
    later = _later(delivery, who, who.person(reader))
    return later or Outgoing(message=evidence_message(told))


async def tell_trouble(
    session: AsyncSession, workspace_id: str, place_id: int, now: datetime
) -> None:
    """Owe the programme lead word of what is wrong with a place, or that it works again.

    One message for each time of trouble, which shows how it is now. Where nobody leads, nobody is
    told: the window of the trackers says it all the same.
    """
    place = await ticket_places.find(session, workspace_id, place_id)
    if place is None:
        return
    told = ticket_waiting.told_of(workspace_id, TROUBLE, str(place_id), _TOLD_MOST)
    await deliveries.again_all(session, [told], now=now)
    who = await hearers(session, workspace_id, [])
    lead = who.programme.lead
    if place.trouble_since is None or not lead or not is_here(who.person(lead)):
        return
    subject = f"{place_id}:{place.trouble_since.isoformat()}:{lead}"
    await deliveries.enqueue(session, workspace_id, TROUBLE, subject, channel=lead, due_at=now)


async def trouble(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """What is wrong with a place, within the lead's working hours; that it is over, once it is."""
    which, _, rest = delivery.subject.partition(":")
    said_since, _, lead = rest.rpartition(":")
    since = datetime.fromisoformat(said_since)
    place = await ticket_places.find(session, delivery.workspace_id, int(which))
    who = await hearers(session, delivery.workspace_id, [lead])
    if place is None or not is_here(who.person(lead)):
        return None
    is_over = place.trouble_since != since
    if delivery.message_ts is None and (is_over or who.programme.lead != lead):
        return None
    told = await _troubled(session, place, since, delivery.claimed_at)
    return _later(delivery, who, who.person(lead)) or Outgoing(message=trouble_message(told))


async def _troubled(
    session: AsyncSession, place: Place, since: datetime, now: datetime
) -> Troubled:
    waiting = await ticket_waiting.at_place(session, place.id or 0)
    return Troubled(
        place=place,
        since=since,
        is_over=place.trouble_since != since,
        unmade=waiting.unmade,
        behind=waiting.behind,
        at=now,
    )


def _later(delivery: Delivery, who: Hearers, reader: Person) -> Later | None:
    """When the reader works next, where they do not now; a message that stands is drawn at once."""
    hours = hours_of(who.programme, reader)
    now = delivery.claimed_at
    if delivery.message_ts is not None or hours.is_at_work(now):
        return None
    return Later(at=hours.next_at_work(now))


DELIVERIES = {TICKET: evidence, TROUBLE: trouble}
