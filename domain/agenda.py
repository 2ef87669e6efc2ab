"""The agenda of a review: what is open from earlier, this incident, patterns (rule 9)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.action_items import ItemState, Progress
from domain.decisions import ENDED
from domain.programme import REVIEWS_TO_LIVE

#: Minutes for the open items of earlier incidents, for this incident, for patterns.
EARLIER_MINUTES, INCIDENT_MINUTES, PATTERN_MINUTES = 10, 30, 10
#: More lines than these nobody walks through in ten minutes.
ITEMS_SHOWN = 15
PATTERNS_SHOWN = 5
#: How far back the classes are counted.
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class EarlierItem:
    """An item of an earlier incident that somebody still has to see to.

    It is open, not verified yet, or was verified and then an incident of its class happened; or it
    was ended since the review began. Its incident was of the `same_service`, or else only of the
    same class.
    """

    number: int
    position: int
    channel: str | None
    what: str
    owner: str
    due_on: date
    state: ItemState
    reviews_seen: int = 0
    reviews_to_live: int = REVIEWS_TO_LIVE
    progress: Progress = Progress.NOT_STARTED
    note: str = ""
    same_service: bool = True

    @property
    def key(self) -> str:
        """What people call it: `PM-<n>/<1..3>`."""
        return f"PM-{self.number}/{self.position}"

    @property
    def is_done(self) -> bool:
        """Whether it was implemented, and only its evidence is waited for (rule 13)."""
        return self.state is ItemState.IMPLEMENTED

    @property
    def has_ended(self) -> bool:
        """Whether nobody has to see to it any more."""
        return self.state in ENDED

    @property
    def has_expired(self) -> bool:
        """Whether monthly reviews saw it open too often (rule 15)."""
        return self.state is ItemState.OPEN and self.reviews_seen >= self.reviews_to_live

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.state is ItemState.OPEN and self.due_on < today


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """How often a causal class came up within a year, and what is still open of it."""

    class_id: int
    name: str
    incidents: int
    open_items: int


def in_order(items: Sequence[EarlierItem]) -> list[EarlierItem]:
    """The items as they are walked through: expired, then by date, done, ended.

    Among the like of these those of the same service come before those of the same class.
    """
    return sorted(
        items,
        key=lambda each: (
            each.has_ended,
            each.is_done,
            not each.has_expired,
            not each.same_service,
            each.due_on,
            each.number,
            each.position,
        ),
    )


def telling(patterns: Sequence[Pattern], own: Collection[int]) -> list[Pattern]:
    """The patterns worth ten minutes: classes that repeat, this incident's own before others."""
    chosen = [each for each in patterns if each.incidents > 1]
    first = sorted(chosen, key=lambda each: (each.class_id not in own, -each.incidents, each.name))
    return first[:PATTERNS_SHOWN]
