"""What is due by an instant, in all workspaces: looked at, never claimed or changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import people
from storage.claims import Delivery
from storage.statements import columns, run
from storage.tables import (
    AcceptedRiskRow,
    ActionItemRow,
    DeliveryRow,
    PostmortemRow,
    WorkspaceRow,
)


@dataclass(frozen=True, kw_only=True)
class Returning:
    """An item that somebody was asked to take on, and that returns to its owner unanswered."""

    workspace_id: str
    number: int
    position: int
    owner: str
    proposed_owner: str
    returns_at: datetime


@dataclass(frozen=True, kw_only=True)
class RunningOut:
    """An accepted risk, and until when; nobody has ended it."""

    workspace_id: str
    number: int
    accepter: str
    until: date


async def owed(session: AsyncSession, at: datetime, limit: int | None = None) -> list[Delivery]:
    """The deliveries due by then, the oldest first; those being sent are among them."""
    due_at = col(DeliveryRow.due_at)
    query = (
        columns(DeliveryRow, Delivery)
        .where(due_at <= at)
        .order_by(due_at, col(DeliveryRow.id))
        .limit(limit)
    )
    return [Delivery(**row._asdict()) for row in await run(session, query)]


async def since(session: AsyncSession, then: datetime) -> list[Delivery]:
    """What Slack got or was given up since then, and all that is owed still, as it stands."""
    query = (
        columns(DeliveryRow, Delivery)
        .where(
            or_(
                col(DeliveryRow.due_at).is_not(None),
                col(DeliveryRow.sent_at) >= then,
                col(DeliveryRow.given_up_at) >= then,
            )
        )
        .order_by(col(DeliveryRow.id))
    )
    return [Delivery(**row._asdict()) for row in await run(session, query)]


async def returning(session: AsyncSession, at: datetime, limit: int) -> list[Returning]:
    """The items whose question nobody has answered by then, whichever waits longest first."""
    names = ("position", "owner", "proposed_owner", "returns_at")
    query = (
        select(
            col(ActionItemRow.workspace_id),
            col(PostmortemRow.number),
            *(getattr(ActionItemRow, name) for name in names),
        )
        .join(PostmortemRow, col(PostmortemRow.id) == col(ActionItemRow.postmortem_id))
        .where(col(ActionItemRow.returns_at) <= at)
        .order_by(col(ActionItemRow.returns_at), col(ActionItemRow.id))
        .limit(limit)
    )
    return [Returning(**row._asdict()) for row in await run(session, query)]


async def running_out(session: AsyncSession, on: date, limit: int) -> list[RunningOut]:
    """The accepted risks whose until-date is that day or was before, the oldest first."""
    until = col(AcceptedRiskRow.until)
    query = (
        select(
            col(AcceptedRiskRow.workspace_id),
            col(PostmortemRow.number),
            col(AcceptedRiskRow.accepter),
            until,
        )
        .join(PostmortemRow, col(PostmortemRow.id) == col(AcceptedRiskRow.postmortem_id))
        .where(until <= on, col(AcceptedRiskRow.ended_on).is_(None))
        .order_by(until, col(AcceptedRiskRow.id))
        .limit(limit)
    )
    return [RunningOut(**row._asdict()) for row in await run(session, query)]


async def names_of_workspaces(session: AsyncSession) -> dict[str, str]:
    """What each workspace is called, by its id."""
    rows = (await run(session, select(col(WorkspaceRow.id), col(WorkspaceRow.name)))).all()
    return {row.id: row.name for row in rows}


async def names(session: AsyncSession, workspace_id: str, ids: Collection[str]) -> dict[str, str]:
    """What these people and public channels of a workspace are called, as far as is known."""
    met = await people.known(session, workspace_id, ids)
    query = select(col(PostmortemRow.channel), col(PostmortemRow.channel_name)).where(
        col(PostmortemRow.workspace_id) == workspace_id,
        col(PostmortemRow.channel).in_(ids),
        col(PostmortemRow.is_private).is_(False),
    )
    rows = (await run(session, query)).all()
    channels = {row.channel: f"#{row.channel_name}" for row in rows if row.channel_name}
    return channels | {each.id: each.name for each in met.values() if each.name}
