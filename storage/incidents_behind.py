"""The incidents behind a number: a page of those of public channels, and how many there are."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.behind import OF_OLD, PAGE, Asked, Behind, IncidentBehind, Which
from domain.measures import SIX_MONTHS
from domain.postmortems import Severity
from storage.because import because
from storage.meta_reviews import IS_INCIDENT
from storage.repeats import HAS_CLASS, not_recurred, not_repeats
from storage.scopes import within
from storage.statements import run
from storage.tables import CausalClassRow, PostmortemRow, TaggingRow

_ROW = PostmortemRow
_WHAT: dict[Which, ColumnElement[bool]] = {
    Which.TAGGED: HAS_CLASS,
    Which.REPEATS: HAS_CLASS,
    Which.OLD: HAS_CLASS,
    Which.RECURRED: HAS_CLASS,
    Which.UNTAGGED: ~HAS_CLASS,
    Which.OLD_UNTAGGED: ~HAS_CLASS,
    Which.DETECTED: col(_ROW.detected_at).is_not(None),
    Which.NOT_DETECTED: col(_ROW.detected_at).is_(None),
    Which.RECOVERED: col(_ROW.recovered_at).is_not(None),
    Which.NOT_RECOVERED: col(_ROW.recovered_at).is_(None),
    Which.P1: col(_ROW.severity) == Severity.P1,
    Which.P2: col(_ROW.severity) == Severity.P2,
    Which.P3: col(_ROW.severity) == Severity.P3,
}
_OF_INCIDENT = (
    *("id", "number", "title", "service", "severity"),
    *("started_at", "detected_at", "recovered_at"),
)


async def incidents_behind(
    session: AsyncSession, workspace_id: str, asked: Asked, *, most: int = PAGE, after: int = 0
) -> Behind:
    """A page of the incidents behind a number, the newest first.

    They are those that `storage.measures` counts: of the window, or where it is about recurrence
    all that were six months old when it ends.
    """
    chosen = await _chosen(session, workspace_id, asked)
    is_private = col(_ROW.is_private)
    number = select(func.count(), func.count().filter(is_private.is_(True))).where(*chosen)
    page = (
        select(*(getattr(_ROW, name) for name in _OF_INCIDENT))
        .where(*chosen, is_private.is_(False))
        .order_by(col(_ROW.started_at).desc(), col(_ROW.id).desc())
        .limit(most)
        .offset(after)
    )
    both, private = (await run(session, number)).one()
    rows = [row._asdict() for row in await run(session, page)]
    names = await _class_names(session, [row["id"] for row in rows])
    reasons = await because(session, workspace_id, asked, rows)
    shown = tuple(
        IncidentBehind(
            **row, classes=tuple(names.get(row["id"], ())), because=reasons.get(row["id"], 0)
        )
        for row in rows
    )
    return Behind(public=both - private, private=private, incidents=shown)


async def _chosen(
    session: AsyncSession, workspace_id: str, asked: Asked
) -> list[ColumnElement[bool]]:
    """What holds of the incidents that were counted."""
    found = [col(_ROW.workspace_id) == workspace_id, _when(asked), IS_INCIDENT]
    found += within(workspace_id, asked.scope)
    if asked.which in _WHAT:
        found.append(_WHAT[asked.which])
    others = None
    if asked.which is Which.REPEATS:
        others = not_repeats(workspace_id, asked.window.since, asked.scope)
    elif asked.which is Which.RECURRED:
        others = not_recurred(workspace_id, asked.window.until, asked.scope)
    if others is not None:
        # A few for each class: they are told once, for the numbers and for the page.
        found.append(col(_ROW.id).not_in((await run(session, others)).scalars().all()))
    return found


def _when(asked: Asked) -> ColumnElement[bool]:
    began = col(_ROW.started_at)
    if asked.which in OF_OLD:
        return began <= asked.window.until - SIX_MONTHS
    return and_(began >= asked.window.since, began < asked.window.until)


async def _class_names(session: AsyncSession, ids: Sequence[int]) -> dict[int, list[str]]:
    """What the classes of these incidents are called, in the order they were made."""
    query = (
        select(col(TaggingRow.postmortem_id), col(CausalClassRow.name))
        .join(CausalClassRow, col(CausalClassRow.id) == col(TaggingRow.class_id))
        .where(col(TaggingRow.postmortem_id).in_(ids))
        .order_by(col(CausalClassRow.id))
    )
    found: dict[int, list[str]] = {}
    for which, name in await run(session, query):
        found.setdefault(which, []).append(name)
    return found
