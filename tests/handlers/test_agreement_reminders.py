"""Who is reminded when, and what is not said any more once somebody has agreed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.meetings import Meeting
from domain.people import Person
from domain.postmortems import Postmortem
from domain.record import Event, RecordEntry
from domain.timeline import TimelineEntry
from handlers import asking
from handlers.agreements import DELIVERIES, withdraw
from handlers.sections import Made
from storage import agreements, deliveries, meetings, people, postmortems, record, timeline
from storage.deliveries import Delivery
from storage.engine import Sessions
from tests.storage.samples import started

#: A Thursday, in the afternoon.
ASKED = datetime(2026, 11, 26, 14, tzinfo=UTC)
ENTRY = TimelineEntry(at=datetime(2026, 11, 20, 14, 3, tzinfo=UTC), text="failover started")
MEI = Person(id="U1", name="Mei", zone="Asia/Tokyo")
BEN = Person(id="U2", name="Ben", zone="America/New_York")
LENA = Person(id="U9", name="Lena", zone="Europe/Berlin")
A_WEEK = timedelta(days=7)
AN_HOUR = timedelta(hours=1)


@pytest.fixture
async def asked(sessions: Sessions) -> Postmortem:
    """A postmortem to whose timeline Lena asked Mei and Ben to agree."""
    async with sessions.begin() as session:
        made = await started(session)
        await people.remember(session, "T1", [MEI, BEN, LENA], ASKED)
        await timeline.replace(session, "T1", made.id, [ENTRY], by="U1", now=ASKED)
    async with sessions.begin() as session:
        await asking.ask(session, "T1", made.id, LENA.id, ASKED)
    return made


async def sent(sessions: Sessions, until: datetime, since: datetime = ASKED) -> list[str]:
    """Send what comes due in this time, hour by hour: when, to whom, and how it begins."""
    said, now = [], since
    while now <= until:
        async with sessions.begin() as session:
            while due := await deliveries.claim(session, now, lease=AN_HOUR, limit=99):
                said += [line for each in due if (line := await _sent(session, each, now))]
        now += AN_HOUR / 2
    return sorted(said)


async def _sent(session: AsyncSession, each: Delivery, now: datetime) -> str:
    outgoing = await DELIVERIES[each.kind](session, each)
    if outgoing is None:
        await deliveries.dropped(session, each, now)
        return ""
    await deliveries.sent(session, each, channel="D1", ts=each.key[:30], now=now)
    words = outgoing.message["text"].partition(": ")[2]
    return f"{now:%a %H:%M} {each.channel} {words[:11]}"


async def agree(sessions: Sessions, postmortem: Postmortem, person: str, now: datetime) -> None:
    """Let somebody agree who has not agreed before."""
    async with sessions.begin() as session:
        await agreements.agree(session, "T1", postmortem.id, person, now)
        entry = RecordEntry(actor=person, at=now, event=Event.AGREED)
        await record.append(session, "T1", postmortem.id, entry)
        await asking.settle(session, postmortem, person, 0, now)


async def test_the_silent_hear_three_reminders_at_their_half_past_nine_and_then_the_asker(
    sessions: Sessions, asked: Postmortem
) -> None:
    assert asked.id
    assert await sent(sessions, ASKED + A_WEEK) == [
        "Fri 14:30 U2 Still waiti",
        "Mon 00:30 U1 Still waiti",
        "Mon 14:30 U2 Still waiti",
        "Thu 14:00 U1 Do you agre",
        "Thu 14:00 U2 Do you agre",
        "Tue 00:30 U1 Still waiti",
        "Tue 14:30 U2 Still waiti",
        "Wed 00:30 U1 Still waiti",
        "Wed 08:30 U9 2 responder",
    ]


async def test_after_an_outage_of_days_one_reminder_is_enough(
    sessions: Sessions, asked: Postmortem
) -> None:
    await sent(sessions, ASKED)
    assert await sent(sessions, ASKED + 2 * A_WEEK, since=ASKED + A_WEEK) == [
        "Thu 14:00 U1 Still waiti",
        "Thu 14:00 U2 Still waiti",
        "Thu 14:00 U9 2 responder",
    ]
    assert asked.id


async def test_nobody_is_reminded_with_the_question_itself(
    sessions: Sessions, asked: Postmortem
) -> None:
    said = await sent(sessions, ASKED + 2 * A_WEEK, since=ASKED + A_WEEK)
    assert asked.id
    assert [line[10:] for line in said if "U9" not in line] == ["U1 Do you agre", "U2 Do you agre"]


async def test_whoever_agrees_hears_no_more_and_the_others_do(
    sessions: Sessions, asked: Postmortem
) -> None:
    await sent(sessions, ASKED)
    await agree(sessions, asked, "U1", ASKED + AN_HOUR)
    said = await sent(sessions, ASKED + A_WEEK)

    assert [line for line in said if "U1" in line] == ["Thu 15:00 U1 you agreed."]
    assert len([line for line in said if "U2" in line]) == 3
    assert "Wed 08:30 U9 1 responder" in said


async def test_when_all_have_agreed_nobody_hears_of_it(
    sessions: Sessions, asked: Postmortem
) -> None:
    for person in ("U1", "U2"):
        await agree(sessions, asked, person, ASKED)
    assert await sent(sessions, ASKED + A_WEEK) == []


async def test_asking_again_changes_neither_what_was_said_nor_when(
    sessions: Sessions, asked: Postmortem
) -> None:
    async with sessions.begin() as session:
        said = await asking.ask(session, "T1", asked.id, "U7", ASKED + AN_HOUR)
    assert said.startswith("Asked before, and still waited for: <@U2> (<!date^")
    assert len(await sent(sessions, ASKED + A_WEEK)) == 9


async def test_who_left_or_was_taken_out_hears_no_reminder(
    sessions: Sessions, asked: Postmortem
) -> None:
    await sent(sessions, ASKED)
    async with sessions.begin() as session:
        await people.remember(session, "T1", [replace(MEI, is_deactivated=True)], ASKED)
        facts = replace(asked.facts, responders=("U1",))
        await postmortems.change_facts(session, asked.id, facts)
    assert await sent(sessions, ASKED + A_WEEK) == []


async def test_after_the_review_nobody_is_reminded(sessions: Sessions, asked: Postmortem) -> None:
    await sent(sessions, ASKED)
    over = Meeting(facilitator="U9", called_by="U1", called_at=ASKED, signed_off_at=ASKED)
    async with sessions.begin() as session:
        await meetings.call(session, "T1", asked.id, over)
    assert await sent(sessions, ASKED + A_WEEK) == []


async def test_a_withdrawn_agreement_is_asked_for_anew_with_reminders_of_its_own(
    sessions: Sessions, asked: Postmortem
) -> None:
    await agree(sessions, asked, "U1", ASKED)
    await agree(sessions, asked, "U2", ASKED)
    made = Made(by="U2", at=ASKED, submission="V2")
    async with sessions.begin() as session:
        await withdraw(session, asked, [ENTRY], [ENTRY, replace(ENTRY, text="clear")], made)
    assert await sent(sessions, ASKED + A_WEEK) == [
        "Mon 00:30 U1 Still waiti",
        "Thu 14:30 U1 Do you agre",
        "Tue 00:30 U1 Still waiti",
        "Wed 00:30 U1 Still waiti",
        "Wed 08:30 U9 1 responder",
    ]


async def test_changes_before_anybody_agreed_or_was_asked_are_not_recorded(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        await withdraw(session, made, [], [ENTRY], Made(by="U1", at=ASKED, submission="V2"))
        assert await record.of_postmortem(session, made.id) == []


async def test_what_is_not_there_any_more_is_not_spoken_of(
    sessions: Sessions, asked: Postmortem
) -> None:
    async with sessions.begin() as session:
        for each in await deliveries.claim(session, ASKED + A_WEEK, lease=AN_HOUR, limit=99):
            number, _, rest = each.subject.partition(":")
            gone = replace(each, subject=f"{int(number) + 1}:{rest}")
            assert await DELIVERIES[each.kind](session, gone) is None
    assert asked.id
