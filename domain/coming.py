"""What the calendar will bring: when, in whose zone, and what, in a few words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.hearing import Need


@dataclass(frozen=True, kw_only=True)
class Coming:
    """One thing that the calendar brings."""

    at: datetime
    zone: ZoneInfo
    what: str
    is_review: bool = False


@dataclass(frozen=True, kw_only=True)
class OpenItems:
    """How many items are open, and how many of them need a decision at a review (rule 18)."""

    open: int
    overdue: int
    expired: int

    def in_words(self) -> str:
        """Say so: `14 open items, 5 overdue, 3 expired`."""
        return f"{_number(self.open, 'open item')}, {self.overdue} overdue, {self.expired} expired"


def heard(needs: Mapping[Need, int]) -> str:
    """How many things somebody hears of, by why: `2 items and 1 accepted risk`."""
    risks = needs.get(Need.RAN_OUT, 0)
    items = sum(needs.values()) - risks
    said = [
        *([_number(items, "item")] if items else []),
        *([_number(risks, "accepted risk")] if risks else []),
    ]
    return " and ".join(said)


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
