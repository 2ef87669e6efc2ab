"""The history of action items: rows are added, and the database refuses anything else (rule 24)."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import HistoryEntry
from storage.statements import columns, run
from storage.tables import ItemHistoryRow


async def append(session: AsyncSession, workspace_id: str, entry: HistoryEntry) -> int:
    """Add what somebody did to an item; returns the entry's id."""
    said = asdict(entry)
    del said["id"]
    statement = insert(ItemHistoryRow).values(workspace_id=workspace_id, **said)
    return int((await run(session, statement.returning(col(ItemHistoryRow.id)))).scalar_one())


async def entry(session: AsyncSession, workspace_id: str, entry_id: int) -> HistoryEntry | None:
    """One entry of the workspace by its id."""
    query = columns(ItemHistoryRow, HistoryEntry).where(
        col(ItemHistoryRow.id) == entry_id, col(ItemHistoryRow.workspace_id) == workspace_id
    )
    row = (await run(session, query)).one_or_none()
    return None if row is None else _entry(row._asdict())


async def of_item(session: AsyncSession, item_id: int) -> list[HistoryEntry]:
    """Everything that was done to an item, in the order it was."""
    query = (
        columns(ItemHistoryRow, HistoryEntry)
        .where(col(ItemHistoryRow.item_id) == item_id)
        .order_by(col(ItemHistoryRow.id))
    )
    return [_entry(row._asdict()) for row in await run(session, query)]


def _entry(said: dict[str, Any]) -> HistoryEntry:
    pairs = {field: (old, new) for field, (old, new) in said.pop("changes").items()}
    return HistoryEntry(**said, changes=pairs)
