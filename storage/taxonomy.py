"""What is done to the taxonomy of a workspace: each change with a line of history (rule 24).

Whoever changes it locks the workspace first, so that what was checked holds.
"""

from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, update
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.causal_classes import CausalClass
from domain.taxonomy import Change, ClassChange
from storage.statements import columns, run
from storage.tables import (
    CausalClassRow,
    ClassHistoryRow,
    ProposedFixRow,
    TaggingRow,
)

#: What says of which class something is, by the column beside the class that makes a row one.
_OF_A_CLASS: tuple[type[SQLModel], ...] = (TaggingRow, ProposedFixRow)


async def hold(session: AsyncSession, workspace_id: str) -> None:
    """Let nobody tag an incident, or change a class, until the transaction ends.

    Whoever tags one has it locked before it waits for the classes, and postmortems are locked
    before: so nobody locks one after this.
    """
    which = col(CausalClassRow.id)
    mine = col(CausalClassRow.workspace_id) == workspace_id
    await run(session, select(which).where(mine).order_by(which).with_for_update())


async def add(
    session: AsyncSession, workspace_id: str, name: str, *, by: str, now: datetime
) -> int:
    """Add a class of this name, and return its id."""
    statement = (
        insert(CausalClassRow)
        .values(workspace_id=workspace_id, name=name, is_retired=False)
        .returning(col(CausalClassRow.id))
    )
    which = int((await run(session, statement)).scalar_one())
    change = ClassChange(class_id=which, actor=by, at=now, event=Change.ADDED, new=name)
    await _append(session, workspace_id, change)
    return which


async def rename(
    session: AsyncSession,
    workspace_id: str,
    which: CausalClass,
    name: str,
    *,
    by: str,
    now: datetime,
) -> None:
    """Call a class by another name, wherever it is said."""
    await _change(session, which, name=name)
    change = ClassChange(
        class_id=which.id, actor=by, at=now, event=Change.RENAMED, old=which.name, new=name
    )
    await _append(session, workspace_id, change)


async def merge(
    session: AsyncSession,
    workspace_id: str,
    which: CausalClass,
    into: CausalClass,
    *,
    by: str,
    now: datetime,
) -> int:
    """Let all that had a class have another one, and retire it; the number of its incidents.

    What has both keeps the other one as it is. Both must be held.
    """
    number = (await counts(session, workspace_id)).get(which.id, 0)
    for row in _OF_A_CLASS:
        await _move(session, row, workspace_id, which.id, into.id)
    went = or_(col(CausalClassRow.id) == which.id, col(CausalClassRow.merged_into) == which.id)
    retired = {"is_retired": True, "merged_into": into.id}
    await run(session, update(CausalClassRow).where(went).values(**retired))
    change = ClassChange(
        class_id=which.id,
        actor=by,
        at=now,
        event=Change.MERGED,
        old=which.name,
        new=into.name,
        incidents=number,
    )
    await _append(session, workspace_id, change)
    return number


async def _move(
    session: AsyncSession, row: type[SQLModel], workspace_id: str, which: int, into: int
) -> None:
    """Let rows of one class be of another, and drop those that there would be twice."""
    table = SQLModel.metadata.tables[str(row.__tablename__)]
    mine, of_class = table.c.workspace_id == workspace_id, table.c.class_id
    has_it = select(table.c.postmortem_id).where(mine, of_class == into)
    old = (mine, of_class == which)
    await run(session, delete(table).where(*old, table.c.postmortem_id.in_(has_it)))
    await run(session, update(table).where(*old).values(class_id=into))


async def retire(
    session: AsyncSession, workspace_id: str, which: CausalClass, *, by: str, now: datetime
) -> None:
    """Offer a class no more; incidents that have it keep it."""
    await _change(session, which, is_retired=True)
    change = ClassChange(class_id=which.id, actor=by, at=now, event=Change.RETIRED, old=which.name)
    await _append(session, workspace_id, change)


async def restore(
    session: AsyncSession, workspace_id: str, which: CausalClass, *, by: str, now: datetime
) -> None:
    """Offer a class again. What was moved out of it by a merge stays where it is."""
    await _change(session, which, is_retired=False, merged_into=None)
    change = ClassChange(class_id=which.id, actor=by, at=now, event=Change.RESTORED, new=which.name)
    await _append(session, workspace_id, change)


async def counts(session: AsyncSession, workspace_id: str) -> dict[int, int]:
    """How many incidents each class has; nothing is said of one that has none."""
    of_class = col(TaggingRow.class_id)
    query = (
        select(of_class, func.count())
        .where(col(TaggingRow.workspace_id) == workspace_id)
        .group_by(of_class)
    )
    return {row[0]: row[1] for row in await run(session, query)}


async def history(session: AsyncSession, workspace_id: str, most: int) -> list[ClassChange]:
    """The last changes of the taxonomy, the newest first."""
    query = (
        columns(ClassHistoryRow, ClassChange)
        .where(col(ClassHistoryRow.workspace_id) == workspace_id)
        .order_by(col(ClassHistoryRow.id).desc())
        .limit(most)
    )
    return [ClassChange(**row._asdict()) for row in await run(session, query)]


async def _change(session: AsyncSession, which: CausalClass, **values: object) -> None:
    mine = col(CausalClassRow.id) == which.id
    await run(session, update(CausalClassRow).where(mine).values(**values))


async def _append(session: AsyncSession, workspace_id: str, change: ClassChange) -> None:
    said = {name: getattr(change, name) for name in ClassChange.__dataclass_fields__}
    await run(session, insert(ClassHistoryRow).values(workspace_id=workspace_id, **said))
