"""What a monthly review will walk, as far as it is known before it begins (rules 18 and 19)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from domain.action_items import ActionItem, ItemState
from domain.digests import Kept, KeptItem
from domain.reviews import Review, Why

_ORDER = list(Why)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Something of somebody's that the review will walk, and why."""

    why: Why
    kept: Kept


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What somebody is told ahead of a review: what is to come, and what was decided since.

    `decided` are the keys of items. Items of others come to the programme lead, whose owners have
    left.
    """

    review: Review
    reader: str
    today: date
    coming: Sequence[Coming]
    decided: Sequence[str] = ()

    @property
    def expiring(self) -> int:
        """How many of its items expire if they are still open after the review (rule 15)."""
        return sum(
            isinstance(each.kept, KeptItem) and _is_last_for(each.kept.item) for each in self.coming
        )


def _is_last_for(item: ActionItem) -> bool:
    seen = item.reviews_seen + 1
    return item.is_open and not item.has_expired and seen >= item.reviews_to_live


def why_walked(kept: Kept, on: date) -> Why | None:
    """Why a review on this day would have it on its table; None where it would not."""
    if isinstance(kept, KeptItem):
        return _why(kept.item, on)
    return Why.RISK if kept.risk.stands and kept.risk.until <= on else None


def _why(item: ActionItem, on: date) -> Why | None:
    match item.state:
        case ItemState.OPEN if item.has_expired:
            return Why.EXPIRED
        case ItemState.OPEN:
            return Why.OVERDUE if item.due_on < on else Why.OPEN
        case ItemState.INEFFECTIVE:
            return Why.INEFFECTIVE
        case ItemState.IMPLEMENTED if item.soaks_until and item.soaks_until <= on:
            return Why.EVIDENCE
    return None


def coming(kept: Collection[Kept], on: date, decided: Collection[str]) -> list[Coming]:
    """What of all this a review on this day will walk, in the order in which it does.

    `decided` are the keys of items that were decided already.
    """
    found = [
        Coming(why=why, kept=each)
        for each in kept
        if (why := why_walked(each, on))
        and not (isinstance(each, KeptItem) and each.key in decided)
    ]
    return sorted(found, key=lambda each: (_ORDER.index(each.why), each.kept.since, each.kept.key))
