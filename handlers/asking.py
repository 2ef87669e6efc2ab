"""Asking responders to agree: a DM each, reminders while they are silent, and then an answer.

All of it is owed when somebody is asked, each at its instant; what is not needed any more when its
time comes is dropped by whoever composes it (`wishes.py`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.agreements import Anew, asked_sentence
from domain.agreements import (
    ASKED,
    asker,
    can_agree,
    check_can_be_agreed,
    naming,
    round_of,
    standing,
)
from domain.errors import RuleBroken
from domain.people import Person
from domain.postmortems import Postmortem
from domain.record import Event, RecordEntry
from domain.workdays import mornings
from handlers.clicks import Click, pressed
from handlers.homes import refresh_all
from handlers.hours import hours_of, working_hours
from handlers.people import known, nobody
from handlers.sections import number_in, stored
from storage import agreements, deliveries, people, postmortems, record, timeline, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

AGREEMENT = "agreement"
REMINDERS = ("agreement_reminder_1", "agreement_reminder_2", "agreement_reminder_3")
UNANSWERED = "agreement_unanswered"


async def left(session: AsyncSession, postmortem: Postmortem) -> set[str]:
    """The responders who cannot agree any more, as far as is known."""
    met = await people.known(session, postmortem.workspace, postmortem.facts.responders)
    return {each.id for each in met.values() if not can_agree(each)}


def subject_of(postmortem: Postmortem, person: str, number: int) -> str:
    """The subject under which one person is asked for their agreement, and reminded of it.

    `number` counts the times they agreed before: whoever is asked anew gets a new message.
    """
    return f"{postmortem.id}:{person}:{number}"


async def owe(
    session: AsyncSession,
    postmortem: Postmortem,
    asked: Mapping[str, int],
    by: Person,
    now: datetime,
    due_at: datetime,
) -> None:
    """Owe each of these people (with the number of their round) a question, due then.

    And reminders on the three working mornings after, and word of the silent to whoever asked.
    """
    met = await people.known(session, postmortem.workspace, asked)
    programme = await workspaces.programme(session, postmortem.workspace)
    for person, number in asked.items():
        subject = subject_of(postmortem, person, number)
        hours = hours_of(programme, met.get(person, nobody(person)))
        wanted = zip(
            (AGREEMENT, *REMINDERS), (due_at, *mornings(due_at, hours, len(REMINDERS))), strict=True
        )
        for kind, at in wanted:
            # Nobody is named as asking: the trouble of one DM is no trouble of the channel's card.
            await deliveries.enqueue(
                session, postmortem.workspace, kind, subject, channel=person, due_at=at
            )
    await _owe_answer(session, postmortem, by, now)


async def _owe_answer(
    session: AsyncSession, postmortem: Postmortem, by: Person, now: datetime
) -> None:
    if not by.id:
        return
    hours = await working_hours(session, postmortem.workspace, by)
    at = mornings(now, hours, len(REMINDERS) + 1)[-1]
    subject = f"{postmortem.id}:{by.id}:{at.astimezone(by.tzinfo).date()}"
    await deliveries.enqueue(
        session, postmortem.workspace, UNANSWERED, subject, channel=by.id, due_at=at
    )


async def show_again(
    session: AsyncSession, postmortem: Postmortem, person: str, number: int, now: datetime
) -> None:
    """Let what stands with them say how things are now; what is still to come keeps its time."""
    subject = subject_of(postmortem, person, number)
    kinds = (AGREEMENT, *REMINDERS)
    standing_there = await agreements.delivered(session, postmortem.workspace, kinds, subject)
    await deliveries.again(session, postmortem.workspace, standing_there, subject, now=now)


async def settle(
    session: AsyncSession, postmortem: Postmortem, person: str, number: int, now: datetime
) -> None:
    """Let every message of this round know that it is answered; what is to come never comes."""
    subject = subject_of(postmortem, person, number)
    await deliveries.again(session, postmortem.workspace, (AGREEMENT, *REMINDERS), subject, now=now)


async def whoever_asks(
    session: AsyncSession, postmortem: Postmortem, history: Sequence[RecordEntry], by: str
) -> Person:
    """Who hears of those that stay silent: whoever asked last, else who made the change `by`."""
    who = asker(history) or by
    met = await people.known(session, postmortem.workspace, [who])
    return met.get(who, nobody(who))


@pressed
async def ask_for_agreement(click: Click) -> None:
    """Ask every responder who has not agreed and was not asked yet, and say who is waited for."""
    which = number_in(click.action)
    async with click.sessions() as session:
        postmortem = await stored(session, click.team_id, which)
    await _meet(click.client, click.sessions, postmortem, click.user_id, click.now())
    async with click.sessions.begin() as session:
        said = await ask(session, click.team_id, which, click.user_id, click.now())
    await click.tell(said)


async def _meet(
    client: AsyncWebClient, sessions: Sessions, postmortem: Postmortem, by: str, now: datetime
) -> None:
    """Learn who has left and where everybody's morning is; where Slack is silent, UTC will do."""
    try:
        wanted = [*postmortem.facts.responders, by]
        await known(client, sessions, postmortem.workspace, wanted, now)
    except RuleBroken as silent:
        log.warning("responders_not_met", why=str(silent))


async def ask(
    session: AsyncSession, team_id: str, postmortem_id: int, by: str, now: datetime
) -> str:
    """Owe a question to whoever was not asked yet since they last agreed; what `by` is told.

    Whoever is to be asked anew in a while is asked at once.
    """
    postmortem = await postmortems.lock(session, team_id, postmortem_id)
    entries = await timeline.entries(session, postmortem.id)
    check_can_be_agreed(postmortem.facts.tier, len(entries))
    agreed = await agreements.agreements(session, postmortem.id)
    gone = await left(session, postmortem)
    waiting = standing(postmortem.facts.responders, agreed, gone).waiting
    history = await record.of_postmortem(session, postmortem.id)
    rounds = {person: round_of(person, history) for person in waiting}
    silent = [person for person in waiting if rounds[person].asked_at is None and person != by]
    if silent:
        met = await people.known(session, team_id, [by])
        numbers = {person: rounds[person].number for person in silent}
        await owe(session, postmortem, numbers, met.get(by, nobody(by)), now, now)
        entry = RecordEntry(
            actor=by, at=now, event=Event.AGREEMENT_ASKED, changes=naming(ASKED, silent)
        )
        await record.append(session, team_id, postmortem.id, entry)
        await refresh_all(session, team_id, waiting, now)
    already = {who: at for who in waiting if who != by and (at := rounds[who].asked_at)}
    anew = await _hurry(session, postmortem, {who: rounds[who].number for who in already}, now)
    return asked_sentence(silent, already, anew, self_waits=by in waiting)


async def _hurry(
    session: AsyncSession, postmortem: Postmortem, rounds: Mapping[str, int], now: datetime
) -> Anew:
    """Ask at once whoever would be asked later; but a question that waits for Slack waits on."""
    people_of = {subject_of(postmortem, who, number): who for who, number in rounds.items()}
    questions = await agreements.messages(
        session, postmortem.workspace, [AGREEMENT], list(people_of)
    )
    anew = Anew()
    for each in questions:
        if each.message_ts is not None or each.due_at is None or each.due_at <= now:
            continue
        if each.last_error is not None:
            anew.later[people_of[each.subject]] = each.due_at
            continue
        anew.hurried[people_of[each.subject]] = each.due_at
        await deliveries.again(session, each.workspace_id, [each.kind], each.subject, now=now)
    return anew
