"""Error budgets: a service that burns its own raises its open items by one priority (rule 17)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.action_items import ActionItem
from domain.programme import Priority

#: It has recovered when it is this far below: a budget that wavers does not move items each minute.
RECOVERED_BELOW = 10
#: What the history calls it when an item goes up a priority by itself, and when it goes back.
RAISED, LOWERED = "raised", "lowered"
QUERY_MAX = 2000
_HIGHER = {Priority.P3: Priority.P2, Priority.P2: Priority.P1}


class Source(StrEnum):
    """Who said how much of a budget is spent."""

    NOBODY = "nobody"
    API = "api"
    PROMETHEUS = "prometheus"
    BY_HAND = "by hand"


def burns(burned: float, threshold: int, *, before: bool) -> bool:
    """Whether a service burns its error budget, when it did `before` or not; both in percent."""
    return burned >= (recovers_below(threshold) if before else threshold)


def recovers_below(threshold: int) -> float:
    """Below how many percent a service that burned has recovered; above none of a small one."""
    return threshold - min(RECOVERED_BELOW, threshold / 2)


def raised(priority: Priority) -> Priority:
    """One priority higher; the highest stays."""
    return _HIGHER.get(priority, priority)


def raise_item(item: ActionItem, since: datetime) -> ActionItem:
    """The item as it is while its service burns, `since` then; it goes up once only.

    One that is raised already, by another time or service, stays where it is; so does a P1, and
    whatever a person has put elsewhere meanwhile.
    """
    if item.raised_in == since:
        return item
    higher = raised(item.priority)
    if item.raised_from is not None or higher == item.priority:
        return replace(item, raised_in=since)
    return replace(item, priority=higher, raised_from=item.priority, raised_in=since)


def lower_item(item: ActionItem) -> ActionItem:
    """The item as it is when its service has recovered; `raised_in` still tells when it burned.

    What a person has put elsewhere meanwhile stays there.
    """
    if item.raised_from is None:
        return item
    is_as_raised = item.priority == raised(item.raised_from)
    back = item.raised_from if is_as_raised else item.priority
    return replace(item, priority=back, raised_from=None)


@dataclass(frozen=True, kw_only=True)
class MovedItem:
    """An item that a service has moved: last from the priority `before` to `after`.

    `item` is as it stands now; people call it `key`.
    """

    key: str
    item: ActionItem
    before: str
    after: str
