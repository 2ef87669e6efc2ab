"""What the messages about an agreement say, as things stand when each is sent (rule 7)."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import agreement_messages as messages
from blocks.agreements import Seen, seen
from domain.agreements import agreed_at, can_agree, round_of, standing
from domain.meetings import Stage, has_meeting
from domain.people import Person
from domain.postmortems import Postmortem
from domain.record import RecordEntry
from domain.timeline import TimelineEntry
from domain.workdays import REST, mornings
from handlers.asking import AGREEMENT, REMINDERS, UNANSWERED, left
from handlers.hours import working_hours
from handlers.outgoing import Outgoing
from handlers.people import nobody
from storage import (
    agreements,
    meetings,
    people,
    postmortems,
    publishing,
    record,
    sections,
    timeline,
)
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


async def reminder(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """The question once more; nothing where they have just been asked, or soon will be."""
    if delivery.message_ts is None and await _is_crowded(session, delivery):
        return None
    return await wish(session, delivery)


async def _is_crowded(session: AsyncSession, delivery: Delivery) -> bool:
    """Whether another message about the same comes with it, or came within their REST.

    After an outage several are due at once. It is sent before its lease ends.
    """
    sent_by = delivery.lease_until or delivery.created_at
    kinds = (AGREEMENT, *REMINDERS)
    others = await agreements.messages(session, delivery.workspace_id, kinds, [delivery.subject])
    return any(
        _is_recent(each, sent_by) or _goes_instead(each, delivery, sent_by)
        for each in others
        if each.kind != delivery.kind
    )


def _is_recent(other: Delivery, now: datetime) -> bool:
    return other.sent_at is not None and other.sent_at + REST > now


def _goes_instead(other: Delivery, this: Delivery, now: datetime) -> bool:
    """Whether the question itself is still owed, or a later reminder is due."""
    if other.due_at is None or other.message_ts is not None:
        return False
    is_later = other.kind in REMINDERS[REMINDERS.index(this.kind) :]
    return other.kind == AGREEMENT or (is_later and other.due_at <= now)


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


async def waits(
    session: AsyncSession, postmortem: Postmortem, entries: Sequence[TimelineEntry], person: str
) -> Seen | None:
    """What somebody would agree to in a window of the timeline; None where nobody waits for it."""
    if person not in postmortem.facts.responders or await _is_settled(session, postmortem):
        return None
    there = {each.person for each in await agreements.agreements(session, postmortem.id)}
    if person in there or await publishing.publication(session, postmortem.id):
        return None
    return seen(postmortem, entries, await sections.edits(session, postmortem.id))


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
    number, hours = len(REMINDERS) + 1, await working_hours(session, postmortem.workspace, who)
    return [person for person, at in asked.items() if at and mornings(at, hours, number)[-1] <= by]


DELIVERIES = {
    AGREEMENT: wish,
    **dict.fromkeys(REMINDERS, reminder),
    UNANSWERED: unanswered,
}
