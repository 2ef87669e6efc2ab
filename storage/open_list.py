"""The open items as rows of a table."""

from datetime import UTC, date, tzinfo
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import Progress
from domain.open_rows import OpenRow
from domain.windows import EVERYTHING, Scope
from storage.action_items import OUTLIVED
from storage.became import IS_OPEN
from storage.scopes import Rows, items_within
from storage.statements import run
from storage.tables import ActionItemRow, PostmortemRow

_ITEM = ActionItemRow
_ORDER = (OUTLIVED.desc(), col(_ITEM.due_on), col(_ITEM.id))
_OF_ITEM = (
    *("id", "position", "what", "owner", "priority", "due_on", "reschedules", "progress"),
    "created_at",
)
_OF_POSTMORTEM = ("number", "service", "is_private")


async def open_list(
    session: AsyncSession,
    workspace_id: str,
    today: date,
    scope: Scope = EVERYTHING,
    most: int = 100,
    *,
    zone: tzinfo = UTC,
) -> tuple[list[OpenRow], int]:
    """The first so many open items and how many there are; expired first, then by their day.

    Of private channels no words are given. Ages are in days of `zone`; of UTC where none is named.
    """
    mine = (col(_ITEM.workspace_id) == workspace_id, IS_OPEN)
    first = select(col(_ITEM.id)).where(*mine)
    first = items_within(first, workspace_id, scope).order_by(*_ORDER).limit(most)
    query = _listed().where(col(_ITEM.id).in_(first)).order_by(*_ORDER)
    total = items_within(select(func.count()).select_from(_ITEM).where(*mine), workspace_id, scope)
    rows = (await run(session, query)).all()
    number = len(rows) if len(rows) < most else (await run(session, total)).scalar_one()
    return [_row(each, today, zone) for each in rows], int(number)


def _listed() -> Rows:
    return select(
        *(getattr(_ITEM, name) for name in _OF_ITEM),
        *(getattr(PostmortemRow, name) for name in _OF_POSTMORTEM),
        OUTLIVED.label("has_expired"),
    ).join(PostmortemRow, col(PostmortemRow.id) == col(_ITEM.postmortem_id))


def _row(row: Any, today: date, zone: tzinfo) -> OpenRow:
    overdue = max(0, (today - row.due_on).days)
    return OpenRow(
        id=row.id,
        key=f"PM-{row.number}/{row.position}",
        what="" if row.is_private else row.what,
        service="" if row.is_private else row.service,
        owner=row.owner,
        priority=row.priority,
        due_on=row.due_on,
        overdue=overdue,
        reschedules=row.reschedules,
        age=(today - row.created_at.astimezone(zone).date()).days,
        stands=_stands(row, overdue),
        is_private=row.is_private,
    )


def _stands(row: Any, overdue: int) -> str:
    said = [
        *(["expired"] if row.has_expired else ["overdue"] if overdue else []),
        *([] if row.progress is Progress.NOT_STARTED else [str(row.progress)]),
    ]
    return ", ".join(said) or str(Progress.NOT_STARTED)
