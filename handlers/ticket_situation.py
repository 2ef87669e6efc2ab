"""How things stand with an item: what its ticket is to say, and by whom it was changed."""

import structlog

from domain.action_items import ActionItem
from domain.kept_tickets import Ticket
from domain.postmortems import Postmortem
from domain.ticket_text import INCIDENT, About, line, wanted
from domain.tickets import Place
from handlers import tracker_accounts
from handlers.people import nobody
from handlers.reading import SILENCE, reads
from handlers.sections import CARD
from handlers.ticket_work import Overtaken, Situation, Work
from storage import action_items, contributing_factors, deliveries, people, ticket_places
from storage import tracker_accounts as accounts

log = structlog.get_logger(__name__)

#: So many people at most are looked up to know whom a ticket was assigned to.
_LOOKED_UP = 20


async def situation(work: Work, ticket: Ticket, *, asks: bool = True) -> Situation:
    """How things stand; Slack and the tracker are asked where an address or account is missing.

    Unless it `asks` the tracker is left alone: that is enough to say that it does not answer.
    """
    postmortem, item, place = await _stored(work, ticket)
    account = await account_of(work, place, item.owner) if asks else ""
    address = await _address(work, ticket, postmortem)
    async with work.sessions() as session:
        factors = await contributing_factors.factors(session, postmortem.id)
        met = await people.known(session, work.workspace_id, [item.owner])
        asked = await accounts.of_person(
            session, work.workspace_id, work.tracker.kind, item.proposed_owner
        )
    owner = met.get(item.owner, nobody(item.owner))
    about = About(
        postmortem=postmortem,
        item=item,
        owner=owner.name or owner.id,
        answers=next((each.text for each in factors if each.id == item.factor_id), ""),
        account=account,
        address=address,
    )
    return Situation(
        postmortem=postmortem,
        item=item,
        place=place,
        owner=about.owner,
        ours=wanted(about),
        asked=asked.account if asked else "",
    )


async def _stored(work: Work, ticket: Ticket) -> tuple[Postmortem, ActionItem, Place]:
    async with work.sessions() as session:
        found = await action_items.item(session, work.workspace_id, ticket.item_id)
        place = await ticket_places.find(session, work.workspace_id, ticket.place_id)
    if found is None or place is None:
        raise Overtaken
    return *found, place


async def account_of(work: Work, place: Place, person: str) -> str:
    """Somebody's account; empty where nobody knows one."""
    return await tracker_accounts.account_of(
        work.sessions, work.client, work.tracker, place, work.workspace_id, person, work.now
    )


async def whoever_has(work: Work, at: Situation, account: str) -> str:
    """Whose account it is, of whom it is known or who had to do with the incident."""
    facts = at.postmortem.facts
    concerned = [at.item.owner, at.postmortem.created_by, *facts.responders]
    return await tracker_accounts.person_with(
        work.sessions,
        work.client,
        work.tracker,
        at.place,
        work.workspace_id,
        account,
        concerned[:_LOOKED_UP],
        work.now,
    )


async def _address(work: Work, ticket: Ticket, postmortem: Postmortem) -> str:
    """Where the incident's card is, as the ticket says it or Slack; empty while nobody says.

    A card that was deleted stands elsewhere when it was posted anew.
    """
    told = line(ticket.told, INCIDENT)
    said = told.url if told else ""
    async with work.sessions() as session:
        place = await deliveries.place(session, work.workspace_id, CARD, str(postmortem.id))
    if place is None or _leads_to(said, ts := place[1]):
        return said
    channel = place[0]
    try:
        answer = await reads(work.client).chat_getPermalink(channel=channel, message_ts=ts)
    except SILENCE as silent:
        log.warning("permalink_not_told", ts=ts, why=repr(silent))
        return said
    return str(answer["permalink"])


def _leads_to(address: str, ts: str) -> bool:
    """Whether this is the permalink of this message.

    docs.slack.dev/reference/methods/chat.getPermalink shows how it carries its `ts`.
    """
    return f"/p{ts.replace('.', '')}" in address
