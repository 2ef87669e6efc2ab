"""What became of the items of a tier 1 postmortem: said in its channel, once, five weeks on.

It is owed when the postmortem is published and composed when its day has come. A message of the
channel and no reply under the card: nobody looks into a thread of five weeks ago.
"""

from datetime import datetime

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.follow_ups import follow_up_message
from blocks.whole import PostmortemView
from domain.action_items import ActionItem
from domain.follow_ups import LookBack, LookedAt, is_looked_back_at, look_back_at
from domain.meetings import Meeting
from domain.people import Person
from domain.postmortems import Postmortem
from handlers import views
from handlers.hours import working_hours
from handlers.outgoing import Later, Outgoing
from handlers.people import nobody
from storage import (
    agreements,
    causal_classes,
    deliveries,
    item_history,
    meetings,
    people,
    postmortems,
)
from storage.deliveries import Delivery

FOLLOW_UP = "follow_up"


def register(app: AsyncApp) -> None:
    """Its buttons are those of items, which answer wherever they are."""
    del app


async def owe(session: AsyncSession, postmortem: Postmortem, *, by: str, now: datetime) -> None:
    """Owe the channel of a postmortem that was just published the look back at it.

    One that is published anew is looked back at once all the same.
    """
    if postmortem.channel is None or not is_looked_back_at(postmortem.facts.tier):
        return
    if await _was_owed(session, postmortem):
        return
    meeting = await meetings.meeting(session, postmortem.id)
    hours = await working_hours(
        session, postmortem.workspace, await _chair(session, postmortem, meeting, by)
    )
    # Nobody is named as asking: after five weeks nobody waits for it who could be told of trouble.
    await deliveries.enqueue(
        session,
        postmortem.workspace,
        FOLLOW_UP,
        str(postmortem.id),
        channel=postmortem.channel,
        due_at=look_back_at(now, hours),
    )


async def _was_owed(session: AsyncSession, postmortem: Postmortem) -> bool:
    """Whether it was said, or is to come; one that was dropped may be owed anew."""
    subjects = [str(postmortem.id)]
    found = await agreements.messages(session, postmortem.workspace, [FOLLOW_UP], subjects)
    return any(each.due_at or each.given_up_at or each.message_ts for each in found)


async def _chair(
    session: AsyncSession, postmortem: Postmortem, meeting: Meeting | None, other: str
) -> Person:
    """By whose day it is: whoever chaired the review, or somebody else where nobody did."""
    who = meeting.facilitator if meeting else other
    met = await people.known(session, postmortem.workspace, [who])
    return met.get(who, nobody(who))


async def look_back(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """How things stand on its day; nothing where its tier was lowered meanwhile.

    A channel that is opened again is sent at once what waits for it, be it due or not: the instant
    at which it was first owed is when it is said.
    """
    if delivery.message_ts is None and delivery.claimed_at < delivery.created_at:
        return Later(at=delivery.created_at)
    postmortem = await postmortems.find(session, delivery.workspace_id, int(delivery.subject))
    if postmortem is None or not is_looked_back_at(postmortem.facts.tier):
        return None
    view = await views.of_postmortem(session, postmortem)
    if view.publication is None:
        return None
    return Outgoing(message=follow_up_message(await _drawn(session, view, delivery.claimed_at)))


async def _drawn(session: AsyncSession, view: PostmortemView, now: datetime) -> LookBack:
    postmortem, publication = view.postmortem, view.publication
    chair = await _chair(session, postmortem, view.meeting, postmortem.created_by)
    concerned = {each.owner for each in view.items} | {each.accepter for each in view.risks}
    met = await people.known(session, postmortem.workspace, concerned)
    own = {each.id for each in view.items}
    return LookBack(
        postmortem=postmortem,
        published_on=chair.today(publication.published_at if publication else now),
        today=chair.today(now),
        items=[await _looked_at(session, view, each) for each in view.items],
        risks=[each for each in view.risks if each.item_id not in own and each.stands],
        has_classes=bool(view.classes),
        since=await _since(session, view),
        names={each.id: each.name for each in met.values()},
    )


async def _looked_at(session: AsyncSession, view: PostmortemView, item: ActionItem) -> LookedAt:
    history = await item_history.of_item(session, item.id or 0)
    ends = (each for each in reversed(history) if each.changes.get("state", ("", ""))[1])
    last = next((each for each in ends if each.changes["state"][1] == item.state), None)
    risk = next((each for each in reversed(view.risks) if each.item_id == item.id), None)
    return LookedAt(item=item, why=last.reason if last else "", risk=risk)


async def _since(session: AsyncSession, view: PostmortemView) -> list[str]:
    """The incidents like this one that began after it, the oldest first; no private ones."""
    found = await causal_classes.earlier(
        session,
        view.postmortem.workspace,
        view.postmortem.id,
        [each.id for each in view.classes],
        since=view.postmortem.facts.started_at,
    )
    return [f"PM-{number}" for number in dict.fromkeys(each.number for each in reversed(found))]


DELIVERIES = {FOLLOW_UP: look_back}
