"""Which files were imported, so that none is imported twice."""

from sqlalchemy import case, insert, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import run
from storage.tables import ImportedDocumentRow, PostmortemRow


async def imported(
    session: AsyncSession, workspace_id: str, name: str, digest: str
) -> tuple[int, str] | None:
    """The number of the postmortem this file became, and the digest of what it held then.

    It is known by its content wherever it lies now, else by its name.
    """
    same = col(ImportedDocumentRow.digest) == digest
    query = (
        select(col(PostmortemRow.number), col(ImportedDocumentRow.digest))
        .join(PostmortemRow, col(PostmortemRow.id) == col(ImportedDocumentRow.postmortem_id))
        .where(col(ImportedDocumentRow.workspace_id) == workspace_id)
        .where(or_(same, col(ImportedDocumentRow.name) == name))
        .order_by(case((same, 0), else_=1), col(PostmortemRow.number))
        .limit(1)
    )
    row = (await run(session, query)).one_or_none()
    return None if row is None else (row.number, row.digest)


async def remember(
    session: AsyncSession, workspace_id: str, name: str, digest: str, postmortem_id: int
) -> None:
    """Note that this file became this postmortem."""
    statement = insert(ImportedDocumentRow).values(
        workspace_id=workspace_id, name=name, digest=digest, postmortem_id=postmortem_id
    )
    await run(session, statement)
