"""How long incidents took to be detected and to be recovered from, in seconds (rule 23)."""

from typing import Any

from sqlalchemy import CTE, Select, and_, case, func, literal, select, union_all
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.measures import Durations, Times
from storage.instants import second_of
from storage.statements import run
from storage.tables import PostmortemRow


async def times_of(session: AsyncSession, chosen: Select[Any]) -> dict[Any, Times]:
    """Both times of incidents, by what was selected of each: its window, its service or another."""
    ends = {"detect": PostmortemRow.detected_at, "recover": PostmortemRow.recovered_at}
    seconds = chosen.add_columns(
        second_of(col(PostmortemRow.started_at)).label("began"),
        *(second_of(col(end)).label(kind) for kind, end in ends.items()),
    ).cte()
    found: dict[Any, dict[str, Durations]] = {}
    for row in await run(session, union_all(*(_summed(seconds, kind) for kind in ends))):
        found.setdefault(row.key, {})[row.kind] = _durations(row)
    return {key: Times(**kinds) for key, kinds in found.items()}


def _summed(seconds: CTE, kind: str) -> Select[Any]:
    """How many incidents of a group took how long, in all and in the middle.

    They are counted by their length first, so that there is less to put in order.
    """
    lengths = _lengths(seconds, kind).subquery()
    length, number = lengths.c.length, lengths.c.number
    which = [lengths.c.key, length.is_(None)]
    running = select(
        lengths.c.key,
        length,
        number,
        func.sum(number).over(partition_by=which, order_by=length).label("upto"),
        func.sum(number).over(partition_by=which).label("all"),
    ).subquery()
    upto, all_of_them = running.c.upto, running.c.all
    is_middle = and_(2 * upto >= all_of_them, 2 * (upto - running.c.number) <= all_of_them)
    return select(
        running.c.key,
        literal(kind).label("kind"),
        func.sum(running.c.number).label("incidents"),
        func.sum(case((running.c.length.is_not(None), running.c.number), else_=0)).label("known"),
        func.sum(running.c.length * running.c.number).label("total"),
        func.avg(running.c.length).filter(is_middle).label("median"),
    ).group_by(running.c.key)


def _lengths(seconds: CTE, kind: str) -> Select[Any]:
    """How many took so many seconds; nothing ends before it begins."""
    key, end, began = next(iter(seconds.c)), seconds.c[kind], seconds.c.began
    length = case((end < began, 0), else_=end - began).label("length")
    return select(key.label("key"), length, func.count().label("number")).group_by(key, length)


def _durations(row: Any) -> Durations:
    return Durations(
        known=int(row.known),
        unknown=int(row.incidents - row.known),
        total=int(row.total or 0),
        median=None if row.median is None else float(row.median),
    )
