"""How often each class of failure came up, and the incidents behind it.

Those of private channels count, and are not named.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.meta_reviews import Behind, Incidents, Trend
from storage.meta_reviews import IS_INCIDENT
from storage.statements import columns, run
from storage.tables import (
    ActionItemRow,
    CausalClassRow,
    PostmortemRow,
    TaggingRow,
)


async def trends(
    session: AsyncSession, workspace_id: str, edges: Sequence[datetime]
) -> list[Trend]:
    """How many incidents of each class began between each two of these instants in a row.

    Private ones count. What is open of a class are the items of all incidents that have it.
    """
    counts = [
        func.count(case((_between(start, end), col(PostmortemRow.id)))).label(f"n{at}")
        for at, (start, end) in enumerate(pairwise(edges))
    ]
    query = (
        select(col(CausalClassRow.id), col(CausalClassRow.name), _open_items(), *counts)
        .join(TaggingRow, col(TaggingRow.class_id) == col(CausalClassRow.id))
        .join(PostmortemRow, col(PostmortemRow.id) == col(TaggingRow.postmortem_id))
        .where(
            col(TaggingRow.workspace_id) == workspace_id,
            _between(edges[0], edges[-1]),
            IS_INCIDENT,
        )
        .group_by(col(CausalClassRow.id), col(CausalClassRow.name))
        .order_by(col(CausalClassRow.id))
    )
    return [
        Trend(class_id=row[0], name=row[1], open_items=row[2], counts=tuple(row[3:]))
        for row in await run(session, query)
    ]


def _open_items() -> Any:
    tagged = aliased(TaggingRow)
    return (
        select(func.count())
        .select_from(tagged)
        .join(
            ActionItemRow,
            and_(
                col(ActionItemRow.postmortem_id) == col(tagged.postmortem_id),
                col(ActionItemRow.state) == ItemState.OPEN,
            ),
        )
        .where(
            col(tagged.workspace_id) == col(CausalClassRow.workspace_id),
            col(tagged.class_id) == col(CausalClassRow.id),
        )
        .correlate(CausalClassRow)
        .scalar_subquery()
        .label("open_items")
    )


async def incidents(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime
) -> Incidents:
    """How many incidents began between these instants, with a class and without (rule 22)."""
    has_class = exists().where(col(TaggingRow.postmortem_id) == col(PostmortemRow.id))
    query = select(
        func.count().filter(has_class).label("tagged"),
        func.count().filter(~has_class).label("untagged"),
    ).where(col(PostmortemRow.workspace_id) == workspace_id, _between(since, until), IS_INCIDENT)
    return Incidents(**(await run(session, query)).one()._asdict())


async def behind(
    session: AsyncSession,
    workspace_id: str,
    class_id: int,
    between: tuple[datetime, datetime],
    *,
    most: int,
    after: int = 0,
) -> tuple[list[Behind], int, int]:
    """The incidents of a class between two instants, the newest first: a page of the public ones.

    Beside it how many public ones there are, and how many private.
    """
    mine = (
        col(TaggingRow.workspace_id) == workspace_id,
        col(TaggingRow.class_id) == class_id,
        _between(*between),
        IS_INCIDENT,
    )
    of_it = col(TaggingRow.postmortem_id) == col(PostmortemRow.id)
    is_private = col(PostmortemRow.is_private)
    query = (
        columns(PostmortemRow, Behind)
        .join(TaggingRow, of_it)
        .where(*mine, is_private.is_(False))
        .order_by(col(PostmortemRow.started_at).desc(), col(PostmortemRow.id).desc())
        .limit(most)
        .offset(after)
    )
    number = (
        select(
            func.count().filter(is_private.is_(False)), func.count().filter(is_private.is_(True))
        )
        .select_from(PostmortemRow)
        .join(TaggingRow, of_it)
        .where(*mine)
    )
    shown = [Behind(**row._asdict()) for row in await run(session, query)]
    public, private = (await run(session, number)).one()
    return shown, public, private


def _between(start: datetime, end: datetime) -> ColumnElement[bool]:
    began = col(PostmortemRow.started_at)
    return and_(began >= start, began < end)
