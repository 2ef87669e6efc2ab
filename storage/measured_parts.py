"""The measures of one window, told apart by service, class, tier or team's channel."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, literal, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.measures import Part, Repeats, Times
from domain.windows import EVERYTHING, Dimension, Scope, Window
from storage.lasting import times_of
from storage.meta_reviews import IS_INCIDENT
from storage.repeats import HAS_CLASS, firsts, is_repeat
from storage.scopes import SERVICE, within
from storage.statements import run
from storage.tables import CausalClassRow, ChannelRow, PostmortemRow, ServiceRow, TaggingRow


@dataclass(frozen=True, kw_only=True)
class _Told:
    """By what incidents are told apart: `key` is NULL where nothing is named."""

    key: Any
    name: Any
    joined: Sequence[tuple[Any, Any]] = field(default=())
    is_repeat: ColumnElement[bool]
    also: Sequence[ColumnElement[bool]] = field(default=())


async def parts(
    session: AsyncSession,
    workspace_id: str,
    window: Window,
    scope: Scope = EVERYTHING,
    by: Dimension = Dimension.SERVICE,
    most: int = 20,
) -> list[Part]:
    """The parts with most incidents in the window, and last those of which nothing is named.

    An incident counts in each of its classes; of each class only itself counts as a repeat.
    """
    told = _TOLD[by](workspace_id, window, scope)
    found = (await run(session, _counted(workspace_id, window, scope, told, most))).all()
    named = [row for row in found if row.key is not None][:most]
    shown = [*named, *(row for row in found if row.key is None)]
    times = await times_of(
        session, _those(workspace_id, window, scope, told, [row.key for row in shown])
    )
    return [
        Part(
            key="" if row.key is None else str(row.key),
            name=_name(row, by),
            repeats=repeats_of(row),
            times=times.get(row.key, Times()),
        )
        for row in shown
    ]


def repeats_of(row: Any) -> Repeats:
    """The repeats, the tagged and all the incidents of a row, if there is one."""
    if row is None:
        return Repeats()
    return Repeats(repeats=row.repeats, tagged=row.tagged, untagged=row.incidents - row.tagged)


def _name(row: Any, by: Dimension) -> str:
    if row.key is None:
        return ""
    return f"tier {row.key}" if by is Dimension.TIER else str(row.name or row.key)


def _counted(
    workspace_id: str, window: Window, scope: Scope, told: _Told, most: int
) -> Select[Any]:
    number = func.count()
    return (
        _chosen(workspace_id, window, scope, told)
        .add_columns(
            func.min(told.name).label("name"),
            func.count().filter(told.is_repeat).label("repeats"),
            func.count().filter(HAS_CLASS).label("tagged"),
            number.label("incidents"),
        )
        .group_by(told.key)
        .order_by(case((told.key.is_(None), 0), else_=1), number.desc(), told.key)
        .limit(most + 1)
    )


def _those(
    workspace_id: str, window: Window, scope: Scope, told: _Told, keys: Sequence[Any]
) -> Select[Any]:
    named = [key for key in keys if key is not None]
    which = or_(told.key.in_(named), told.key.is_(None) if None in keys else literal(value=False))
    return _chosen(workspace_id, window, scope, told).where(which)


def _chosen(workspace_id: str, window: Window, scope: Scope, told: _Told) -> Select[Any]:
    began = col(PostmortemRow.started_at)
    query = select(told.key.label("key")).select_from(PostmortemRow)
    for table, on in told.joined:
        query = query.outerjoin(table, on)
    return query.where(
        col(PostmortemRow.workspace_id) == workspace_id,
        began >= window.since,
        began < window.until,
        IS_INCIDENT,
        *within(workspace_id, scope),
        *told.also,
    )


def _by_service(workspace_id: str, window: Window, scope: Scope) -> _Told:
    again = is_repeat(workspace_id, window.since, scope)
    return _Told(key=SERVICE, name=col(PostmortemRow.service), is_repeat=again)


def _by_tier(workspace_id: str, window: Window, scope: Scope) -> _Told:
    again = is_repeat(workspace_id, window.since, scope)
    return _Told(key=col(PostmortemRow.tier), name=literal(""), is_repeat=again)


def _by_channel(workspace_id: str, window: Window, scope: Scope) -> _Told:
    teams = _teams(workspace_id)
    of_channel = and_(
        col(ChannelRow.workspace_id) == workspace_id, col(ChannelRow.id) == teams.c.channel
    )
    is_told = and_(col(ChannelRow.is_private).is_(False), col(ChannelRow.name) != "")
    return _Told(
        key=teams.c.channel,
        name=case((is_told, literal("#") + col(ChannelRow.name))),
        joined=[(teams, teams.c.service == SERVICE), (ChannelRow, of_channel)],
        is_repeat=is_repeat(workspace_id, window.since, scope),
    )


def _teams(workspace_id: str) -> FromClause:
    """The channel of the team that answers for a service, if one does."""
    service = func.lower(col(ServiceRow.name))
    return (
        select(service.label("service"), func.max(col(ServiceRow.channel)).label("channel"))
        .where(col(ServiceRow.workspace_id) == workspace_id, col(ServiceRow.channel) != "")
        .group_by(service)
        .subquery("teams")
    )


def _by_class(workspace_id: str, window: Window, scope: Scope) -> _Told:
    first = firsts(workspace_id, window.since, scope).cte().prefix_with("MATERIALIZED")
    which = col(TaggingRow.class_id)
    is_first = select(first.c.id).where(
        first.c.class_id == which, first.c.id == col(PostmortemRow.id)
    )
    return _Told(
        key=which,
        name=col(CausalClassRow.name),
        joined=[
            (TaggingRow, col(TaggingRow.postmortem_id) == col(PostmortemRow.id)),
            (CausalClassRow, col(CausalClassRow.id) == which),
        ],
        is_repeat=and_(which.is_not(None), ~is_first.correlate(TaggingRow, PostmortemRow).exists()),
        also=[] if scope.class_id is None else [which == scope.class_id],
    )


_TOLD = {
    Dimension.SERVICE: _by_service,
    Dimension.CLASS: _by_class,
    Dimension.TIER: _by_tier,
    Dimension.CHANNEL: _by_channel,
}
