"""What a Home says: all that somebody answers for, what waits for them, and how it all goes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.digests import Digest, Kept, KeptItem, KeptRisk, Wanting
from domain.health import Health
from domain.meetings import Meeting
from domain.postmortems import Tier
from domain.programme import Programme
from domain.reviews import Review

#: An accepted risk is on its accepter's Home so long before its date comes.
RUNNING_OUT = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A timeline that somebody who responded has not agreed to, though they are waited for."""

    postmortem_id: int
    number: int
    title: str
    channel: str | None

    @property
    def key(self) -> str:
        """What people call the postmortem."""
        return f"PM-{self.number}"


@dataclass(frozen=True, kw_only=True)
class Chaired:
    """The review of a postmortem that somebody has to chair."""

    postmortem_id: int
    number: int
    title: str
    channel: str | None
    tier: Tier
    meeting: Meeting

    @property
    def key(self) -> str:
        """What people call the postmortem."""
        return f"PM-{self.number}"


@dataclass(frozen=True, kw_only=True)
class Looking:
    """A meta-review that somebody chairs, of a quarter by its key."""

    postmortem_id: int
    quarter: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class ToConfirm:
    """A risk that somebody else named the reader to accept, in place of an item."""

    kept: KeptRisk
    item_id: int
    position: int

    @property
    def key(self) -> str:
        """What people call the item."""
        return f"{self.kept.key}/{self.position}"


@dataclass(frozen=True, kw_only=True)
class Waits:
    """What waits for somebody beside their own items; of what is many, the first and how many."""

    asked: Sequence[KeptItem] = ()
    owed: Sequence[Owed] = ()
    owed_total: int = 0
    to_confirm: Sequence[ToConfirm] = ()
    ran_out: Sequence[KeptRisk] = ()
    running_out: Sequence[KeptRisk] = ()
    chairs: Sequence[Chaired] = ()
    chairs_total: int = 0
    monthly: Review | None = None
    quarterly: Sequence[Looking] = ()


@dataclass(frozen=True, kw_only=True)
class NextReview:
    """The monthly review that is called or under way, else when the next is held.

    `channel` is empty where nobody has said where reviews are held: then none is called by itself.
    Whoever chairs is told `told_days` working days before.
    """

    current: Review | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    channel: str = ""
    told_days: int = Programme.told_days


@dataclass(frozen=True, kw_only=True)
class Home:
    """All that one Home says. `mine` tells of items alone; what comes later is in `later`."""

    mine: Digest
    later: Sequence[KeptItem] = ()
    waits: Waits = field(default_factory=Waits)
    next_review: NextReview = field(default_factory=NextReview)
    health: Health | None = None

    @property
    def reader(self) -> str:
        """Whose it is."""
        return self.mine.reader


def items_of(wanting: Sequence[Wanting]) -> list[Wanting]:
    """What of all that needs somebody is an action item."""
    return [each for each in wanting if isinstance(each.kept, KeptItem)]


def risks_of(kept: Sequence[Kept], today: date) -> tuple[list[KeptRisk], list[KeptRisk]]:
    """The accepted risks whose date has come, and those whose date comes soon; the oldest first."""
    risks = sorted(
        (each for each in kept if isinstance(each, KeptRisk) and each.risk.stands),
        key=lambda each: (each.risk.until, each.place.number),
    )
    soon = today + RUNNING_OUT
    ran_out = [each for each in risks if each.risk.until <= today]
    return ran_out, [each for each in risks if today < each.risk.until <= soon]
