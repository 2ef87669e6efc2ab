"""Proposals: what was found in a channel's history, kept for a day while somebody chooses.

Kept here, so that choosing needs no second look at Slack: what is submitted is stored at once.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.candidates import Candidate
from domain.proposals import Proposal
from domain.timeline import Milestone, Source
from storage.statements import run
from storage.tables import ProposalRow

KEPT = timedelta(days=1)


async def keep(
    session: AsyncSession,
    workspace_id: str,
    postmortem_id: int,
    person: str,
    proposal: Proposal,
    now: datetime,
) -> int:
    """Keep what one person is about to look through, and return its id; old ones are dropped."""
    await run(session, delete(ProposalRow).where(col(ProposalRow.made_at) < now - KEPT))
    statement = insert(ProposalRow).values(
        workspace_id=workspace_id,
        postmortem_id=postmortem_id,
        person=person,
        candidates=[_as_json(candidate) for candidate in proposal.candidates],
        left_out=proposal.left_out,
        messages_read=proposal.messages_read,
        unread_before=proposal.unread_before,
        made_at=now,
    )
    made = await run(session, statement.returning(col(ProposalRow.id)))
    return int(made.scalar_one())


async def find(
    session: AsyncSession, workspace_id: str, proposal_id: int, person: str
) -> tuple[int, Proposal] | None:
    """The postmortem it is about and the proposal; None when it is gone or somebody else's."""
    query = select(*ProposalRow.__table__.columns).where(  # type: ignore[attr-defined] # SQLModel
        col(ProposalRow.id) == proposal_id,
        col(ProposalRow.workspace_id) == workspace_id,
        col(ProposalRow.person) == person,
    )
    row = (await run(session, query)).one_or_none()
    if row is None:
        return None
    return row.postmortem_id, Proposal(
        candidates=[_from_json(candidate) for candidate in row.candidates],
        left_out=row.left_out,
        messages_read=row.messages_read,
        unread_before=row.unread_before,
    )


async def drop(session: AsyncSession, proposal_id: int) -> None:
    """Keep it no longer: it was answered."""
    await run(session, delete(ProposalRow).where(col(ProposalRow.id) == proposal_id))


def _as_json(candidate: Candidate) -> dict[str, Any]:
    last = candidate.last_at
    return asdict(candidate) | {
        "at": candidate.at.isoformat(),
        "last_at": None if last is None else last.isoformat(),
    }


def _from_json(kept: dict[str, Any]) -> Candidate:
    milestone, last = kept["milestone"], kept["last_at"]
    return Candidate(
        **kept
        | {
            "at": datetime.fromisoformat(kept["at"]),
            "last_at": None if last is None else datetime.fromisoformat(last),
            "source": Source(kept["source"]),
            "milestone": None if milestone is None else Milestone(milestone),
        }
    )
