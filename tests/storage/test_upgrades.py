"""What was stored before an upgrade goes on after it."""

from datetime import date

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, HistoryEntry, ItemState
from domain.record import Event, RecordEntry
from storage import accepted_risks, action_items, hearings, item_history, record
from storage.engine import Sessions
from storage.migrate import alembic_config, migrate, under_lock
from storage.statements import run
from tests.storage.samples import ITEM, NOW, started

RISK = AcceptedRisk(risk="It happens again", accepter="U1", reason="Rare", until=date(2027, 1, 4))
BEFORE_FOLLOW_UP = "0010"


async def promised(sessions: Sessions) -> ActionItem:
    """Keep an item with a history, and an accepted risk."""
    async with sessions.begin() as session:
        made = await started(session)
        where = "T1", made.id
        item = await action_items.add(session, *where, ITEM, by="U1", now=NOW, submission="V2")
        await accepted_risks.add(session, *where, RISK, by="U1", now=NOW, submission="V3")
        entry = HistoryEntry(item_id=item.id or 0, actor="U1", at=NOW, event="added", changes={})
        await item_history.append(session, "T1", entry)
        began = RecordEntry(actor="U1", at=NOW, event=Event.STARTED)
        await record.append(session, "T1", made.id, began)
    return item


async def upgraded(database_url: str) -> None:
    """Go back to the revision before the follow-up, and forward again."""
    await under_lock(
        database_url,
        lambda connection: command.downgrade(alembic_config(connection), BEFORE_FOLLOW_UP),
    )
    await migrate(database_url)


async def test_what_was_promised_before_is_heard_of_afterwards(
    sessions: Sessions, database_url: str
) -> None:
    item = await promised(sessions)
    await upgraded(database_url)

    async with sessions() as session:
        waiting = await hearings.waiting(session, NOW, 10)
        found = await action_items.item(session, "T1", item.id or 0)
    assert len(waiting) == 1
    assert found is not None
    assert (found[1].original_due_on, found[1].state) == (ITEM.due_on, ItemState.OPEN)


async def test_history_stays_and_cannot_be_rewritten_after_an_upgrade(
    sessions: Sessions, database_url: str
) -> None:
    item = await promised(sessions)
    await upgraded(database_url)

    for table in ("item_history", "record"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with sessions.begin() as session:
                await run(session, text(f"UPDATE {table} SET reason = 'never'"))  # noqa: S608 - ours
    async with sessions() as session:
        assert [each.event for each in await item_history.of_item(session, item.id or 0)] == [
            "added"
        ]
