"""Lists that are edited as a whole while each line that stays keeps its row."""

from collections.abc import Sequence
from dataclasses import Field, asdict
from typing import Any, ClassVar, Protocol

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import run
from storage.tables import ContributingFactorRow, TimelineEntryRow

ListTable = type[TimelineEntryRow] | type[ContributingFactorRow]


class Line(Protocol):
    """A dataclass that stands in a list; `id` names the row it is kept in, None for a new one."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def id(self) -> int | None: ...  # noqa: D102 # said by the class


async def replace_lines(
    session: AsyncSession,
    table: ListTable,
    owner: dict[str, Any],
    lines: Sequence[Line],
    added: dict[str, Any],
) -> None:
    """Make a postmortem's list read as `lines`, in their order.

    `owner` names the workspace and the postmortem. A line whose id is in the list now keeps its
    row; any other gets a new one that says who `added` it; rows that no line names are deleted.
    """
    mine = col(table.postmortem_id) == owner["postmortem_id"]
    mine &= col(table.workspace_id) == owner["workspace_id"]
    free = set((await run(session, select(col(table.id)).where(mine))).scalars())
    kept, fresh = [], []
    for position, line in enumerate(lines):
        row = asdict(line) | {"position": position}
        row_id = row.pop("id")
        if row_id in free:
            free.remove(row_id)
            kept.append(row | {"row_id": row_id})
        else:
            fresh.append(row | owner | added)
    await _write(session, table, kept, fresh)
    if free:
        await run(session, delete(table).where(mine, col(table.id).in_(free)))


async def _write(
    session: AsyncSession,
    table: ListTable,
    kept: list[dict[str, Any]],
    fresh: list[dict[str, Any]],
) -> None:
    if kept:
        statement = update(table).where(col(table.id) == bindparam("row_id"))
        names = [name for name in kept[0] if name != "row_id"]
        await run(session, statement.values({name: bindparam(name) for name in names}), kept)
    if fresh:
        await run(session, insert(table), fresh)
