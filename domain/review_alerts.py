"""What is said of monthly reviews that are not closed: to whom they wait for, and to all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.digests import KeptItem, Wanting
from domain.hearing import Need
from domain.reviews import Review, Why


@dataclass(frozen=True, kw_only=True)
class Decided:
    """Something that had to be decided, and was; by whom."""

    key: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Owing:
    """What a review still waits for, as one reader is told.

    `mine` is what they are to decide, of themselves or of somebody who has left; `others` is how
    much everybody else is. `decided` was settled since they were told.
    """

    review: Review
    reader: str
    today: date
    mine: Sequence[Wanting] = ()
    others: Mapping[str, int] = field(default_factory=dict)
    decided: Sequence[Decided] = ()

    @property
    def chairs(self) -> bool:
        """Whether the reader is the one who closes it."""
        return self.review.facilitator == self.reader


@dataclass(frozen=True, kw_only=True)
class Stuck:
    """A review that nobody closes; `lead` is empty where the channel is told instead."""

    review: Review
    lead: str
    today: date
    days: int
    owed: Sequence[Wanting] = ()
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the programme's pause has cost so far; `oldest` is the key of the oldest open item.

    `repeated` of the `incidents` since then have a class that was seen before.
    """

    open: int
    overdue: int
    incidents: int
    repeated: int
    oldest: str = ""
    oldest_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Pause:
    """No review was closed since a day; `number` counts quarters, 0 is after the first month.

    Where none ever was, `is_first`, it is the day on which the first item was written. `waiting` is
    what the next has to walk within a month; `current` is called or under way, and waits for
    `owed`; `channel` is where reviews are held.
    """

    since: date
    today: date
    number: int
    is_first: bool
    numbers: Numbers
    waiting: Mapping[Why, int] = field(default_factory=dict)
    channel: str = ""
    current: Review | None = None
    owed: int = 0


def owed(kept: KeptItem, why: Why) -> Wanting:
    """Something that a review waits for, as it lay on its table."""
    return Wanting(need=Need.EXPIRED if why is Why.EXPIRED else Need.OVERDUE, kept=kept)
