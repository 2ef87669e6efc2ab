"""Which entries were taken from which message."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain.timeline import SourceState, TimelineEntry
from storage import jotted, sources, timeline
from storage.engine import Sessions
from storage.statements import run
from tests.storage.samples import FACTS, NOW, started

ENTRY = TimelineEntry(at=NOW, text="Failing over", message_channel="C1", message_ts="1.1")
TYPED = TimelineEntry(at=NOW, text="typed")
NAMED = sources.submission_of_message("1.1")


async def put(sessions: Sessions, *entries: TimelineEntry, channel: str = "C1") -> int:
    """Start a postmortem with these entries."""
    async with sessions.begin() as session:
        made = await started(session, channel=channel)
        await timeline.replace(session, "T1", made.id, entries, by="U1", now=NOW)
    return made.id


async def jot(sessions: Sessions, entry: TimelineEntry = ENTRY, channel: str = "C1") -> None:
    async with sessions.begin() as session:
        await jotted.jot(session, "T1", channel, entry, by="U1", now=NOW, submission=NAMED)


async def places(sessions: Sessions, channel: str = "C1", ts: str = "1.1") -> list[int | None]:
    async with sessions() as session:
        return await sources.places(session, "T1", channel, ts)


async def test_a_message_is_found_in_every_timeline_and_among_the_notes(sessions: Sessions) -> None:
    one, two = await put(sessions, ENTRY, TYPED), await put(sessions, ENTRY, channel="C2")
    assert sorted(await places(sessions), key=str) == [one, two]
    await jot(sessions)
    assert set(await places(sessions)) == {one, two, None}
    assert await places(sessions, ts="1.2") == await places(sessions, channel="C2") == []


async def test_a_message_of_another_workspace_is_not_found(sessions: Sessions) -> None:
    await put(sessions, ENTRY)
    await jot(sessions)
    async with sessions() as session:
        assert await sources.places(session, "T2", "C1", "1.1") == []


async def test_a_message_stands_in_a_timeline_once(sessions: Sessions) -> None:
    with pytest.raises(IntegrityError):
        await put(sessions, ENTRY, replace(ENTRY, text="again"))
    assert await put(sessions, TYPED, TYPED)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_looking_for_a_message_reads_two_indexes_and_no_table(sessions: Sessions) -> None:
    asked = {"workspace": "T1", "channel": "C1", "ts": "1.1", "submission": NAMED}
    query = sources.PLACES.params(asked).compile(compile_kwargs={"literal_binds": True})
    async with sessions() as session:
        plan = await run(session, text(f"EXPLAIN QUERY PLAN {query}"))
        steps = [row.detail for row in plan if "entry" in row.detail]
    assert len(steps) == 2
    assert all("USING COVERING INDEX" in step for step in steps), steps


async def test_a_note_is_rewritten_and_forgotten_by_its_message(sessions: Sessions) -> None:
    await jot(sessions)
    await jot(sessions, channel="C2")
    changed = replace(ENTRY, text="Failed over", source_state=SourceState.EDITED)
    async with sessions.begin() as session:
        await sources.rewrite_jotted(session, "T1", changed)
        assert await jotted.of_channel(session, "T1", "C1") == [changed]
        assert await jotted.of_channel(session, "T1", "C2") == [ENTRY]
        await sources.forget_jotted(session, "T1", ENTRY)
        assert await jotted.of_channel(session, "T1", "C1") == []
        assert await jotted.of_channel(session, "T1", "C2") == [ENTRY]


async def test_the_newest_public_postmortems_are_offered(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for number in range(1, 5):
            await started(session, channel=f"C{number}", submission=f"V{number}")
        await started(session, channel="C5", is_private=True, submission="V5")
        no_channel: dict[str, Any] = {"channel": None}
        await started(session, submission="V6", **no_channel)
        await started(session, "T2", submission="V7")
        found = await sources.recent_public(session, "T1", 3)
    assert [each.key for each in found] == ["PM-4", "PM-3", "PM-2"]
    assert {each.title for each in found} == {FACTS.title}


async def test_no_postmortem_starts_between_a_look_and_a_note(sessions: Sessions) -> None:
    """Else what is noted would come too late to move into it."""
    async with sessions.begin() as session:
        await started(session, channel="C9")
    order = []

    async def start() -> None:
        async with sessions.begin() as session:
            await started(session, submission="V2")
            order.append("started")

    async with sessions.begin() as session:
        await sources.hold_starts(session, "T1")
        starting = asyncio.create_task(start())
        await asyncio.wait({starting}, timeout=0.05)
        order.append("noted")
    await starting
    assert order == ["noted", "started"]
