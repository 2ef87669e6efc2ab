"""The digest: one direct message that says all that needs somebody now (rule 11).

It is owed as a delivery, one per person and day of theirs, and put together when it is sent.
"""

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.digests import digest_message
from domain.agreements import can_agree
from domain.digests import Decided, Digest, LookedAt, as_it_was, last_deed, risk_as_it_was, wanting
from domain.hearing import need
from domain.workdays import WorkingTime
from handlers.heard_before import heard_at, split
from handlers.hearers import hearers, promisers
from handlers.hours import hours_of
from handlers.outgoing import Later, Outgoing
from storage import deliveries, hearings, workspaces
from storage import digests as stored
from storage.deliveries import Delivery

DIGEST = "digest"
#: Nobody reads an older one any more: the next says how things stand.
IS_READ_FOR = timedelta(days=14)
#: How far Slack's clock, which says when it was posted, and ours may lie apart.
SKEW = timedelta(minutes=5)


async def owe(
    session: AsyncSession, workspace_id: str, person: str, hours: WorkingTime, now: datetime
) -> None:
    """Owe somebody the digest of a day of theirs: one that is owed already will say it all.

    One that was posted on this day is changed where it stands, though it was owed before.
    """
    last = await deliveries.newest(session, workspace_id, DIGEST, f"{person}:")
    if last and last.message_ts is None and last.due_at is not None:
        return
    today = hours.today(now)
    said_today = last is not None and _day_of(last, hours) == today
    subject = last.subject if last and said_today else f"{person}:{today.isoformat()}"
    await deliveries.enqueue(session, workspace_id, DIGEST, subject, channel=person, due_at=now)


async def newest(session: AsyncSession, workspace_id: str, person: str) -> datetime | None:
    """When somebody got a digest last, or was owed it: it says all that was to be heard of then."""
    last = await deliveries.newest(session, workspace_id, DIGEST, f"{person}:")
    return None if last is None else heard_at(last)


def _day_of(delivery: Delivery, hours: WorkingTime) -> date:
    """The day of theirs that it tells of, wherever they were: what Slack took late, of a later."""
    late = hours.today(heard_at(delivery)) - hours.today(delivery.created_at)
    return date.fromisoformat(delivery.subject.partition(":")[2]) + late


async def freshen(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """Let the digest that somebody got last say how things are now, where it stands.

    One that is on its way says so as well. Of somebody who has left it is the programme lead's.
    """
    reader = (await hearers(session, workspace_id, [person])).of(person)
    if reader is None:
        return
    last = await deliveries.newest(session, workspace_id, DIGEST, f"{reader.id}:")
    if last is None or last.created_at < now - IS_READ_FOR:
        return
    if last.message_ts or last.due_at:
        await deliveries.again(session, workspace_id, [DIGEST], last.subject, now=now)


async def replan(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Have the clock work out anew when everybody hears of what they promised."""
    await hearings.anew(session, workspace_id, now)


async def replan_for(session: AsyncSession, workspace_id: str, person: str, now: datetime) -> None:
    """The same for what is heard of by one person's hours: of the lead that may be anybody's."""
    leads = (await workspaces.programme(session, workspace_id)).lead == person
    await hearings.anew(session, workspace_id, now, "" if leads else person)


async def digest(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """All that needs one person, as things stand when it is sent within their working hours."""
    person = delivery.subject.partition(":")[0]
    who = await hearers(session, delivery.workspace_id, [person])
    reader = who.person(person)
    if not can_agree(reader):
        return None
    hours, now = hours_of(who.programme, reader), delivery.claimed_at
    is_posted = delivery.message_ts is not None
    if not is_posted and not hours.is_at_work(now):
        return Later(at=hours.next_at_work(now))
    whose = await promisers(session, delivery.workspace_id, who, person)
    today = hours.today(now)
    kept = await stored.kept_by(session, delivery.workspace_id, whose)
    asked_on = _day_of(delivery, hours)
    decided = await _decided(session, delivery, person, whose, asked_on) if is_posted else []
    looked_at = await _looked_at(session, delivery, person, whose, asked_on) if is_posted else []
    settled = {each.kept.key for each in decided}
    posted_on = asked_on if is_posted else today
    found = wanting([each for each in kept if each.key not in settled], who.programme, today)
    has_come, also = await split(session, delivery, found, hours, posted_on)
    if not has_come and not is_posted:
        return None
    said = Digest(
        reader=person,
        today=today,
        wanting=has_come,
        also=also,
        decided=[*decided, *looked_at],
        posted_on=posted_on,
    )
    return Outgoing(message=digest_message(said))


async def _decided(
    session: AsyncSession, delivery: Delivery, person: str, whose: set[str], asked_on: date
) -> list[Decided]:
    """What the digest asked about on the day it came, and that was settled since then."""
    since, naming = _since(delivery), person if whose == {person} else "owner"
    done = await stored.done_to(session, delivery.workspace_id, whose, since, naming=naming)
    found = [
        Decided(kept=kept, before=before, last=last_deed(entries))
        for kept, entries in done
        if (before := as_it_was(kept.item, entries))
    ]
    settled = [each for each in found if each.is_settled and not _is_new_to(person, each)]
    who = await hearers(session, delivery.workspace_id, {each.before.owner for each in settled})
    return [
        each
        for each in settled
        if need(each.before, who.programme, asked_on)
        and (reader := who.of(each.before.owner))
        and reader.id == person
    ]


def _since(delivery: Delivery) -> datetime:
    return max(delivery.created_at, heard_at(delivery) - SKEW)


async def _looked_at(
    session: AsyncSession, delivery: Delivery, person: str, whose: set[str], asked_on: date
) -> list[LookedAt]:
    """The risks that the digest asked about on that day, and that somebody looked at since."""
    done = await stored.looked_at(session, delivery.workspace_id, whose, _since(delivery))
    found = [
        LookedAt(kept=kept, before=risk_as_it_was(kept.risk, entries), last=entries[-1])
        for kept, entries in done
    ]
    who = await hearers(session, delivery.workspace_id, {each.before.accepter for each in found})
    return [
        each
        for each in found
        if each.before.until <= asked_on
        and (reader := who.of(each.before.accepter))
        and reader.id == person
    ]


def _is_new_to(person: str, decided: Decided) -> bool:
    """Whether they became its owner: then it needs them as whatever else is theirs does."""
    return decided.kept.owner == person != decided.before.owner


DELIVERIES = {DIGEST: digest}
