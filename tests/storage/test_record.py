"""The record of a postmortem: read as it was written, and rewritten by nobody (rule 24)."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.record import Event, RecordEntry
from storage import record
from storage.engine import Sessions
from tests.storage.samples import NOW, started

ASKED = RecordEntry(
    actor="U1", at=NOW, event=Event.AGREEMENT_ASKED, changes={"asked": ("", "U2, U3")}
)
CHANGED = RecordEntry(
    actor="U2",
    at=NOW - timedelta(minutes=1),
    event=Event.WITHDRAWN,
    changes={"added": ("", "2026-11-20 14:03 UTC übergabe 👩‍🚒 “x”")},
    reason="added 1 line",
)


async def test_entries_come_back_in_the_order_they_were_written(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        mine, other = await started(session), await started(session, channel="C2")
        for entry in (ASKED, CHANGED, ASKED):
            await record.append(session, "T1", mine.id, entry)

    async with sessions() as session:
        assert await record.of_postmortem(session, mine.id) == [ASKED, CHANGED, ASKED]
        assert await record.of_postmortem(session, other.id) == []


@pytest.mark.parametrize("deed", ["UPDATE record SET actor = 'U9'", "DELETE FROM record"])
async def test_the_database_refuses_to_rewrite_it(sessions: Sessions, deed: str) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        await record.append(session, "T1", made.id, ASKED)

    with pytest.raises(DBAPIError):
        async with sessions.begin() as session:
            await (await session.connection()).execute(text(deed))
    async with sessions() as session:
        assert await record.of_postmortem(session, made.id) == [ASKED]
