"""Action items: three places per postmortem, each with one owner."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, insert, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem
from domain.postmortems import Postmortem
from storage import postmortems
from storage.statements import columns, of_postmortem, run
from storage.tables import ActionItemRow, ContributingFactorRow, WorkspaceRow

#: As many monthly reviews have seen it open as may (rule 15); whether it is open is not asked.
OUTLIVED = col(ActionItemRow.reviews_seen) >= col(ActionItemRow.reviews_to_live)
_ITEMS = of_postmortem(ActionItemRow, ActionItem).order_by(col(ActionItemRow.position))


async def items(session: AsyncSession, postmortem_id: int) -> list[ActionItem]:
    """Return the postmortem's items by place, 1 to 3."""
    found = await run(session, _ITEMS, {"postmortem": postmortem_id})
    return [ActionItem(**row._asdict()) for row in found]


async def item(
    session: AsyncSession, workspace_id: str, item_id: int
) -> tuple[Postmortem, ActionItem] | None:
    """One item of the workspace with the postmortem it stands in."""
    query = columns(ActionItemRow, ActionItem, "postmortem_id").where(
        col(ActionItemRow.id) == item_id, col(ActionItemRow.workspace_id) == workspace_id
    )
    row = (await run(session, query)).one_or_none()
    if row is None:
        return None
    kept = row._asdict()
    postmortem = await postmortems.find(session, workspace_id, kept.pop("postmortem_id"))
    return None if postmortem is None else (postmortem, ActionItem(**kept))


async def submitted(session: AsyncSession, postmortem_id: int, submission: str) -> bool:
    """Whether this very submission has added an item: a second click must not add another."""
    query = select(
        exists()
        .where(col(ActionItemRow.postmortem_id) == postmortem_id)
        .where(col(ActionItemRow.submission) == submission)
    )
    return bool((await run(session, query)).scalar_one())


async def add(
    session: AsyncSession,
    workspace_id: str,
    postmortem_id: int,
    item: ActionItem,
    *,
    by: str,
    now: datetime,
    submission: str,
) -> ActionItem:
    """Keep a new item in the place it names, and return it with its id.

    The postmortem must be locked and the place free. A factor that is gone meanwhile, or another
    postmortem's, is left out of the item. The day it is due first is kept for good (rule 23). It
    lives through as many reviews as the workspace says (rule 15).
    """
    item = replace(item, original_due_on=item.original_due_on or item.due_on)
    statement = insert(ActionItemRow).values(
        workspace_id=workspace_id,
        postmortem_id=postmortem_id,
        position=item.position,
        created_by=by,
        created_at=now,
        submission=submission or None,
        reviews_to_live=_lives_of(workspace_id),
        **_columns(item, postmortem_id),
    )
    kept = statement.returning(
        *(getattr(ActionItemRow, name) for name in ("id", "factor_id", "reviews_to_live"))
    )
    return replace(item, **(await run(session, kept)).one()._asdict())


async def change(session: AsyncSession, item: ActionItem) -> None:
    """Keep what a stored item says now; its place stays, and how many reviews it lives through."""
    mine = col(ActionItemRow.id) == item.id
    whose = select(col(ActionItemRow.postmortem_id)).where(mine).scalar_subquery()
    await run(session, update(ActionItemRow).where(mine).values(**_columns(item, whose)))


async def hear(session: AsyncSession, item_id: int, at: datetime | None) -> None:
    """Keep when its owner hears of an item next; None where they never do."""
    mine = col(ActionItemRow.id) == item_id
    await run(session, update(ActionItemRow).where(mine).values(hear_at=at))


async def is_to_be_heard_of(session: AsyncSession, item_id: int, now: datetime) -> bool:
    """Whether its owner is to hear of an item by now, and the clock has not seen to it yet."""
    query = select(
        exists().where(col(ActionItemRow.id) == item_id, col(ActionItemRow.hear_at) <= now)
    )
    return bool((await run(session, query)).scalar_one())


async def wait_for_answer(session: AsyncSession, item_id: int, until: datetime | None) -> None:
    """Keep until when somebody may answer whether they take an item on; None ends the wait."""
    mine = col(ActionItemRow.id) == item_id
    await run(session, update(ActionItemRow).where(mine).values(returns_at=until))


async def answers(session: AsyncSession, postmortem_id: int) -> dict[int, list[int]]:
    """Which places answer which contributing factor, by factor id."""
    query = (
        select(col(ActionItemRow.factor_id), col(ActionItemRow.position))
        .where(col(ActionItemRow.postmortem_id) == postmortem_id)
        .where(col(ActionItemRow.factor_id).is_not(None))
        .order_by(col(ActionItemRow.position))
    )
    places: dict[int, list[int]] = {}
    for factor_id, position in await run(session, query):
        places.setdefault(factor_id, []).append(position)
    return places


def _lives_of(workspace_id: str) -> Any:
    mine = col(WorkspaceRow.id) == workspace_id
    return select(col(WorkspaceRow.reviews_to_live)).where(mine).scalar_subquery()


def _columns(item: ActionItem, postmortem_id: Any) -> dict[str, Any]:
    said = asdict(item)
    for name in ("id", "position", "reviews_to_live"):
        del said[name]
    factor = select(col(ContributingFactorRow.id)).where(
        col(ContributingFactorRow.id) == item.factor_id,
        col(ContributingFactorRow.postmortem_id) == postmortem_id,
    )
    return said | {"factor_id": factor.scalar_subquery()}
