from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.action_items import HistoryEntry
from storage import action_items, item_history
from storage.engine import Sessions
from storage.statements import run
from tests.storage.samples import ITEM, NOW, started


async def _two_entries(sessions: Sessions) -> list[HistoryEntry]:
    async with sessions.begin() as session:
        made = await started(session)
        item = await action_items.add(
            session, "T1", made.id, ITEM, by="U1", now=NOW, submission="V2"
        )
        entries = [
            HistoryEntry(
                item_id=item.id or 0,
                actor="U1",
                at=NOW + timedelta(minutes=minute),
                event=event,
                changes={"what": ("", "Zażółć\0\ud83d")},
                reason="",
                acting="facilitator",
            )
            for minute, event in enumerate(("added", "changed"))
        ]
        return [
            replace(entry, id=await item_history.append(session, "T1", entry)) for entry in entries
        ]


async def test_history_comes_back_as_it_was_appended(sessions: Sessions) -> None:
    entries = await _two_entries(sessions)

    async with sessions() as session:
        assert await item_history.of_item(session, entries[0].item_id) == entries
        assert await item_history.of_item(session, 12345) == []
        assert await item_history.entry(session, "T1", entries[1].id or 0) == entries[1]
        assert await item_history.entry(session, "T2", entries[1].id or 0) is None


@pytest.mark.parametrize(
    "statement",
    [
        "update item_history set reason = 'it was never me'",
        "delete from item_history",
        "delete from action_item",
        "delete from postmortem",
    ],
)
async def test_the_database_refuses_to_rewrite_history(sessions: Sessions, statement: str) -> None:
    entries = await _two_entries(sessions)
    with pytest.raises(DBAPIError):
        async with sessions.begin() as session:
            await run(session, text(statement))

    async with sessions() as session:
        assert await item_history.of_item(session, entries[0].item_id) == entries


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_postgresql_refuses_to_truncate_history(sessions: Sessions) -> None:
    await _two_entries(sessions)
    with pytest.raises(DBAPIError, match="append-only"):
        async with sessions.begin() as session:
            await run(session, text("truncate item_history"))
