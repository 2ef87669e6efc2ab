"""Inherited lines: what old documents promised, each until a monthly review decides it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, func, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.inherited import Inheritance, InheritedLine, LineState, Origin, sameness
from domain.postmortems import Tier
from storage.statements import of_postmortem, run
from storage.tables import AcceptedRiskRow, ActionItemRow, InheritedLineRow, PostmortemRow

_LINES = of_postmortem(InheritedLineRow, InheritedLine).order_by(col(InheritedLineRow.position))
_LINE = ("id", "text", "state", "reason", "decided_by", "decided_at", "postmortem_id")
_ORIGIN = ("number", "tier", "started_at", "channel", "is_private")


async def lines(session: AsyncSession, postmortem_id: int) -> list[InheritedLine]:
    """Return what a postmortem inherited, in the order of its document."""
    found = await run(session, _LINES, {"postmortem": postmortem_id})
    return [InheritedLine(**row._asdict()) for row in found]


async def add(
    session: AsyncSession, workspace_id: str, postmortem_id: int, lines: Sequence[InheritedLine]
) -> None:
    """Keep the lines of a document that was just imported."""
    owner = {"workspace_id": workspace_id, "postmortem_id": postmortem_id}
    rows = []
    for position, line in enumerate(lines):
        said = asdict(line)
        del said["id"]
        rows.append(said | owner | {"position": position, "sameness": sameness(line.text)})
    if rows:
        await run(session, insert(InheritedLineRow), rows)


async def inheritance(session: AsyncSession, workspace_id: str, line_id: int) -> Inheritance | None:
    """A line with all that say the same and share its fate, and the postmortems they are of.

    What was decided at an earlier review is no part of what lies undecided now, nor the other way.
    """
    row = InheritedLineRow
    query = (
        _same(workspace_id, line_id, *(getattr(row, name) for name in _LINE))
        .add_columns(
            *(getattr(PostmortemRow, name) for name in _ORIGIN),
            _number_of(ActionItemRow).label("items"),
            _number_of(AcceptedRiskRow).label("risks"),
        )
        .join(PostmortemRow, col(PostmortemRow.id) == col(row.postmortem_id))
        .order_by(col(PostmortemRow.started_at).desc(), col(PostmortemRow.id).desc())
    )
    found = (await run(session, query)).all()
    spokesman = next((each for each in found if each.id == line_id), None)
    if spokesman is None:
        return None
    return Inheritance(
        line=InheritedLine(**{name: getattr(spokesman, name) for name in _LINE[:-1]}),
        ids=tuple(sorted(each.id for each in found)),
        home=spokesman.postmortem_id,
        origins=tuple({each.postmortem_id: _origin(each) for each in found}.values()),
    )


async def lock(session: AsyncSession, workspace_id: str, line_id: int) -> Inheritance | None:
    """The same, and nobody else changes its postmortems until the transaction ends.

    In one order everywhere, so that two transactions never wait for each other: the latest first,
    as an incident does that marks earlier items ineffective. Each has changed thereby.
    """
    column = col(InheritedLineRow.postmortem_id)
    mine = col(PostmortemRow.id).in_(_same(workspace_id, line_id, column))
    query = select(col(PostmortemRow.id)).where(mine).order_by(col(PostmortemRow.id).desc())
    locked = (await run(session, query.with_for_update())).scalars().all()
    statement = update(PostmortemRow).where(col(PostmortemRow.id).in_(locked))
    await run(session, statement.values(version=PostmortemRow.version + 1))
    return await inheritance(session, workspace_id, line_id)


async def decide(
    session: AsyncSession,
    lines: Inheritance,
    state: LineState,
    reason: str,
    *,
    by: str,
    at: datetime,
) -> None:
    """Keep what was decided about all of these lines; their postmortems must be locked."""
    said = {"state": state, "reason": reason, "decided_by": by, "decided_at": at}
    mine = col(InheritedLineRow.id).in_(lines.ids)
    await run(session, update(InheritedLineRow).where(mine).values(**said))


def _same(workspace_id: str, line_id: int, *wanted: Any) -> Select[Any]:
    """Select something of the lines that say the same as this one, and share its fate."""
    row, one = InheritedLineRow, aliased(InheritedLineRow)
    return (
        select(*wanted)
        .select_from(row)
        .join(one, col(one.sameness) == col(row.sameness))
        .where(
            col(one.id) == line_id,
            col(one.workspace_id) == workspace_id,
            col(row.workspace_id) == workspace_id,
            col(row.state) == col(one.state),
            col(row.decided_at).is_not_distinct_from(col(one.decided_at)),
        )
    )


def _number_of(row: type[SQLModel]) -> ScalarSelect[int]:
    """How many of these the postmortem of a line has."""
    theirs: Any = row
    mine = col(theirs.postmortem_id) == col(InheritedLineRow.postmortem_id)
    return select(func.count()).select_from(row).where(mine).scalar_subquery()


def _origin(row: Row[*tuple[Any, ...]]) -> Origin:
    return Origin(
        postmortem_id=row.postmortem_id,
        number=row.number,
        tier=Tier(row.tier),
        started_at=row.started_at,
        channel=row.channel,
        is_private=row.is_private,
        items=row.items,
        risks=row.risks,
    )
