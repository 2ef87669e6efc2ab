"""What was noted in a channel before its postmortem was started."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.timeline import Milestone, Source, SourceState, TimelineEntry
from storage import jotted
from storage.engine import Sessions
from tests.storage.samples import NOW

ALERT = TimelineEntry(
    at=NOW,
    text="p99 ż 🚨",
    milestone=Milestone.DETECTED,
    source=Source.PIN,
    permalink="https://example.slack.com/archives/C1/p1",
    message_channel="C1",
    message_ts="1.1",
    source_state=SourceState.EDITED,
)
EARLIER = TimelineEntry(at=NOW - timedelta(hours=1), text="Deploy", source=Source.LOGGED)


async def jot(sessions: Sessions, entry: TimelineEntry, submission: str, **where: Any) -> bool:
    place = {"workspace_id": "T1", "channel": "C1"} | where
    async with sessions.begin() as session:
        return await jotted.jot(
            session, **place, entry=entry, by="U1", now=NOW, submission=submission
        )


async def test_notes_come_back_whole_and_in_order(sessions: Sessions) -> None:
    assert await jot(sessions, ALERT, "one")
    assert await jot(sessions, EARLIER, "two")
    async with sessions() as session:
        assert await jotted.of_channel(session, "T1", "C1") == [EARLIER, ALERT]


async def test_a_submission_that_comes_twice_is_kept_once(sessions: Sessions) -> None:
    assert await jot(sessions, ALERT, "one")
    assert not await jot(sessions, replace(ALERT, text="again"), "one")
    async with sessions() as session:
        assert await jotted.of_channel(session, "T1", "C1") == [ALERT]


async def test_each_channel_of_each_workspace_has_its_own(sessions: Sessions) -> None:
    assert await jot(sessions, ALERT, "one")
    assert await jot(sessions, EARLIER, "one", channel="C2")
    assert await jot(sessions, EARLIER, "one", workspace_id="T2")
    async with sessions.begin() as session:
        assert await jotted.take(session, "T1", "C1") == [ALERT]
        assert await jotted.of_channel(session, "T1", "C2") == [EARLIER]
        assert await jotted.of_channel(session, "T2", "C1") == [EARLIER]


async def test_what_is_taken_is_kept_no_longer(sessions: Sessions) -> None:
    await jot(sessions, ALERT, "one")
    async with sessions.begin() as session:
        assert await jotted.take(session, "T1", "C1") == [ALERT]
        assert await jotted.take(session, "T1", "C1") == []
