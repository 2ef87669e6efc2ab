"""Which postmortems are published, and what was changed since."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import insert, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.publishing import Publication
from storage.statements import of_postmortem, run
from storage.tables import PublicationRow

_PUBLICATION = of_postmortem(PublicationRow, Publication)


async def publication(session: AsyncSession, postmortem_id: int) -> Publication | None:
    """When and by whom a postmortem was published; None while it is not."""
    row = (await run(session, _PUBLICATION, {"postmortem": postmortem_id})).one_or_none()
    return None if row is None else Publication(**row._asdict())


async def publish(
    session: AsyncSession, workspace_id: str, postmortem_id: int, publication: Publication
) -> None:
    """Keep that it is published; the postmortem must be locked and not be published yet."""
    owner = {"workspace_id": workspace_id, "postmortem_id": postmortem_id}
    await run(session, insert(PublicationRow).values(**owner, **asdict(publication)))


async def amend(
    session: AsyncSession, postmortem_id: int, *, by: str, at: datetime, what: str
) -> bool:
    """Count a change of a published postmortem; False when it is not published."""
    statement = (
        update(PublicationRow)
        .where(col(PublicationRow.postmortem_id) == postmortem_id)
        .values(
            amendments=PublicationRow.amendments + 1, amended_by=by, amended_at=at, amended=what
        )
        .returning(col(PublicationRow.postmortem_id))
    )
    return (await run(session, statement)).one_or_none() is not None
