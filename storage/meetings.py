"""Reviews of postmortems: who chairs each, and whose turn it is (rule 8)."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.meetings import Meeting
from storage.statements import of_postmortem, run
from storage.tables import FacilitatorRow, MeetingRow, ResponderRow
from storage.tables.columns import Instant

_MEETING = of_postmortem(MeetingRow, Meeting)


async def meeting(session: AsyncSession, postmortem_id: int) -> Meeting | None:
    """The review of a postmortem; None while nobody has called it."""
    row = (await run(session, _MEETING, {"postmortem": postmortem_id})).one_or_none()
    return None if row is None else Meeting(**row._asdict())


async def call(
    session: AsyncSession, workspace_id: str, postmortem_id: int, meeting: Meeting
) -> None:
    """Keep a review that was just called; the postmortem must be locked and have none."""
    owner = {"workspace_id": workspace_id, "postmortem_id": postmortem_id}
    await run(session, insert(MeetingRow).values(**owner, **asdict(meeting)))


async def change(session: AsyncSession, postmortem_id: int, meeting: Meeting) -> None:
    """Put this in place of what was known of the review."""
    mine = col(MeetingRow.postmortem_id) == postmortem_id
    await run(session, update(MeetingRow).where(mine).values(**asdict(meeting)))


async def facilitators(session: AsyncSession, workspace_id: str) -> list[str]:
    """Return who takes turns at chairing."""
    mine = col(FacilitatorRow.workspace_id) == workspace_id
    query = select(col(FacilitatorRow.person)).where(mine).order_by(col(FacilitatorRow.person))
    return list((await run(session, query)).scalars())


async def name_facilitators(
    session: AsyncSession, workspace_id: str, people: Iterable[str]
) -> None:
    """Let these take turns, and nobody else."""
    mine = col(FacilitatorRow.workspace_id) == workspace_id
    await run(session, delete(FacilitatorRow).where(mine))
    rows = [{"workspace_id": workspace_id, "person": each} for each in sorted(set(people))]
    if rows:
        await run(session, insert(FacilitatorRow), rows)


async def last_chaired(
    session: AsyncSession, workspace_id: str, people: Iterable[str]
) -> dict[str, datetime]:
    """When each of these was last asked to chair; nothing of those who never were."""
    last = func.max(col(MeetingRow.called_at), type_=Instant()).label("last")
    query = (
        select(col(MeetingRow.facilitator), last)
        .where(col(MeetingRow.workspace_id) == workspace_id)
        .where(col(MeetingRow.facilitator).in_(list(people)))
        .group_by(col(MeetingRow.facilitator))
    )
    return {row.facilitator: row.last for row in await run(session, query)}


async def peers(session: AsyncSession, workspace_id: str) -> list[str]:
    """Return who has responded to any incident: a pool where no facilitators are named."""
    mine = col(ResponderRow.workspace_id) == workspace_id
    query = select(col(ResponderRow.person)).where(mine).distinct()
    return sorted((await run(session, query)).scalars())


async def chaired_by(session: AsyncSession, workspace_id: str, person: str) -> list[int]:
    """Return the ids of the postmortems whose review somebody still has to chair."""
    query = select(col(MeetingRow.postmortem_id)).where(
        col(MeetingRow.workspace_id) == workspace_id,
        col(MeetingRow.facilitator) == person,
        col(MeetingRow.signed_off_at).is_(None),
    )
    return sorted((await run(session, query)).scalars())
