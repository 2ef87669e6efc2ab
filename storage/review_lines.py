"""The lines of a closed monthly review, read from its table as it was when it was closed.

An item's decision is the entry of its history that settled it; that it was open in the end is the
entry that the closing wrote. So a review is told the same a year later, whatever was done since;
only where the ticket of an item is, is said as it is by then.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.decisions import Decision
from domain.review_summary import ASKED, EXPIRED, REVIEWED, Line, OfARisk
from domain.reviews import MUST_DECIDE, NAMED_MOST, Review, Why
from storage.statements import run
from storage.tables import (
    AcceptedRiskRow,
    ActionItemRow,
    InheritedLineRow,
    ItemHistoryRow,
    PostmortemRow,
    ReviewEntryRow,
)

#: So many lines are read at a time.
PAGE = 1000

#: The entry of an item's history that says that the review saw it open.
SEEN = aliased(ItemHistoryRow)
_ENTRY, _ITEM, _RISK, _LINE = ReviewEntryRow, ActionItemRow, AcceptedRiskRow, InheritedLineRow
_DONE = aliased(ItemHistoryRow)
#: Where the date that follows from a decision stands in what it changed.
_NEXT: Mapping[str, str] = {
    Decision.RESCHEDULE: "due_on",
    Decision.REOPEN: "due_on",
    Decision.IMPLEMENT: "soaks_until",
    Decision.ACCEPT: "until",
}
_A_DAY = timedelta(days=1)
#: What has no key of its own goes by its postmortem, and is told from an item by this.
_SORTS = {Why.RISK: " (accepted risk)", Why.LINE: " (inherited line)"}


async def owed_keys(session: AsyncSession, review_id: int) -> list[str]:
    """What must still be decided before the review can be closed, by key, in order."""
    must = col(_ENTRY.why).in_([each.value for each in MUST_DECIDE])
    query = (
        select(col(PostmortemRow.number), col(_ITEM.position))
        .join(_ITEM, col(_ITEM.postmortem_id) == col(PostmortemRow.id))
        .join(_ENTRY, col(_ENTRY.item_id) == col(_ITEM.id))
        .where(col(_ENTRY.review_id) == review_id, col(_ENTRY.settled_at).is_(None), must)
        .order_by(col(_ENTRY.position))
    )
    return [key(row.number, row.position) for row in await run(session, query)]


async def undecided_keys(session: AsyncSession, review: Review) -> list[str]:
    """The first of what nobody has decided, by key, in order; of a risk and a line says which."""
    query = (
        table(review, PostmortemRow.number, col(_ITEM.position).label("place"), _ENTRY.why)
        .where(col(_ENTRY.settled_at).is_(None))
        .order_by(col(_ENTRY.position))
        .limit(NAMED_MOST)
    )
    rows = await run(session, query)
    return [f"{key(row.number, row.place)}{_SORTS.get(row.why, '')}" for row in rows]


async def lines(
    session: AsyncSession, review: Review, *, decided: bool, after: int = 0, most: int = PAGE
) -> list[Line]:
    """What was decided, or what was not, in order, from behind a position on, at most so much."""
    settled = col(_ENTRY.settled_at)
    query = (
        table(review, event_of(review).label("event"), *_SAID)
        .where(settled.is_not(None) if decided else settled.is_(None))
        .where(col(_ENTRY.position) > after)
        .order_by(col(_ENTRY.position))
        .limit(most)
    )
    return [_line(row) for row in await run(session, query)]


def _is_private() -> ColumnElement[bool]:
    """Whether it is of a private incident: of a line, whether any is that inherited the same."""
    same, whose = aliased(InheritedLineRow), aliased(PostmortemRow)
    shared = (
        exists()
        .where(
            col(same.workspace_id) == col(_LINE.workspace_id),
            col(same.state) == col(_LINE.state),
            col(same.sameness) == col(_LINE.sameness),
            col(whose.id) == col(same.postmortem_id),
            col(whose.is_private).is_(True),
        )
        .correlate(_LINE)
    )
    return or_(col(PostmortemRow.is_private), shared)


_SAID: tuple[Any, ...] = (
    *(_ENTRY.position, _ENTRY.why, _ENTRY.owner, _ENTRY.absent_at, _ENTRY.settled_by),
    *(PostmortemRow.number, _is_private().label("is_private"), col(_ITEM.position).label("place")),
    func.coalesce(_ITEM.what, _RISK.risk, _LINE.text, "").label("words"),
    func.coalesce(_ITEM.ticket, "").label("ticket"),
    func.coalesce(_ITEM.ticket_url, "").label("ticket_url"),
    col(_RISK.until).label("until"),
    func.coalesce(_DONE.reason, _ENTRY.reason, "").label("reason"),
    func.coalesce(_DONE.acting, "").label("acting"),
    col(_DONE.changes).label("changes"),
    col(SEEN.changes).label("seen"),
)


def _line(row: Row[Any]) -> Line:
    changes, seen = row.changes or {}, row.seen or {}

    def new(name: str) -> str:
        return str(changes.get(name, ("", ""))[1])

    return Line(
        key=key(row.number, row.place),
        why=row.why,
        owner=row.owner,
        position=row.position,
        **({} if row.is_private else _words(row, changes)),
        is_private=row.is_private,
        event=row.event,
        by=row.settled_by,
        acting=row.acting,
        on=_next(row.event, new) or (row.until if row.event == OfARisk.RENEWED else None),
        person=new("accepter") or new("proposed_owner") or new("owner"),
        seen=int(seen.get("reviews_seen", ("", "0"))[1]),
        has_expired=EXPIRED in seen,
        is_absent=row.absent_at is not None,
    )


def _words(row: Row[Any], changes: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """What was typed, and its ticket; of one worded anew what it said before, and what then."""
    before, after = changes.get("what", ("", ""))
    link, risk = (changes.get(name, ("", ""))[1] for name in ("link", "risk"))
    words = after or row.words
    said = {"words": words, "was": before, "reason": row.reason, "link": link, "risk": risk}
    return {**said, "ticket": row.ticket, "ticket_url": row.ticket_url}


def _next(event: str, new: Callable[[str], str]) -> date | None:
    """The date that follows from a decision about an item: due anew, asked about, looked at."""
    said = new(_NEXT.get(event, ""))
    return date.fromisoformat(said) if said else None


def key(number: int | None, place: int | None) -> str:
    """What people call it: an item by its place, all else by its postmortem."""
    return f"PM-{number}/{place}" if place else f"PM-{number}"


def table(review: Review, *wanted: Any) -> Select[*tuple[Any, ...]]:
    """What is on the table, with what settled it, and whether it was open in the end."""
    whose = func.coalesce(_ITEM.postmortem_id, _RISK.postmortem_id, _LINE.postmortem_id)
    return (
        select(*wanted)
        .select_from(_ENTRY)
        .outerjoin(_ITEM, col(_ITEM.id) == col(_ENTRY.item_id))
        .outerjoin(_RISK, col(_RISK.id) == col(_ENTRY.risk_id))
        .outerjoin(_LINE, col(_LINE.id) == col(_ENTRY.line_id))
        .outerjoin(PostmortemRow, col(PostmortemRow.id) == whose)
        .outerjoin(_DONE, col(_DONE.id) == col(_ENTRY.history_id))
        .outerjoin(SEEN, _saw(review))
        .where(col(_ENTRY.review_id) == review.id)
    )


def _saw(review: Review) -> ColumnElement[bool]:
    """The entry of an item's history that says that this review saw it open."""
    return and_(
        col(SEEN.item_id) == col(_ENTRY.item_id),
        col(SEEN.event) == REVIEWED,
        col(SEEN.actor) == "",
        col(SEEN.at) == review.closed_at,
    )


def has_expired() -> ColumnElement[bool]:
    """Whether that entry says that the item has expired."""
    return cast(col(SEEN.changes), Text).contains(f'"{EXPIRED}"', autoescape=True)


def event_of(review: Review) -> ColumnElement[str]:
    """What was decided, in the words of an item's history; empty where nothing was.

    A risk that is ended later stood when the review was closed, and was accepted again by it.
    """
    by_then = (review.closed_at or review.due_at).date() + _A_DAY
    return case(
        (col(_ENTRY.settled_at).is_(None), ""),
        (col(_ENTRY.line_id).is_not(None), cast(col(_LINE.state), Text)),
        (col(_RISK.ended_on) <= by_then, OfARisk.ENDED.value),
        (col(_ENTRY.risk_id).is_not(None), OfARisk.RENEWED.value),
        (_is_asked(), ASKED),
        else_=func.coalesce(_DONE.event, ""),
    )


def _is_asked() -> ColumnElement[bool]:
    """Whether somebody was asked to take an item on, rather than given it."""
    said = cast(col(_DONE.changes), Text)
    return and_(
        col(_DONE.event) == Decision.REASSIGN.value,
        said.contains('"proposed_owner"', autoescape=True),
        not_(said.contains('"owner"', autoescape=True)),
    )
