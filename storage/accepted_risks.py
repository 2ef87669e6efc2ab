"""Accepted risks: decisions not to act, and until when."""

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import exists, insert, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from storage.statements import of_postmortem, run
from storage.tables import AcceptedRiskRow

_RISKS = of_postmortem(AcceptedRiskRow, AcceptedRisk).order_by(col(AcceptedRiskRow.id))


async def risks(session: AsyncSession, postmortem_id: int) -> list[AcceptedRisk]:
    """Return the risks accepted for a postmortem, oldest first."""
    found = await run(session, _RISKS, {"postmortem": postmortem_id})
    return [AcceptedRisk(**row._asdict()) for row in found]


async def submitted(session: AsyncSession, postmortem_id: int, submission: str) -> bool:
    """Whether this very submission has been kept: a second click must not accept it twice."""
    query = select(
        exists()
        .where(col(AcceptedRiskRow.postmortem_id) == postmortem_id)
        .where(col(AcceptedRiskRow.submission) == submission)
    )
    return bool((await run(session, query)).scalar_one())


async def add(
    session: AsyncSession,
    workspace_id: str,
    postmortem_id: int,
    risk: AcceptedRisk,
    *,
    by: str,
    now: datetime,
    submission: str,
) -> AcceptedRisk:
    """Keep an accepted risk, and return it with its id."""
    said = asdict(risk)
    del said["id"]
    statement = insert(AcceptedRiskRow).values(
        workspace_id=workspace_id,
        postmortem_id=postmortem_id,
        created_by=by,
        created_at=now,
        submission=submission or None,
        **said,
    )
    risk_id = (await run(session, statement.returning(col(AcceptedRiskRow.id)))).scalar_one()
    return replace(risk, id=risk_id)
