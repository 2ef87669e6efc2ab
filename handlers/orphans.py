"""What somebody who left answers for: told to the programme lead, or to whoever is here (rule 16).

The lead gets one message that shows what is left to hand over. Where nobody leads the programme
each incident's channel is asked, under its card; and where the lead is who left, or there never was
one, those who may name one are told: the organisation's channel, else engineering's, else the
facilitators, each by DM.
"""

from dataclasses import replace
from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import departures as blocks
from blocks.departures import Held, Orphans
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.agreements import can_agree as is_here
from handlers import item_news
from handlers.item_news import ORPHANS, STAND_IN
from handlers.outgoing import Later, Outgoing
from handlers.people import nobody
from storage import deliveries, departures, meetings, people, workspaces
from storage.deliveries import Delivery
from storage.departures import Where

log = structlog.get_logger(__name__)

NO_LEAD = "no_lead"


async def lead_here(session: AsyncSession, workspace_id: str) -> str:
    """Who leads the programme; nobody where they have left, as far as is known."""
    lead = (await workspaces.programme(session, workspace_id)).lead
    met = await people.known(session, workspace_id, [lead] if lead else [])
    return lead if lead and is_here(met.get(lead, nobody(lead))) else ""


async def owe(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """Owe word of what somebody who left answers for to whoever can see to it."""
    held = await _held(session, workspace_id, person)
    if not held:
        return
    if lead := await lead_here(session, workspace_id):
        subject = f"{person}:{lead}"
        await deliveries.enqueue(session, workspace_id, ORPHANS, subject, channel=lead, due_at=now)
        return
    for where in {each.postmortem_id: each for each, _ in held}.values():
        if where.channel is not None:
            subject = f"{where.postmortem_id}:{person}"
            await deliveries.enqueue(
                session, workspace_id, STAND_IN, subject, channel=where.channel, due_at=now
            )
    await owe_no_lead(session, workspace_id, now)


async def owe_no_lead(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Owe those who may name a programme lead word that there is none."""
    programme = await workspaces.programme(session, workspace_id)
    places = await _places(session, workspace_id)
    if not places:
        log.warning("nobody_to_tell", why="no programme lead, channel or facilitator is named")
    for place in places:
        subject = f"{programme.lead}:{place}"
        await deliveries.enqueue(session, workspace_id, NO_LEAD, subject, channel=place, due_at=now)


async def _places(session: AsyncSession, workspace_id: str) -> list[str]:
    programme = await workspaces.programme(session, workspace_id)
    if channel := programme.organisation_channel or programme.engineering_channel:
        return [channel]
    named = await meetings.facilitators(session, workspace_id)
    met = await people.known(session, workspace_id, named)
    return [each for each in named if is_here(met.get(each, nobody(each)))]


async def lead_changed(
    session: AsyncSession, workspace_id: str, before: str, now: datetime
) -> None:
    """Tell a programme lead who was just named what waits for them; `before` is who led until now.

    Who was told that there was no lead reads who it is, and so does whoever was asked instead.
    """
    for place in await _places(session, workspace_id):
        for led in {before, ""}:
            await deliveries.again(session, workspace_id, [NO_LEAD], f"{led}:{place}", now=now)
    for person in await departures.left_behind(session, workspace_id):
        await owe(session, workspace_id, person, now)
        await deliveries.again(session, workspace_id, [ORPHANS], f"{person}:{before}", now=now)
        await show_again(session, workspace_id, person, now)


async def show_again(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """Let what was said of somebody who left, or came back, say how things are now."""
    for where, _ in await _held(session, workspace_id, person):
        await item_news.show_orphans(session, workspace_id, where.postmortem_id, person, now)


async def close(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """Leave what was said of somebody who came back as it is then."""
    held = await _held(session, workspace_id, person)
    under_cards = {f"{where.postmortem_id}:{person}" for where, _ in held}
    led = (await workspaces.programme(session, workspace_id)).lead
    subjects = {ORPHANS: {f"{person}:{led}"}, STAND_IN: under_cards}
    for kind, named in subjects.items():
        await departures.close(session, workspace_id, kind, named, now)


async def _held(session: AsyncSession, workspace_id: str, person: str) -> list[tuple[Where, Held]]:
    """What somebody answers for, each with where it stands."""
    held: list[tuple[Where, ActionItem | AcceptedRisk]] = [
        *await departures.items_of(session, workspace_id, person),
        *await departures.risks_of(session, workspace_id, person),
    ]
    return [
        (where, Held(postmortem=where.key, is_private=where.is_private, what=what))
        for where, what in held
    ]


async def _is_back(session: AsyncSession, workspace_id: str, person: str) -> bool:
    met = await people.known(session, workspace_id, [person])
    return is_here(met.get(person, nobody(person)))


async def for_lead(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """All that somebody who left answers for, to be handed over; what is left of it later.

    Once somebody else leads the programme, that is said instead.
    """
    person, asked, *closed = delivery.subject.split(":")
    held = [each for _, each in await _held(session, delivery.workspace_id, person)]
    is_back = bool(closed) or await _is_back(session, delivery.workspace_id, person)
    lead = await lead_here(session, delivery.workspace_id)
    is_passed_on = lead not in {"", asked}
    if delivery.message_ts is None and (is_back or is_passed_on or not held):
        return None
    orphans = Orphans(person=person, held=held, is_back=is_back)
    if is_passed_on and held and not is_back:
        return Outgoing(message=blocks.passed_on_message(orphans, lead))
    return Outgoing(message=blocks.orphans_message(orphans))


async def for_channel(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """The same of one incident, under its card, for whoever is in its channel."""
    postmortem_id, person, *closed = delivery.subject.split(":")
    held = [
        replace(each, is_private=False)
        for where, each in await _held(session, delivery.workspace_id, person)
        if where.postmortem_id == int(postmortem_id)
    ]
    is_back = bool(closed) or await _is_back(session, delivery.workspace_id, person)
    led = await lead_here(session, delivery.workspace_id)
    if delivery.message_ts is None and (is_back or led or not held):
        return None
    orphans = Orphans(person=person, held=held, is_back=is_back)
    message = blocks.stand_in_message(orphans, led)
    return await item_news.under_card(session, delivery, int(postmortem_id), message)


async def no_lead(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """That nobody leads the programme; who does, once somebody is named."""
    if lead := await lead_here(session, delivery.workspace_id):
        message = blocks.led_again_message(lead)
        return Outgoing(message=message) if delivery.message_ts else None
    team, left = delivery.workspace_id, delivery.subject.partition(":")[0]
    gone = await departures.left_behind(session, team)
    waiting = [len(await departures.items_of(session, team, each)) for each in gone]
    return Outgoing(message=blocks.no_lead_message(left, sum(waiting)))


DELIVERIES = {ORPHANS: for_lead, STAND_IN: for_channel, NO_LEAD: no_lead}
