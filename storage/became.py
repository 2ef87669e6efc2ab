"""What became of action items, how old they are and how often they moved, in SQL."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, literal
from sqlmodel import col

from domain.action_items import ItemState
from domain.calendar import slot
from domain.decisions import Decision
from domain.measures import AGES, MOVES_MOST
from domain.windows import Window
from storage.tables import ActionItemRow, ItemHistoryRow

_ITEM = ActionItemRow
_ORIGINAL, _DONE = col(_ITEM.original_due_on), col(_ITEM.implemented_on)
_ENDINGS = {
    "cancelled": ItemState.CANCELLED,
    "accepted": ItemState.ACCEPTED,
    "promoted": ItemState.PROMOTED,
}
#: What became of an item, in the words of `Completion`.
BECAME = case(
    (_DONE <= _ORIGINAL, "by_date"),
    (_DONE.is_not(None), "later"),
    *((col(_ITEM.state) == state, way) for way, state in _ENDINGS.items()),
    else_="waits",
)
IS_OPEN = col(_ITEM.state) == ItemState.OPEN
#: How often an item was moved, MOVES_MOST at most.
MOVES = case((col(_ITEM.reschedules) < MOVES_MOST, col(_ITEM.reschedules)), else_=MOVES_MOST)


def was_due(window: Window) -> ColumnElement[bool]:
    """Whether the original due date of an item lies in the window."""
    original = col(_ITEM.original_due_on)
    return and_(original >= window.first_day, original < window.end_day)


def became(way: str) -> ColumnElement[bool]:
    """Whether this became of an item, in a word of BECAME."""
    return literal(way) == BECAME


def moved(times: int) -> ColumnElement[bool]:
    """Whether an item was moved so often; MOVES_MOST means so often or more."""
    reschedules = col(_ITEM.reschedules)
    return reschedules >= times if times == MOVES_MOST else reschedules == times


def age(today: date, zone: ZoneInfo) -> ColumnElement[int]:
    """The place of an item's age among AGES, in days of this zone."""
    older = enumerate((_midnight(today, days, zone) for days in AGES), 1)
    places = [(col(_ITEM.created_at) < start, place) for place, start in older]
    return case(*reversed(places), else_=0)


def _midnight(today: date, days: int, zone: ZoneInfo) -> datetime:
    return slot(today - timedelta(days=days), time(0), zone)


def decided(workspace_id: str, window: Window) -> list[ColumnElement[bool]]:
    """What holds of the entries of the history that are decisions of the window."""
    at = col(ItemHistoryRow.at)
    mine = col(ItemHistoryRow.workspace_id) == workspace_id
    event = col(ItemHistoryRow.event).in_(list(Decision))
    return [mine, at >= window.since, at < window.until, event]
