"""What became of action items, counted by the database as `domain.counting` counts (rule 23).

The items of a meta-review count like all others, and so do those of private channels.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Subquery, func, literal, select, union_all
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.measures import Completion, OpenItems
from domain.windows import EVERYTHING, Dimension, Scope, Window
from storage.became import BECAME, IS_OPEN, MOVES, age, decided, was_due
from storage.open_list import open_list
from storage.scopes import SERVICE, Rows, items_within, within
from storage.statements import run
from storage.tables import (
    ActionItemRow,
    ItemHistoryRow,
    PostmortemRow,
    ServiceRow,
    TaggingRow,
)

__all__ = ["completion", "completion_by", "decisions", "open_items", "open_list"]

_ITEM = ActionItemRow
_OF_IT = col(PostmortemRow.id) == col(_ITEM.postmortem_id)


async def completion(
    session: AsyncSession,
    workspace_id: str,
    windows: Sequence[Window],
    scope: Scope = EVERYTHING,
) -> list[Completion]:
    """What became of the items whose original due date lies in each of these windows."""
    if not windows:
        return []
    counts = [
        items_within(
            select(literal(place).label("place"), BECAME.label("way"), func.count().label("n"))
            .select_from(_ITEM)
            .where(col(_ITEM.workspace_id) == workspace_id, was_due(window)),
            workspace_id,
            scope,
        ).group_by("way")
        for place, window in enumerate(windows)
    ]
    ways: list[dict[str, int]] = [{} for _ in windows]
    for place, way, number in await run(session, union_all(*counts)):
        ways[place][way] = number
    return [_completion(each) for each in ways]


def _completion(ways: dict[str, int]) -> Completion:
    return Completion(due=sum(ways.values()), **ways)


async def completion_by(
    session: AsyncSession, workspace_id: str, window: Window, scope: Scope, by: Dimension
) -> dict[str, Completion]:
    """The same told apart, by `Part.key`; an item counts in each class that its incident has.

    Services are told apart in lower case.
    """
    teams = _teams(workspace_id)
    keys: Mapping[Dimension, Any] = {**_KEYS, Dimension.CHANNEL: teams.c.channel}
    query: Rows = select(keys[by].label("key"), BECAME.label("way"), func.count())
    query = query.select_from(_ITEM).join(PostmortemRow, _OF_IT)
    if by is Dimension.CLASS:
        query = _each_class(query, scope)
    if by is Dimension.CHANNEL:
        query = query.outerjoin(teams, teams.c.name == SERVICE)
    query = query.where(
        col(_ITEM.workspace_id) == workspace_id, was_due(window), *within(workspace_id, scope)
    )
    found: dict[str, dict[str, int]] = {}
    for which, way, number in await run(session, query.group_by("key", "way")):
        ways = found.setdefault("" if which is None else str(which), {})
        ways[way] = ways.get(way, 0) + number  # a service without a channel may be known or not
    return {key: _completion(ways) for key, ways in found.items()}


_KEYS: Mapping[Dimension, Any] = {
    Dimension.SERVICE: SERVICE,
    Dimension.CLASS: col(TaggingRow.class_id),
    Dimension.TIER: col(PostmortemRow.tier),
}


def _teams(workspace_id: str) -> Subquery:
    """The team's channel of each service, by its name in lower case."""
    name = func.lower(col(ServiceRow.name)).label("name")
    mine = col(ServiceRow.workspace_id) == workspace_id
    query = select(name, func.max(col(ServiceRow.channel)).label("channel")).where(mine)
    return query.group_by(name).subquery()


def _each_class(query: Rows, scope: Scope) -> Rows:
    """Each item once for each of the classes that are measured."""
    of_it = col(TaggingRow.postmortem_id) == col(_ITEM.postmortem_id)
    query = query.outerjoin(TaggingRow, of_it)
    if scope.class_id is None:
        return query
    return query.where(col(TaggingRow.class_id) == scope.class_id)


async def open_items(
    session: AsyncSession,
    workspace_id: str,
    today: date,
    zone: ZoneInfo,
    scope: Scope = EVERYTHING,
) -> OpenItems:
    """The open items by age, in days of this zone, and by how often each was moved."""
    query = select(age(today, zone).label("age"), MOVES.label("moves"), func.count())
    query = query.select_from(_ITEM).where(col(_ITEM.workspace_id) == workspace_id, IS_OPEN)
    query = items_within(query, workspace_id, scope).group_by("age", "moves")
    return OpenItems(counts={(at, moves): n for at, moves, n in await run(session, query)})


async def decisions(
    session: AsyncSession, workspace_id: str, window: Window, scope: Scope = EVERYTHING
) -> dict[str, int]:
    """How often each was decided in the window, by the values of `Decision`."""
    event = col(ItemHistoryRow.event)
    query = select(event, func.count()).where(*decided(workspace_id, window))
    if scope != EVERYTHING:
        query = query.join(_ITEM, col(_ITEM.id) == col(ItemHistoryRow.item_id))
    query = items_within(query, workspace_id, scope).group_by(event)
    return {row[0]: row[1] for row in await run(session, query)}
