"""What a monthly review saw open, when it is closed: all of it at once, however much (rule 15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    insert,
    literal,
    or_,
    select,
    type_coerce,
    union,
    update,
)
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.review_summary import EXPIRED, REVIEWED
from domain.reviews import Review
from storage.statements import run
from storage.tables import (
    ActionItemRow,
    DeliveryRow,
    ItemHistoryRow,
    MeetingRow,
    PostmortemRow,
    ReviewEntryRow,
)
from storage.tables.columns import Instant

_INSTANT = Instant()
_ITEM, _ENTRY = ActionItemRow, ReviewEntryRow
_WRITTEN = ("workspace_id", "item_id", "actor", "at", "event", "changes", "reason", "acting")


async def lock_postmortems(session: AsyncSession, workspace_id: str) -> None:
    """Let nobody else change any item of the workspace until the transaction ends.

    The workspace must be locked before, and the review after. What a review does not have on its
    table is locked too: whoever decides about that holds what the owner is to hear of, and then
    waits for the review. As everywhere the latest comes first.
    """
    ids = col(PostmortemRow.id)
    mine = col(PostmortemRow.workspace_id) == workspace_id
    await run(session, select(ids).where(mine).order_by(ids.desc()).with_for_update())


async def see(session: AsyncSession, review: Review, at: datetime) -> None:
    """Count this review for every item on its table that is open still, with a line of history.

    Whoever answers for one that has expired thereby hears of it: when, the clock works out. Two
    statements within the database: ten thousand items never meet in memory.
    """
    mine = _still_open(review)
    history = select(
        *(literal(review.workspace), col(_ITEM.id), literal(""), literal(at, _INSTANT)),
        *(literal(REVIEWED), _changes(session), literal(""), literal("")),
    ).where(mine)
    await run(session, insert(ItemHistoryRow).from_select(_WRITTEN, history))
    expires = col(_ITEM.reviews_seen) + 1 == col(_ITEM.reviews_to_live)
    values = {
        "reviews_seen": col(_ITEM.reviews_seen) + 1,
        "hear_at": case((expires, literal(at, _INSTANT)), else_=col(_ITEM.hear_at)),
    }
    await run(session, update(_ITEM).where(mine).values(values))


@dataclass(frozen=True, kw_only=True)
class Showing:
    """The kinds of deliveries that show items, by what their subject is.

    Of a digest that is a person and a day: what came before `since` nobody reads any more. `lead`
    reads of what those answer for who have left.
    """

    of_postmortem: Sequence[str]
    of_meeting: str
    of_person: str
    digest: str
    since: datetime
    lead: str = ""


def showing_expired(review: Review, kinds: Showing) -> list[Select[Any]]:
    """Select the deliveries that show what expired by that the review saw it open.

    To be asked in the transaction in which it did. The agendas of all meetings under way are among
    them, for there are few.
    """
    row = DeliveryRow
    just = (_still_open(review), col(_ITEM.reviews_seen) == col(_ITEM.reviews_to_live))
    some = select(col(_ITEM.id)).where(*just).exists()
    postmortems = select(cast(col(_ITEM.postmortem_id), String)).where(*just)
    meetings = select(cast(col(MeetingRow.postmortem_id), String)).where(
        col(MeetingRow.workspace_id) == review.workspace,
        col(MeetingRow.started_at).is_not(None),
        col(MeetingRow.signed_off_at).is_(None),
        some,
    )
    readers = union(select(col(_ITEM.owner)).where(*just), select(literal(kinds.lead)).where(some))
    newest = (
        select(func.max(col(row.subject)))
        .where(
            col(row.workspace_id) == review.workspace,
            col(row.kind) == kinds.digest,
            col(row.created_at) >= kinds.since,
            col(row.channel).in_(readers),
        )
        .group_by(col(row.channel))
    )
    known = or_(col(row.message_ts).is_not(None), col(row.due_at).is_not(None))
    return [
        _deliveries(review, kinds.of_postmortem, postmortems),
        _deliveries(review, [kinds.of_meeting], meetings),
        _deliveries(review, [kinds.of_person], readers),
        _deliveries(review, [kinds.digest], newest).where(known),
    ]


def _deliveries(review: Review, kinds: Sequence[str], subjects: Any) -> Select[Any]:
    row = DeliveryRow
    return select(col(row.id)).where(
        col(row.workspace_id) == review.workspace,
        col(row.kind).in_(kinds),
        col(row.subject).in_(subjects),
    )


def _still_open(review: Review) -> ColumnElement[bool]:
    is_open = col(_ITEM.state) == ItemState.OPEN
    return and_(col(_ITEM.workspace_id) == review.workspace, is_open, _on_the_table(review.id or 0))


def _on_the_table(review_id: int) -> ColumnElement[bool]:
    mine = (col(_ENTRY.review_id) == review_id, col(_ENTRY.item_id).is_not(None))
    return col(_ITEM.id).in_(select(col(_ENTRY.item_id)).where(*mine))


def _changes(session: AsyncSession) -> ColumnElement[Any]:
    """What changes, as the history keeps it: `{"reviews_seen": ["1", "2"]}`."""
    seen = col(_ITEM.reviews_seen)
    old = case((seen == 0, ""), else_=cast(seen, String))
    counted = literal('{"reviews_seen": ["') + old + '", "' + cast(seen + 1, String)
    was, is_now = (seen + more >= col(_ITEM.reviews_to_live) for more in (0, 1))
    expired = case(
        (was, f'"], "{EXPIRED}": ["yes", "yes"]}}'),
        (is_now, f'"], "{EXPIRED}": ["", "yes"]}}'),
        else_='"]}',
    )
    said = counted + expired
    if session.get_bind().dialect.name == "postgresql":
        return cast(said, JSON)
    # To SQLite, which keeps JSON as text, a CAST to it would mean a number.
    return type_coerce(said, JSON)
