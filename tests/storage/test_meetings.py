from dataclasses import replace
from datetime import timedelta

from domain.meetings import Meeting
from storage import meetings
from storage.engine import Sessions
from tests.storage.samples import NOW, started

MEETING = Meeting(facilitator="U7", called_by="U1", called_at=NOW)


async def test_a_review_comes_back_as_it_was_last_changed(sessions: Sessions) -> None:
    begun = replace(MEETING, facilitator="U8", started_at=NOW, without="On leave", passed_on=1)
    async with sessions.begin() as session:
        made = await started(session)
        assert await meetings.meeting(session, made.id) is None
        await meetings.call(session, "T1", made.id, MEETING)
        assert await meetings.meeting(session, made.id) == MEETING
        await meetings.change(session, made.id, begun)

    async with sessions() as session:
        assert await meetings.meeting(session, made.id) == begun


async def test_who_takes_turns_is_named_as_a_whole(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await started(session)
        for people in (["U3", "U2", "U3"], ["U4"]):
            await meetings.name_facilitators(session, "T1", people)
            assert await meetings.facilitators(session, "T1") == sorted(set(people))
        assert await meetings.facilitators(session, "T2") == []


async def test_the_last_time_counts_of_those_who_chaired_twice(sessions: Sessions) -> None:
    later = NOW + timedelta(days=9)
    async with sessions.begin() as session:
        for channel, at in (("C1", later), ("C2", NOW)):
            made = await started(session, channel=channel)
            await meetings.call(session, "T1", made.id, replace(MEETING, called_at=at))

    async with sessions() as session:
        assert await meetings.last_chaired(session, "T1", ["U7", "U8"]) == {"U7": later}
        assert await meetings.last_chaired(session, "T2", ["U7"]) == {}


async def test_peers_are_all_who_ever_responded(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await started(session)
        await started(session, channel="C2")

    async with sessions() as session:
        assert await meetings.peers(session, "T1") == ["U1", "U2"]
        assert await meetings.peers(session, "T2") == []


async def test_what_somebody_still_has_to_chair_is_found(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for channel, signed_off in (("C1", None), ("C2", NOW)):
            made = await started(session, channel=channel)
            meeting = replace(MEETING, signed_off_at=signed_off)
            await meetings.call(session, "T1", made.id, meeting)

    async with sessions() as session:
        assert await meetings.chaired_by(session, "T1", "U7") == [1]
        assert await meetings.chaired_by(session, "T1", "U1") == []
