"""The history of action items: rows are added, and the database refuses anything else (rule 24)."""

from dataclasses import asdict

from sqlalchemy import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import HistoryEntry
from storage.statements import columns, run
from storage.tables import ItemHistoryRow


async def append(session: AsyncSession, workspace_id: str, entry: HistoryEntry) -> None:
    """Add what somebody did to an item."""
    statement = insert(ItemHistoryRow).values(workspace_id=workspace_id, **asdict(entry))
    await run(session, statement)


async def of_item(session: AsyncSession, item_id: int) -> list[HistoryEntry]:
    """Everything that was done to an item, in the order it was."""
    query = (
        columns(ItemHistoryRow, HistoryEntry)
        .where(col(ItemHistoryRow.item_id) == item_id)
        .order_by(col(ItemHistoryRow.id))
    )
    history = []
    for row in await run(session, query):
        said = row._asdict()
        pairs = {field: (old, new) for field, (old, new) in said.pop("changes").items()}
        history.append(HistoryEntry(**said, changes=pairs))
    return history
