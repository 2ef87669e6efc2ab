"""What can be found of a postmortem: all its words in one place, kept with every change."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import run
from storage.tables import (
    AcceptedRiskRow,
    ActionItemRow,
    CausalClassRow,
    ContributingFactorRow,
    InheritedLineRow,
    PassageRow,
    PostmortemRow,
    PostmortemTextRow,
    TaggingRow,
    TimelineEntryRow,
)

#: PostgreSQL refuses to index more than a megabyte of words; nobody finds the 300,000th letter.
INDEXED_MAX = 300_000
#: A line that begins so, and goes on with its name, says a class; no search finds the mark itself.
CLASS_MARK = "#"
_PARTS: tuple[tuple[type[SQLModel], tuple[str, ...]], ...] = (
    (PassageRow, ("text",)),
    (ContributingFactorRow, ("text",)),
    (ActionItemRow, ("what", "done_when")),
    (AcceptedRiskRow, ("risk", "reason")),
    (InheritedLineRow, ("text",)),
    (TimelineEntryRow, ("text",)),
)
_WHICH: BindParameter[Any] = bindparam("postmortem")


async def index(session: AsyncSession, workspace_id: str, postmortem_id: int) -> None:
    """Let the postmortem be found by what stands in it now."""
    statement = _kept(session.get_bind().dialect.name)
    await run(session, statement, {"postmortem": postmortem_id, "workspace": workspace_id})


async def index_all(session: AsyncSession, workspace_id: str, postmortems: Sequence[int]) -> None:
    """The same of several."""
    values = [{"postmortem": each, "workspace": workspace_id} for each in postmortems]
    if values:
        await run(session, _kept(session.get_bind().dialect.name), values)


@cache
def _kept(dialect: str) -> postgresql.Insert | sqlite.Insert:
    """The words of `:postmortem` put together where they are, and kept where they are new."""
    is_postgresql = dialect == "postgresql"
    together = func.string_agg if is_postgresql else func.group_concat
    pieces = _pieces().subquery()
    joined = select(together(pieces.c.piece, "\n")).where(pieces.c.piece != "").scalar_subquery()
    row = select(
        cast(_WHICH, Integer),
        cast(bindparam("workspace"), String),
        func.substr(func.coalesce(joined, ""), 1, INDEXED_MAX),
    ).where(true())  # SQLite would take the ON of ON CONFLICT for a join's
    insert = (postgresql.insert if is_postgresql else sqlite.insert)(PostmortemTextRow)
    said = insert.from_select(["postmortem_id", "workspace_id", "words"], row)
    newest = said.excluded["words"]
    return said.on_conflict_do_update(
        index_elements=["postmortem_id"],
        set_={"words": newest},
        where=newest != col(PostmortemTextRow.words),
    )


def _pieces() -> Any:
    mine = col(PostmortemRow.id) == _WHICH
    key = literal("PM-").concat(cast(col(PostmortemRow.number), String))
    own = ("title", "service", "impact", "root_cause", "channel_name")
    queries: list[Select[Any]] = [select(key.label("piece")).where(mine), _classes()]
    queries += [select(getattr(PostmortemRow, name)).where(mine) for name in own]
    queries += [
        select(getattr(row, name)).where(_postmortem_of(row) == _WHICH)
        for row, names in _PARTS
        for name in names
    ]
    return union_all(*queries)


def _classes() -> Select[Any]:
    """The names of its classes, before anything so long that what follows is cut off."""
    tagged = and_(
        col(TaggingRow.class_id) == col(CausalClassRow.id),
        col(TaggingRow.postmortem_id) == _WHICH,
    )
    return select(literal(CLASS_MARK).concat(col(CausalClassRow.name))).join(TaggingRow, tagged)


def _postmortem_of(row: Any) -> Any:
    return col(row.postmortem_id)
