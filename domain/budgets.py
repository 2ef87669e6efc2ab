"""Error budgets: a service that burns its own raises its open items by one priority (rule 17)."""

from enum import StrEnum

from domain.programme import Priority

#: It has recovered when it is this far below: a budget that wavers does not move items each minute.
RECOVERED_BELOW = 10
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
    return burned >= (threshold - RECOVERED_BELOW if before else threshold)


def raised(priority: Priority) -> Priority:
    """One priority higher; the highest stays."""
    return _HIGHER.get(priority, priority)
