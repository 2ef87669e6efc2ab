"""Which postmortem bears which number: `PM-12` is 12."""

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import run
from storage.tables import PostmortemRow

_NUMBERED = (
    select(col(PostmortemRow.number), col(PostmortemRow.id))
    .where(col(PostmortemRow.workspace_id) == bindparam("workspace"))
    .order_by(col(PostmortemRow.number))
)


async def numbered(session: AsyncSession, workspace_id: str) -> dict[int, int]:
    """Return the ids of all postmortems of a workspace by their numbers, in the order of these."""
    found = await run(session, _NUMBERED, {"workspace": workspace_id})
    return {row.number: row.id for row in found}
