"""What somebody has to look at, and what was done of late to what they had to look at."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, Text, cast, or_, select, union
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, HistoryEntry, ItemState
from domain.digests import Kept, KeptItem, KeptRisk, Place
from domain.news import INEFFECTIVE
from domain.record import Event, RecordEntry
from storage.departures import LIVE
from storage.statements import columns, run
from storage.tables import (
    AcceptedRiskRow,
    ActionItemRow,
    ItemHistoryRow,
    PersonRow,
    PostmortemRow,
    RecordRow,
    WorkspaceRow,
)

_PLACE = ("number", "channel", "is_private")
_DONE = ("actor", "at", "event", "changes", "reason")
_TO_A_RISK = (Event.RISK_RENEWED, Event.RISK_ENDED)
#: More was never done in a week to what one person owns.
_ENTRIES_MOST = 500


async def kept_by(session: AsyncSession, workspace_id: str, people: Collection[str]) -> list[Kept]:
    """Everything that goes on and that one of these people answers for."""
    items = (
        _of(workspace_id, ActionItemRow, ActionItem)
        .add_columns(_why().label("why"))
        .where(col(ActionItemRow.owner).in_(people), col(ActionItemRow.state).in_(LIVE))
    )
    risks = _of(workspace_id, AcceptedRiskRow, AcceptedRisk).where(
        col(AcceptedRiskRow.accepter).in_(people), col(AcceptedRiskRow.ended_on).is_(None)
    )
    return [
        *(_item(row) for row in await run(session, items)),
        *(_risk(row) for row in await run(session, risks)),
    ]


async def asked_of(session: AsyncSession, workspace_id: str, person: str) -> list[KeptItem]:
    """The items somebody was asked to take on, and has not answered; the oldest question first."""
    query = _of(workspace_id, ActionItemRow, ActionItem).where(
        col(ActionItemRow.returns_at).is_not(None), col(ActionItemRow.proposed_owner) == person
    )
    query = query.order_by(col(ActionItemRow.returns_at), col(ActionItemRow.id))
    return [_item(row) for row in await run(session, query)]


def _why() -> ScalarSelect[Any]:
    """What was said when an item was marked ineffective, while it is."""
    query = select(col(ItemHistoryRow.reason)).where(
        col(ActionItemRow.state) == ItemState.INEFFECTIVE,
        col(ItemHistoryRow.item_id) == col(ActionItemRow.id),
        col(ItemHistoryRow.event) == INEFFECTIVE,
    )
    query = query.order_by(col(ItemHistoryRow.id).desc()).limit(1).correlate(ActionItemRow)
    return query.scalar_subquery()


def _of(workspace_id: str, row: Any, made: type) -> Select[*tuple[Any, ...]]:
    return (
        columns(row, made)
        .add_columns(*(getattr(PostmortemRow, name) for name in _PLACE))
        .join(PostmortemRow, col(PostmortemRow.id) == row.postmortem_id)
        .where(row.workspace_id == workspace_id)
    )


def _item(row: Row[Any]) -> KeptItem:
    place, said = _split(row)
    why = said.pop("why", None) or ""
    return KeptItem(item=ActionItem(**said), place=place, why=why)


def _risk(row: Row[Any]) -> KeptRisk:
    place, said = _split(row)
    return KeptRisk(risk=AcceptedRisk(**said), place=place)


def _split(row: Row[Any]) -> tuple[Place, dict[str, Any]]:
    return _placed(row._asdict())


def _placed(said: dict[str, Any]) -> tuple[Place, dict[str, Any]]:
    return Place(**{name: said.pop(name) for name in _PLACE}), said


async def done_to(
    session: AsyncSession,
    workspace_id: str,
    people: Collection[str],
    since: datetime,
    *,
    naming: str,
) -> list[tuple[KeptItem, list[HistoryEntry]]]:
    """What was done since then to items of these people, or with this word in what it changed.

    Each item as it stands now, with its entries, the oldest first. Whoever owned an item before is
    named in what changed.
    """
    entries: dict[int, list[HistoryEntry]] = {}
    for row in await run(session, _entries(workspace_id, people, since, naming)):
        said = row._asdict()
        said["changes"] = {name: (old, new) for name, (old, new) in said["changes"].items()}
        entries.setdefault(said["item_id"], []).append(HistoryEntry(**said))
    query = _of(workspace_id, ActionItemRow, ActionItem).where(col(ActionItemRow.id).in_(entries))
    rows = (await run(session, query.order_by(col(ActionItemRow.id)))).all() if entries else []
    return [(_item(row), entries[row.id]) for row in rows]


def _entries(
    workspace_id: str, people: Collection[str], since: datetime, naming: str
) -> Select[*tuple[Any, ...]]:
    names = cast(col(ItemHistoryRow.changes), Text).contains(f'"{naming}"', autoescape=True)
    return (
        columns(ItemHistoryRow, HistoryEntry)
        .join(ActionItemRow, col(ActionItemRow.id) == col(ItemHistoryRow.item_id))
        .where(
            col(ItemHistoryRow.workspace_id) == workspace_id,
            col(ItemHistoryRow.at) >= since,
            or_(col(ActionItemRow.owner).in_(people), names),
        )
        .order_by(col(ItemHistoryRow.id))
        .limit(_ENTRIES_MOST)
    )


async def looked_at(
    session: AsyncSession, workspace_id: str, people: Collection[str], since: datetime
) -> list[tuple[KeptRisk, list[RecordEntry]]]:
    """The risks of these people that were accepted again or ended since then, as they stand now.

    Each with what was done to it, the oldest first.
    """
    query = (
        _of(workspace_id, AcceptedRiskRow, AcceptedRisk)
        .add_columns(*(getattr(RecordRow, name).label(f"done_{name}") for name in _DONE))
        .join(RecordRow, col(RecordRow.postmortem_id) == col(AcceptedRiskRow.postmortem_id))
        .where(
            col(AcceptedRiskRow.accepter).in_(people),
            col(RecordRow.at) >= since,
            col(RecordRow.event).in_(_TO_A_RISK),
        )
        .order_by(col(RecordRow.id))
    )
    found: dict[int, tuple[KeptRisk, list[RecordEntry]]] = {}
    for row in await run(session, query):
        said = row._asdict()
        entry = RecordEntry(**{name: said.pop(f"done_{name}") for name in _DONE})
        place, risk = _placed(said)
        kept = KeptRisk(risk=AcceptedRisk(**risk), place=place)
        if entry.changes["risk"][1] == kept.risk.risk:  # the record names a risk by its words
            found.setdefault(kept.risk.id or 0, (kept, []))[1].append(entry)
    return list(found.values())


async def unseen(session: AsyncSession, workspace_id: str, since: datetime) -> set[str]:
    """Who answers for something that goes on, may soon, or leads, and was not met since then."""
    item, risk = ActionItemRow, AcceptedRiskRow
    mine = col(item.workspace_id) == workspace_id
    answering = union(
        select(col(item.owner)).where(mine, col(item.state).in_(LIVE)),
        select(col(item.proposed_owner)).where(mine, col(item.returns_at).is_not(None)),
        select(col(risk.accepter)).where(
            col(risk.workspace_id) == workspace_id, col(risk.ended_on).is_(None)
        ),
        select(col(WorkspaceRow.lead)).where(col(WorkspaceRow.id) == workspace_id),
    )
    met = select(col(PersonRow.id)).where(
        col(PersonRow.workspace_id) == workspace_id, col(PersonRow.seen_at) > since
    )
    everybody = set((await run(session, answering)).scalars())
    return everybody - set((await run(session, met)).scalars()) - {""}
