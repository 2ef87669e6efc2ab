"""What a monthly review under way still waits for, by whoever is to decide it (rule 20)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem
from domain.digests import KeptItem, Place, Wanting
from domain.review_alerts import Decided, owed
from domain.reviews import MUST_DECIDE
from storage.statements import columns, run
from storage.tables import ActionItemRow, DeliveryRow, PostmortemRow, ReviewEntryRow

_PLACE = ("number", "channel", "is_private")
_MUST = col(ReviewEntryRow.why).in_([each.value for each in MUST_DECIDE])


async def owing(session: AsyncSession, review_id: int) -> dict[str, int]:
    """How much each owner has to decide before the review can be closed; whoever owes most first.

    It counts who owns an item now, whoever did when the review began.
    """
    number = func.count().label("number")
    query = (
        select(col(ActionItemRow.owner), number)
        .join(ReviewEntryRow, col(ReviewEntryRow.item_id) == col(ActionItemRow.id))
        .where(*_is_owed(review_id))
        .group_by(col(ActionItemRow.owner))
        .order_by(number.desc(), col(ActionItemRow.owner))
    )
    return {row.owner: row.number for row in await run(session, query)}


def _is_owed(review_id: int) -> tuple[Any, ...]:
    row = ReviewEntryRow
    return (col(row.review_id) == review_id, _MUST, col(row.settled_at).is_(None))


async def of_owners(
    session: AsyncSession, review_id: int, owners: Collection[str], most: int
) -> list[Wanting]:
    """What these have to decide, in the order in which it is walked, at most so much."""
    query = _items(review_id).where(col(ActionItemRow.owner).in_(owners)).limit(most)
    return [_wanting(row._asdict()) for row in await run(session, query)]


async def of_all(session: AsyncSession, review_id: int, most: int) -> list[Wanting]:
    """What anybody has to decide, in that order, at most so much."""
    return [_wanting(row._asdict()) for row in await run(session, _items(review_id).limit(most))]


def _items(review_id: int) -> Select[*tuple[Any, ...]]:
    return (
        columns(ActionItemRow, ActionItem)
        .add_columns(
            *(getattr(PostmortemRow, name) for name in _PLACE),
            col(ReviewEntryRow.why).label("seen"),
        )
        .join(ReviewEntryRow, col(ReviewEntryRow.item_id) == col(ActionItemRow.id))
        .join(PostmortemRow, col(PostmortemRow.id) == col(ActionItemRow.postmortem_id))
        .where(*_is_owed(review_id))
        .order_by(col(ReviewEntryRow.position))
    )


def _wanting(said: dict[str, Any]) -> Wanting:
    place, why = Place(**{name: said.pop(name) for name in _PLACE}), said.pop("seen")
    return owed(KeptItem(item=ActionItem(**said), place=place), why)


async def decided(
    session: AsyncSession, review_id: int, owners: Collection[str], since: datetime, most: int
) -> list[Decided]:
    """What these had to decide and was decided since then, the latest at most so many, in order."""
    row = ReviewEntryRow
    query = (
        select(col(PostmortemRow.number), col(ActionItemRow.position), col(row.settled_by))
        .join(ActionItemRow, col(ActionItemRow.id) == col(row.item_id))
        .join(PostmortemRow, col(PostmortemRow.id) == col(ActionItemRow.postmortem_id))
        .where(
            col(row.review_id) == review_id,
            _MUST,
            col(row.owner).in_(owners),
            col(row.settled_at) >= since,
        )
        .order_by(col(row.settled_at).desc(), col(row.position).desc())
        .limit(most)
    )
    found = [
        Decided(key=f"PM-{each.number}/{each.position}", by=each.settled_by)
        for each in await run(session, query)
    ]
    return found[::-1]


async def told(session: AsyncSession, workspace_id: str, kind: str, review_id: int) -> list[str]:
    """Who was owed a message of this kind about the review ("7:U1")."""
    prefix, subject = f"{review_id}:", col(DeliveryRow.subject)
    query = select(subject).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.kind) == kind,
        func.substr(subject, 1, len(prefix)) == prefix,
    )
    found = (await run(session, query.order_by(subject))).scalars()
    return [each.removeprefix(prefix) for each in found]


async def owners_of(session: AsyncSession, entries: Collection[int]) -> list[str]:
    """Whose these are, as they lay on the table."""
    row = ReviewEntryRow
    query = select(col(row.owner)).where(col(row.id).in_(entries), col(row.owner) != "")
    return list((await run(session, query.distinct().order_by(col(row.owner)))).scalars())
