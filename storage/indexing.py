"""What can be found of a postmortem: all its words in one place, kept with every change."""

from typing import Any

from sqlalchemy import Select, String, and_, cast, literal, select, union_all
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import run, upsert
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
_PARTS: tuple[tuple[type[SQLModel], tuple[str, ...]], ...] = (
    (PassageRow, ("text",)),
    (ContributingFactorRow, ("text",)),
    (ActionItemRow, ("what", "done_when")),
    (AcceptedRiskRow, ("risk", "reason")),
    (InheritedLineRow, ("text",)),
    (TimelineEntryRow, ("text",)),
)


async def index(session: AsyncSession, workspace_id: str, postmortem_id: int) -> None:
    """Let the postmortem be found by what stands in it now."""
    pieces = (await run(session, _pieces(postmortem_id))).scalars()
    words = "\n".join(piece for piece in pieces if piece)[:INDEXED_MAX]
    insert = upsert(session, PostmortemTextRow).values(
        postmortem_id=postmortem_id, workspace_id=workspace_id, words=words
    )
    statement = insert.on_conflict_do_update(
        index_elements=["postmortem_id"], set_={"words": words}
    )
    await run(session, statement)


def _pieces(postmortem_id: int) -> Any:
    mine = col(PostmortemRow.id) == postmortem_id
    key = literal("PM-").concat(cast(col(PostmortemRow.number), String))
    own = ("title", "service", "impact", "root_cause", "channel_name")
    queries: list[Select[Any]] = [select(key.label("piece")).where(mine)]
    queries += [select(getattr(PostmortemRow, name)).where(mine) for name in own]
    queries += [
        select(getattr(row, name)).where(_postmortem_of(row) == postmortem_id)
        for row, names in _PARTS
        for name in names
    ]
    tagged = and_(
        col(TaggingRow.class_id) == col(CausalClassRow.id),
        col(TaggingRow.postmortem_id) == postmortem_id,
    )
    queries.append(select(col(CausalClassRow.name)).join(TaggingRow, tagged))
    return union_all(*queries)


def _postmortem_of(row: Any) -> Any:
    return col(row.postmortem_id)
