"""Accepted risks: decisions not to act, and until when."""

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import exists, insert, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.postmortems import Postmortem
from storage import postmortems
from storage.statements import columns, of_postmortem, run
from storage.tables import AcceptedRiskRow

_RISKS = of_postmortem(AcceptedRiskRow, AcceptedRisk).order_by(col(AcceptedRiskRow.id))


async def risks(session: AsyncSession, postmortem_id: int) -> list[AcceptedRisk]:
    """Return the risks accepted for a postmortem, oldest first."""
    found = await run(session, _RISKS, {"postmortem": postmortem_id})
    return [AcceptedRisk(**row._asdict()) for row in found]


async def risk(
    session: AsyncSession, workspace_id: str, risk_id: int
) -> tuple[Postmortem, AcceptedRisk] | None:
    """One risk of the workspace with the postmortem it stands in."""
    query = columns(AcceptedRiskRow, AcceptedRisk, "postmortem_id").where(
        col(AcceptedRiskRow.id) == risk_id, col(AcceptedRiskRow.workspace_id) == workspace_id
    )
    row = (await run(session, query)).one_or_none()
    if row is None:
        return None
    kept = row._asdict()
    postmortem = await postmortems.find(session, workspace_id, kept.pop("postmortem_id"))
    return None if postmortem is None else (postmortem, AcceptedRisk(**kept))


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


async def change(session: AsyncSession, risk: AcceptedRisk) -> None:
    """Keep what a stored risk says now."""
    said = asdict(risk)
    del said["id"]
    mine = col(AcceptedRiskRow.id) == risk.id
    await run(session, update(AcceptedRiskRow).where(mine).values(**said))


async def hear(session: AsyncSession, risk_id: int, at: datetime | None) -> None:
    """Keep when its accepter hears of a risk next; None where they never do."""
    mine = col(AcceptedRiskRow.id) == risk_id
    await run(session, update(AcceptedRiskRow).where(mine).values(hear_at=at))
