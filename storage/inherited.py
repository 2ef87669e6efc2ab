"""Inherited lines: what old documents promised, each until a monthly review decides it."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.inherited import InheritedLine, sameness
from storage.statements import of_postmortem, run
from storage.tables import InheritedLineRow

_LINES = of_postmortem(InheritedLineRow, InheritedLine).order_by(col(InheritedLineRow.position))


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
