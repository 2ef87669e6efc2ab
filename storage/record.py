"""The record of postmortems: rows are added, and the database refuses anything else (rule 24)."""

from dataclasses import asdict

from sqlalchemy import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.record import RecordEntry
from storage.statements import columns, run
from storage.tables import RecordRow


async def append(
    session: AsyncSession, workspace_id: str, postmortem_id: int, entry: RecordEntry
) -> None:
    """Add what somebody did to a postmortem."""
    owner = {"workspace_id": workspace_id, "postmortem_id": postmortem_id}
    await run(session, insert(RecordRow).values(**owner, **asdict(entry)))


async def of_postmortem(session: AsyncSession, postmortem_id: int) -> list[RecordEntry]:
    """Everything that was done to a postmortem, in the order it was."""
    query = (
        columns(RecordRow, RecordEntry)
        .where(col(RecordRow.postmortem_id) == postmortem_id)
        .order_by(col(RecordRow.id))
    )
    entries = []
    for row in await run(session, query):
        said = row._asdict()
        pairs = {field: (old, new) for field, (old, new) in said.pop("changes").items()}
        entries.append(RecordEntry(**said, changes=pairs))
    return entries
