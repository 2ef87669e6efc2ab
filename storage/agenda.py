"""What a review looks back on: items that earlier incidents left open, and how classes add up."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.agenda import EarlierItem, Pattern
from domain.postmortems import Postmortem
from storage.meta_reviews import IS_INCIDENT
from storage.statements import run
from storage.tables import (
    ActionItemRow,
    CausalClassRow,
    ItemHistoryRow,
    MeetingRow,
    PostmortemRow,
    TaggingRow,
)

#: Open, done and not verified yet, or verified in vain.
_NOT_CLOSED = (ItemState.OPEN, ItemState.IMPLEMENTED, ItemState.INEFFECTIVE)
_SAID = (
    *("position", "what", "owner", "due_on", "state", "reviews_seen", "reviews_to_live"),
    *("progress", "note"),
)


async def earlier_items(
    session: AsyncSession,
    postmortem: Postmortem,
    class_ids: Collection[int],
    since: datetime | None = None,
) -> list[EarlierItem]:
    """Items not closed of earlier incidents of the same service, or of one of these classes.

    With `since`, when its review began, also those that were closed after that. Those of private
    channels are left out: this incident's channel may hold other people.
    """
    alike = select(col(TaggingRow.postmortem_id)).where(
        col(TaggingRow.workspace_id) == postmortem.workspace,  # as the index begins
        col(TaggingRow.class_id).in_(class_ids),
    )
    query = (
        select(
            col(PostmortemRow.number),
            col(PostmortemRow.channel),
            *(getattr(ActionItemRow, name) for name in _SAID),
            _same_service(postmortem).label("same_service"),
        )
        .join(PostmortemRow, col(PostmortemRow.id) == col(ActionItemRow.postmortem_id))
        .where(
            col(ActionItemRow.workspace_id) == postmortem.workspace,
            _stands_out(postmortem, since),
            col(PostmortemRow.id) != postmortem.id,
            col(PostmortemRow.started_at) <= postmortem.facts.started_at,
            col(PostmortemRow.is_private).is_(False),
            or_(_same_service(postmortem), col(PostmortemRow.id).in_(alike)),
        )
        .order_by(col(ActionItemRow.due_on), col(ActionItemRow.id))
    )
    return [EarlierItem(**row._asdict()) for row in await run(session, query)]


def _stands_out(postmortem: Postmortem, since: datetime | None) -> ColumnElement[bool]:
    still = col(ActionItemRow.state).in_(_NOT_CLOSED)
    if since is None:
        return still
    decided = select(col(ItemHistoryRow.item_id)).where(
        col(ItemHistoryRow.workspace_id) == postmortem.workspace, col(ItemHistoryRow.at) >= since
    )
    return or_(still, col(ActionItemRow.id).in_(decided))


def _same_service(postmortem: Postmortem) -> ColumnElement[bool]:
    return func.lower(col(PostmortemRow.service)) == func.lower(postmortem.facts.service)


async def reviews_of(session: AsyncSession, postmortem: Postmortem) -> list[int]:
    """Return whose reviews under way may have this one's items before them: its own, and others'.

    The ids of postmortems, in order.
    """
    classes = select(col(TaggingRow.class_id)).where(
        col(TaggingRow.postmortem_id) == postmortem.id,
    )
    alike = select(col(TaggingRow.postmortem_id)).where(
        col(TaggingRow.workspace_id) == postmortem.workspace,  # as the index begins
        col(TaggingRow.class_id).in_(classes),
    )
    looks_back = and_(
        literal(not postmortem.is_private),
        col(PostmortemRow.started_at) >= postmortem.facts.started_at,
        or_(_same_service(postmortem), col(PostmortemRow.id).in_(alike)),
    )
    query = (
        select(col(MeetingRow.postmortem_id))
        .join(PostmortemRow, col(PostmortemRow.id) == col(MeetingRow.postmortem_id))
        .where(
            col(MeetingRow.workspace_id) == postmortem.workspace,
            col(MeetingRow.started_at).is_not(None),
            col(MeetingRow.signed_off_at).is_(None),
            or_(col(PostmortemRow.id) == postmortem.id, looks_back),
        )
        .order_by(col(MeetingRow.postmortem_id))
    )
    return list((await run(session, query)).scalars())


async def patterns(
    session: AsyncSession, postmortem: Postmortem, since: datetime, until: datetime
) -> list[Pattern]:
    """How many incidents of each class began between these instants, and what is open of them.

    This incident counts; others of private channels do not.
    """
    still_open = and_(
        col(ActionItemRow.postmortem_id) == col(PostmortemRow.id),
        col(ActionItemRow.state) == ItemState.OPEN,
    )
    incidents = func.count(col(PostmortemRow.id).distinct()).label("incidents")
    query: Select[*tuple[Any, ...]] = (
        select(
            col(CausalClassRow.id).label("class_id"),
            col(CausalClassRow.name),
            incidents,
            func.count(col(ActionItemRow.id).distinct()).label("open_items"),
        )
        .join(TaggingRow, col(TaggingRow.class_id) == col(CausalClassRow.id))
        .join(PostmortemRow, col(PostmortemRow.id) == col(TaggingRow.postmortem_id))
        .outerjoin(ActionItemRow, still_open)
        .where(
            col(CausalClassRow.workspace_id) == postmortem.workspace,
            col(PostmortemRow.started_at).between(since, until),
            IS_INCIDENT,
            or_(
                col(PostmortemRow.is_private).is_(False),
                col(PostmortemRow.id) == postmortem.id,
            ),
        )
        .group_by(col(CausalClassRow.id), col(CausalClassRow.name))
        .order_by(incidents.desc(), col(CausalClassRow.name))
    )
    return [Pattern(**row._asdict()) for row in await run(session, query)]
