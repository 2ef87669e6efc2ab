"""What one digest says: all that needs somebody on a day of theirs, the most pressing first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, HistoryEntry, ItemState
from domain.hearing import Need, need
from domain.kept_tickets import FOLLOWED, FROM_TRACKER
from domain.programme import Programme
from domain.record import RecordEntry
from domain.review_summary import REVIEWED

Promise = ActionItem | AcceptedRisk


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something was promised: the postmortem's number, and its channel."""

    number: int
    channel: str | None
    is_private: bool


@dataclass(frozen=True, kw_only=True)
class KeptItem:
    """An action item in its postmortem; `why` is what was said when it was marked ineffective."""

    item: ActionItem
    place: Place
    why: str = ""

    @property
    def promise(self) -> ActionItem:
        """What its owner hears of."""
        return self.item

    @property
    def owner(self) -> str:
        """Who answers for it."""
        return self.item.owner

    @property
    def key(self) -> str:
        """What people call it."""
        return f"PM-{self.place.number}/{self.item.position}"

    @property
    def since(self) -> date:
        """The day that it is, or was, looked at for."""
        return self.item.soaks_until or self.item.due_on

    def need(self, programme: Programme, today: date) -> Need | None:
        """Why its owner has to look at it on this day; None where they need not."""
        return need(self.item, programme, today)


@dataclass(frozen=True, kw_only=True)
class KeptRisk:
    """An accepted risk in its postmortem."""

    risk: AcceptedRisk
    place: Place

    @property
    def promise(self) -> AcceptedRisk:
        """What its accepter hears of."""
        return self.risk

    @property
    def owner(self) -> str:
        """Who answers for it."""
        return self.risk.accepter

    @property
    def key(self) -> str:
        """Where it is found: it has no name of its own."""
        return f"PM-{self.place.number}"

    @property
    def since(self) -> date:
        """The day that it is, or was, looked at for."""
        return self.risk.until

    def need(self, _programme: Programme, today: date) -> Need | None:
        """Why its accepter has to look at it on this day; None where they need not."""
        return Need.RAN_OUT if self.risk.stands and self.risk.until <= today else None


Kept = KeptItem | KeptRisk


@dataclass(frozen=True, kw_only=True)
class Wanting:
    """Something that needs somebody, and why."""

    need: Need
    kept: Kept


@dataclass(frozen=True, kw_only=True)
class Decided:
    """An item that a digest asked about, and that is no more as it was; `last` is what was done."""

    kept: KeptItem
    before: ActionItem
    last: HistoryEntry

    @property
    def is_settled(self) -> bool:
        """Whether it has ended, is due on another day, or is somebody else's now."""
        was, now = self.before, self.kept.item
        return (was.state, was.due_on, was.owner) != (now.state, now.due_on, now.owner)


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """An accepted risk that a digest asked about and that somebody looked at since."""

    kept: KeptRisk
    before: AcceptedRisk
    last: RecordEntry


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What somebody reads; items of others come to the programme lead, whose owners have left.

    It tells of `today`, and they got it on the day `posted_on`. What they heard of before, and
    what is not to be heard of again yet, is in `also`.
    """

    reader: str
    today: date
    wanting: Sequence[Wanting]
    also: Sequence[Wanting] = ()
    decided: Sequence[Decided | LookedAt] = ()
    posted_on: date | None = None


def wanting(kept: Sequence[Kept], programme: Programme, today: date) -> list[Wanting]:
    """What of all this needs somebody on this day, the most pressing first, then the oldest."""
    found = [Wanting(need=why, kept=each) for each in kept if (why := each.need(programme, today))]
    return sorted(found, key=lambda each: (each.need, each.kept.since, each.kept.key))


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None


#: What a digest looks at, as the history writes it.
_READ: Mapping[str, Callable[[str], Any]] = {
    "state": ItemState,
    "due_on": _day,
    "owner": str,
    "soaks_until": _day,
    "reviews_seen": lambda said: int(said or 0),
}


def as_it_was(item: ActionItem, since: Sequence[HistoryEntry]) -> ActionItem | None:
    """The item before all this was done to it, the oldest first; None where it was not there yet.

    What no digest looks at is as it is now.
    """
    oldest: dict[str, str] = {}
    for entry in reversed(since):
        oldest |= {name: old for name, (old, _) in entry.changes.items() if name in _READ}
    if oldest.get("state") == "":
        return None
    return replace(item, **{name: _READ[name](said) for name, said in oldest.items()})


#: What the app says of an item by itself, and does nothing to it.
_NO_DEEDS = frozenset({REVIEWED, *FROM_TRACKER - {FOLLOWED}})


def last_deed(since: Sequence[HistoryEntry]) -> HistoryEntry:
    """What was done last, the oldest first.

    That a monthly review saw it open is no deed, nor is what became of its ticket alone.
    """
    deeds = [each for each in since if each.event not in _NO_DEEDS or each.actor]
    return deeds[-1] if deeds else since[-1]


def risk_as_it_was(risk: AcceptedRisk, since: Sequence[RecordEntry]) -> AcceptedRisk:
    """The risk before all this was done to it, the oldest first: it stood then."""
    oldest: dict[str, str] = {}
    for entry in reversed(since):
        oldest |= {name: old for name, (old, _) in entry.changes.items()}
    accepter, until = oldest.get("accepter", risk.accepter), _day(oldest.get("until", ""))
    return replace(risk, accepter=accepter, until=until or risk.until, ended_on=None)
