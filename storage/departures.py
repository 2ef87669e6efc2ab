"""What somebody answers for: their items that are not over, and the risks they accepted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemState
from domain.decisions import ENDED
from storage.statements import columns, run
from storage.tables import AcceptedRiskRow, ActionItemRow, DeliveryRow, PersonRow, PostmortemRow

#: An item that somebody still has to see to, or to say whether it works.
LIVE: Sequence[ItemState] = tuple(state for state in ItemState if state not in ENDED)


@dataclass(frozen=True, kw_only=True)
class Where:
    """The postmortem that something stands in."""

    postmortem_id: int
    number: int
    channel: str | None
    is_private: bool

    @property
    def key(self) -> str:
        """What people call it."""
        return f"PM-{self.number}"


_WHERE = (
    col(PostmortemRow.number),
    col(PostmortemRow.channel),
    col(PostmortemRow.is_private),
)


async def items_of(
    session: AsyncSession, workspace_id: str, owner: str
) -> list[tuple[Where, ActionItem]]:
    """What somebody owns that is not over, by postmortem and place."""
    query = (
        columns(ActionItemRow, ActionItem, "postmortem_id")
        .add_columns(*_WHERE)
        .join(PostmortemRow, col(PostmortemRow.id) == col(ActionItemRow.postmortem_id))
        .where(
            col(ActionItemRow.workspace_id) == workspace_id,
            col(ActionItemRow.owner) == owner,
            col(ActionItemRow.state).in_(LIVE),
        )
        .order_by(col(PostmortemRow.id), col(ActionItemRow.position))
    )
    found = [row._asdict() for row in await run(session, query)]
    return [(_where(each), ActionItem(**each)) for each in found]


async def risks_of(
    session: AsyncSession, workspace_id: str, accepter: str
) -> list[tuple[Where, AcceptedRisk]]:
    """The risks that somebody accepted and that stand."""
    query = (
        columns(AcceptedRiskRow, AcceptedRisk, "postmortem_id")
        .add_columns(*_WHERE)
        .join(PostmortemRow, col(PostmortemRow.id) == col(AcceptedRiskRow.postmortem_id))
        .where(
            col(AcceptedRiskRow.workspace_id) == workspace_id,
            col(AcceptedRiskRow.accepter) == accepter,
            col(AcceptedRiskRow.ended_on).is_(None),
        )
        .order_by(col(PostmortemRow.id), col(AcceptedRiskRow.id))
    )
    found = [row._asdict() for row in await run(session, query)]
    return [(_where(each), AcceptedRisk(**each)) for each in found]


def _where(row: dict[str, object]) -> Where:
    """Take out of a row what tells where it stands."""
    names = ("postmortem_id", "number", "channel", "is_private")
    return Where(**{name: row.pop(name) for name in names})  # type: ignore[arg-type] # as the columns are


async def close(
    session: AsyncSession, workspace_id: str, kind: str, subjects: Collection[str], now: datetime
) -> None:
    """Let these messages be over, where Slack has them: whatever is owed so again is a new one."""
    subject = col(DeliveryRow.subject)
    statement = (
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == workspace_id,
            col(DeliveryRow.kind) == kind,
            subject.in_(subjects),
            col(DeliveryRow.message_ts).is_not(None),
        )
        .values(subject=subject.concat(f":{now.timestamp():.6f}"))
    )
    await run(session, statement)


async def left_behind(session: AsyncSession, workspace_id: str) -> list[str]:
    """Who has left and answers for something still, as far as is known."""
    gone = or_(col(PersonRow.is_deactivated), col(PersonRow.is_outsider))
    query = select(col(PersonRow.id)).where(
        col(PersonRow.workspace_id) == workspace_id, gone, or_(_owns(), _accepts())
    )
    return sorted((await run(session, query)).scalars())


def _owns() -> ColumnElement[bool]:
    return (
        select(col(ActionItemRow.id))
        .where(
            col(ActionItemRow.workspace_id) == col(PersonRow.workspace_id),
            col(ActionItemRow.owner) == col(PersonRow.id),
            col(ActionItemRow.state).in_(LIVE),
        )
        .exists()
    )


def _accepts() -> ColumnElement[bool]:
    return (
        select(col(AcceptedRiskRow.id))
        .where(
            col(AcceptedRiskRow.workspace_id) == col(PersonRow.workspace_id),
            col(AcceptedRiskRow.accepter) == col(PersonRow.id),
            col(AcceptedRiskRow.ended_on).is_(None),
        )
        .exists()
    )
