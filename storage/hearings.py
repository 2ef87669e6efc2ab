"""Who hears of what they promised, and when: found by an index, however many items wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, literal, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.digests import Promise
from domain.review_summary import REVIEWED
from storage.statements import columns, run
from storage.tables import AcceptedRiskRow, ActionItemRow, ItemHistoryRow
from storage.tables.columns import Instant

_INSTANT = Instant()
#: What is promised → its table, and the column of whoever answers for it.
_ROWS: Mapping[type, tuple[Any, Any]] = {
    ActionItem: (ActionItemRow, ActionItemRow.owner),
    AcceptedRisk: (AcceptedRiskRow, AcceptedRiskRow.accepter),
}


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Somebody of a workspace, who owns items or accepted risks."""

    workspace_id: str
    person: str


@dataclass(frozen=True, kw_only=True)
class Held:
    """Something whose hearing is due, in our hands; `since` is when it last changed."""

    promise: Promise
    since: datetime


def _waiting(row: Any, who: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(row.workspace_id, col(who).label("person"))
        .where(col(row.hear_at) <= bindparam("now", type_=_INSTANT))
        .order_by(col(row.hear_at), col(row.id))
        .limit(bindparam("limit"))
    )


_WAITING = tuple(_waiting(*of) for of in _ROWS.values())


async def waiting(session: AsyncSession, now: datetime, limit: int) -> list[Whose]:
    """Whose items and risks are due to be heard of, each once, whoever waits longest first.

    It looks at no more than `limit` of each, and at nothing that is not due.
    """
    found: dict[Whose, None] = {}
    for query in _WAITING:
        for row in await run(session, query, {"now": now, "limit": limit}):
            found[Whose(**row._asdict())] = None
    return list(found)


async def take(session: AsyncSession, whose: Whose, now: datetime, limit: int) -> list[Held]:
    """What of theirs is due to be heard of, at most `limit` of each; nobody else takes it now.

    What another replica is planning, or somebody changing, is left to them.
    """
    taken: list[Held] = []
    for made, (row, who) in _ROWS.items():
        changed = _changed() if made is ActionItem else literal(None, _INSTANT)
        query = (
            columns(row, made)
            .add_columns(func.coalesce(changed, row.created_at, type_=_INSTANT).label("since"))
            .where(
                col(row.workspace_id) == whose.workspace_id,
                col(who) == whose.person,
                col(row.hear_at) <= now,
            )
            .order_by(col(row.hear_at), col(row.id))
            .limit(limit)
            .with_for_update(skip_locked=True, of=row)
        )
        for found in await run(session, query):
            said = found._asdict()
            taken.append(Held(since=said.pop("since"), promise=made(**said)))
    return taken


def _changed() -> Any:
    last = func.max(col(ItemHistoryRow.at), type_=_INSTANT)
    mine = col(ItemHistoryRow.item_id) == col(ActionItemRow.id)
    # That a review saw it open changes nothing that was to be heard of in that very second.
    seen = and_(col(ItemHistoryRow.event) == REVIEWED, col(ItemHistoryRow.actor) == "")
    return select(last).where(mine, ~seen).correlate(ActionItemRow).scalar_subquery()


async def plan(session: AsyncSession, planned: Sequence[tuple[Promise, datetime | None]]) -> None:
    """Keep when each of these is heard of next; None where it never is."""
    for made, (row, _who) in _ROWS.items():
        values = [{"which": each.id, "at": at} for each, at in planned if isinstance(each, made)]
        if values:
            mine = col(row.id) == bindparam("which")
            await run(session, update(row).where(mine).values(hear_at=bindparam("at")), values)


async def anew(session: AsyncSession, workspace_id: str, now: datetime, person: str = "") -> None:
    """Let the clock plan anew whatever is to be heard of; with `person`, of what is theirs.

    Nobody hears of more or less for that: what they heard of is known from what was sent to them.
    """
    for row, who in _ROWS.values():
        later = (col(row.workspace_id) == workspace_id, col(row.hear_at) > now)
        mine = [col(who) == person] if person else []
        await run(session, update(row).where(*later, *mine).values(hear_at=now))
