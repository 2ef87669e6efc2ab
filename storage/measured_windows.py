"""The incidents of several windows in one query; one that lies in two is read for each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, Select, and_, literal, select, union_all
from sqlmodel import col

from domain.windows import Scope, Window
from storage.meta_reviews import IS_INCIDENT
from storage.scopes import within
from storage.tables import PostmortemRow
from storage.tables.columns import Instant

_BEGAN = col(PostmortemRow.started_at)


def windowed(windows: Sequence[Window]) -> CTE:
    """A table of these windows, each with its `place` among them."""
    rows = [
        select(
            literal(place).label("place"),
            literal(window.since, Instant()).label("since"),
            literal(window.until, Instant()).label("until"),
        )
        for place, window in enumerate(windows)
    ]
    return union_all(*rows).cte("windowed")


def of_each(workspace_id: str, windows: Sequence[Window], scope: Scope) -> Select[Any]:
    """Select the place of its window for each incident in one; columns are to be added.

    Windows without an incident are not in the answer.
    """
    each = windowed(windows)
    return (
        select(each.c.place)
        .select_from(each)
        .join(
            PostmortemRow,
            and_(
                col(PostmortemRow.workspace_id) == workspace_id,
                each.c.since <= _BEGAN,
                each.c.until > _BEGAN,
            ),
        )
        .where(IS_INCIDENT, *within(workspace_id, scope))
    )
