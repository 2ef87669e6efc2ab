"""What the messages about an agreement say, as things stand when each is sent (rule 7)."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import agreement_messages as messages
from blocks.agreements import seen
from domain.agreements import agreed_at, can_agree, round_of, standing
from domain.meetings import Stage, has_meeting
from domain.people import Person
from domain.postmortems import Postmortem
from domain.record import RecordEntry
from domain.workdays import mornings
from handlers.asking import AGREEMENT, REMINDERS, UNANSWERED, left
from handlers.outgoing import Outgoing
from handlers.people import nobody
from storage import agreements, meetings, people, postmortems, record, sections, timeline
from storage.deliveries import Delivery


async def wish(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """The question as things stand when it is sent; its answer once there is one."""
    postmortem_id, person, number = _which(delivery)
    postmortem = await postmortems.find(session, delivery.workspace_id, postmortem_id)
    if postmortem is None:
        return None
    history = await record.of_postmortem(session, postmortem.id)
    answers = agreed_at(person, history)
    if number < len(answers):
        message = messages.agreed_message(postmortem, answers[number])
        return Outgoing(message=message) if delivery.message_ts else None
    return await _open_wish(session, delivery, postmortem, person, history)


def _which(delivery: Delivery) -> tuple[int, str, int]:
    postmortem_id, person, number = delivery.subject.split(":")
    return int(postmortem_id), person, int(number)


async def _open_wish(
    session: AsyncSession,
    delivery: Delivery,
    postmortem: Postmortem,
    person: str,
    history: Sequence[RecordEntry],
) -> Outgoing | None:
    entries = await timeline.entries(session, postmortem.id)
    is_late = delivery.kind in REMINDERS and await _is_reviewed(session, postmortem)
    waits = person in postmortem.facts.responders and person not in await left(session, postmortem)
    if is_late or not (waits and entries and has_meeting(postmortem.facts.tier)):
        message = messages.no_wish_message(postmortem)
        return Outgoing(message=message) if delivery.message_ts else None
    asking = messages.Wish(
        postmortem=postmortem,
        entries=entries,
        now=seen(postmortem, entries, await sections.edits(session, postmortem.id)),
        round=round_of(person, history),
        again=delivery.kind in REMINDERS,
    )
    return Outgoing(message=messages.wish_message(asking))


async def _is_reviewed(session: AsyncSession, postmortem: Postmortem) -> bool:
    meeting = await meetings.meeting(session, postmortem.id)
    return meeting is not None and meeting.stage is Stage.SIGNED_OFF


async def unanswered(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """Who has heard three reminders and not answered, for whoever asked; None where all have."""
    postmortem_id = int(delivery.subject.split(":")[0])
    postmortem = await postmortems.find(session, delivery.workspace_id, postmortem_id)
    if postmortem is None or await _is_settled(session, postmortem):
        return None
    met = await people.known(session, delivery.workspace_id, [delivery.channel])
    who = met.get(delivery.channel, nobody(delivery.channel))
    silent = await _silent(session, postmortem, who, delivery.created_at)
    message = messages.unanswered_message(postmortem, silent)
    return Outgoing(message=message) if silent and can_agree(who) else None


async def _is_settled(session: AsyncSession, postmortem: Postmortem) -> bool:
    """Whether there is no review to agree for, or it is over, or nothing to agree to."""
    if not has_meeting(postmortem.facts.tier) or await _is_reviewed(session, postmortem):
        return True
    return not await timeline.entries(session, postmortem.id)


async def _silent(
    session: AsyncSession, postmortem: Postmortem, who: Person, by: datetime
) -> list[str]:
    """Those still waited for whose last reminder was due `by` then, by the days of `who` asked."""
    history = await record.of_postmortem(session, postmortem.id)
    agreed = await agreements.agreements(session, postmortem.id)
    gone = await left(session, postmortem)
    waiting = standing(postmortem.facts.responders, agreed, gone).waiting
    asked = {person: round_of(person, history).asked_at for person in waiting}
    number = len(REMINDERS) + 1
    return [
        person for person, at in asked.items() if at and mornings(at, who.tzinfo, number)[-1] <= by
    ]


DELIVERIES = {
    AGREEMENT: wish,
    **dict.fromkeys(REMINDERS, wish),
    UNANSWERED: unanswered,
}
