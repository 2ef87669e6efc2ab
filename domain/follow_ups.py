"""The look back at a tier 1 postmortem: what became of its items, five weeks after it came out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemState
from domain.postmortems import Postmortem, Tier
from domain.workdays import WorkingTime

#: In the middle of the four to six weeks after which a team still knows what it meant.
LOOKED_BACK_AFTER = timedelta(weeks=5)


class Standing(StrEnum):
    """What became of an item, as far as a team looks back at it."""

    DONE = "done"
    #: Implemented, and nobody has shown yet that it works (rule 13).
    UNPROVEN = "waiting for evidence"
    #: Decided otherwise: cancelled, accepted as a risk, promoted to a project.
    LET_GO = "decided otherwise"
    OVERDUE = "overdue"
    OPEN = "open"
    #: Verified, and then it happened again.
    IN_VAIN = "ineffective"


#: Somebody has to do something about these, whatever day it is.
WANTING = frozenset({Standing.OPEN, Standing.OVERDUE, Standing.IN_VAIN})


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """An item, why it ended as it did in the words of whoever decided, and its accepted risk."""

    item: ActionItem
    why: str = ""
    risk: AcceptedRisk | None = None

    def standing(self, today: date) -> Standing:
        """What became of it."""
        match self.item.state:
            case ItemState.OPEN:
                return Standing.OVERDUE if self.item.due_on < today else Standing.OPEN
            case ItemState.IMPLEMENTED:
                return Standing.UNPROVEN
            case ItemState.VERIFIED:
                return Standing.DONE
            case ItemState.INEFFECTIVE:
                return Standing.IN_VAIN
            case _:
                return Standing.LET_GO

    def wants_somebody(self, today: date) -> bool:
        """Whether its owner has to see to it: it goes on, or its evidence can be asked for."""
        soaks_until = self.item.soaks_until
        if self.item.state is ItemState.IMPLEMENTED:
            return soaks_until is None or soaks_until <= today
        return self.standing(today) in WANTING


@dataclass(frozen=True, kw_only=True)
class LookBack:
    """A postmortem that was published on one day, as it is looked back at on another.

    `risks` are those accepted beside the items. `has_classes` says whether anybody can tell what
    is like it; `since` are the keys of the incidents like it that began after it. `names` are
    those of people, by id.
    """

    postmortem: Postmortem
    published_on: date
    today: date
    items: Sequence[LookedAt] = ()
    risks: Sequence[AcceptedRisk] = ()
    has_classes: bool = True
    since: Sequence[str] = ()
    names: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was promised, and no risk accepted."""
        return not (self.items or self.risks)

    def number(self, *standings: Standing) -> int:
        """How many items stand in one of these ways."""
        return sum(each.standing(self.today) in standings for each in self.items)


def is_looked_back_at(tier: Tier) -> bool:
    """Whether a team looks back at a postmortem of this tier."""
    return tier is Tier.FULL


def look_back_at(published_at: datetime, hours: WorkingTime) -> datetime:
    """When that is: in the morning of the first working day five weeks later."""
    return hours.morning(hours.working_day(hours.today(published_at + LOOKED_BACK_AFTER)))
