"""Action items: at most three, each with one owner, a date and a test a stranger could make."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.errors import RuleBroken
from domain.people import Person, accountable
from domain.postmortems import Tier, check_length
from domain.programme import REVIEWS_TO_LIVE, Priority, Programme

MAX_ITEMS = 3
MAX_ITEMS_OF_A_PARAGRAPH = 1
#: The longest of 77 items in a real team's postmortems has 298 characters.
WHAT_MAX = 300
DONE_WHEN_MAX = 500
FURTHEST_DUE = timedelta(days=366)


class ItemKind(StrEnum):
    """What sort of change an item makes (rule 2)."""

    GUARDRAIL = "guardrail"
    DETECTION = "detection"
    RECOVERY = "recovery"
    PROCESS = "process"
    TRAINING = "training"


NOTE_MAX = 500
LINK_MAX = 1000


class Progress(StrEnum):
    """How far somebody has come with an open item."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    BLOCKED = "blocked"


class ItemState(StrEnum):
    """Where an item stands; what was decided about it otherwise ends it (rules 12, 13, 15)."""

    OPEN = "open"
    IMPLEMENTED = "implemented"
    VERIFIED = "verified"
    CANCELLED = "cancelled"
    ACCEPTED = "accepted as a risk"
    PROMOTED = "promoted to a project"
    #: Verified, and then an incident of the same causal class happened (rule 13).
    INEFFECTIVE = "ineffective"


@dataclass(frozen=True, kw_only=True)
class ActionItem:
    """A verifiable change with one owner and a due date; `position` is 1, 2 or 3 once stored.

    `note` says where it stands, or what blocks it. `shipped` is what was done about it, `evidence`
    what shows that it works, `link` where the one or the other can be seen, or the project it was
    promoted to. `proposed_owner` was asked to take it on and has not answered; until then `owner`
    answers for it. `reviews_to_live` is how many monthly reviews may see it open (rule 15).
    While its service burns its error budget, `raised_from` is the priority that it goes back to;
    `raised_in` is since when that burned when it raised the item last, or let it be (rule 17).
    `ticket` is what its ticket is called in the team's tracker and `ticket_url` where it is seen,
    once there is one; `ticket_closed` whether somebody closed it there, which does not end the item
    (rule 14). `ticket_trouble` says why there is none yet, or what is wrong with it.
    """

    what: str
    done_when: str
    owner: str
    priority: Priority
    due_on: date
    kind: ItemKind
    factor_id: int | None = None
    state: ItemState = ItemState.OPEN
    reschedules: int = 0
    reviews_seen: int = 0
    reviews_to_live: int = REVIEWS_TO_LIVE
    original_due_on: date | None = None
    progress: Progress = Progress.NOT_STARTED
    note: str = ""
    implemented_on: date | None = None
    soaks_until: date | None = None
    shipped: str = ""
    verified_at: datetime | None = None
    evidence: str = ""
    link: str = ""
    proposed_owner: str = ""
    proposed_by: str = ""
    raised_from: Priority | None = None
    raised_in: datetime | None = None
    ticket: str = ""
    ticket_url: str = ""
    ticket_closed: bool = False
    ticket_trouble: str = ""
    position: int | None = None
    id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to see to it."""
        return self.state is ItemState.OPEN

    @property
    def has_expired(self) -> bool:
        """Whether it can no longer be rescheduled: enough reviews saw it, and it is still open."""
        return self.is_open and self.reviews_seen >= self.reviews_to_live


def max_items(tier: Tier) -> int:
    """How many items a postmortem of this tier holds (rule 1)."""
    return MAX_ITEMS_OF_A_PARAGRAPH if tier is Tier.PARAGRAPH else MAX_ITEMS


def default_due(priority: Priority, programme: Programme, today: date) -> date:
    """Return the date an item gets when nobody names one (rule 2)."""
    return today + timedelta(days=programme.due_days(priority))


def check_item(
    item: ActionItem, owner: Person | None, today: date, old: ActionItem | None = None
) -> ActionItem:
    """Return the item if rule 2 holds, or raise RuleBroken on the field to mend.

    `today` is the date where the person who asks is. A date that stands as it is in `old` may
    have passed: an overdue item can still be worded better. One that has expired cannot be moved
    (rule 15), and one that has ended not be changed.
    """
    if old is not None:
        _check_can_change(old, item)
    check_length("what", item.what, WHAT_MAX)
    check_length("done_when", item.done_when, DONE_WHEN_MAX)
    if not item.what.strip():
        raise RuleBroken("what", "Say what will be different, starting with a verb.")
    if not item.done_when.strip():
        raise RuleBroken("done_when", "Say how a stranger could check that it is done.")
    if not item.owner:
        raise RuleBroken(
            "owner",
            "Choose the one person who will do it, or press “Accept the risk instead” above.",
        )
    accountable(owner)
    if old is None or item.due_on != old.due_on:
        _check_due(item, today)
    return item


def _check_can_change(old: ActionItem, new: ActionItem) -> None:
    if not old.is_open:
        raise RuleBroken(
            "what", f"This item has ended: it is {old.state}. Add another one for what is left."
        )
    if old.has_expired and new.due_on > old.due_on:
        raise RuleBroken(
            "due_on",
            f"{old.reviews_seen} monthly reviews have seen this item open: it has expired and "
            "cannot be moved any more. Leave the date, and do it or accept the risk.",
        )


def _check_due(item: ActionItem, today: date) -> None:
    if item.due_on < today:
        raise RuleBroken("due_on", "This date has passed. Choose today or a later day.")
    if item.due_on > today + FURTHEST_DUE:
        raise RuleBroken(
            "due_on", "More than a year away is a wish. Choose an earlier day, or accept the risk."
        )


def free_position(tier: Tier, taken: Sequence[int]) -> int:
    """Return the first free of the places 1 to 3; refuse when all are taken (rule 1)."""
    if len(taken) >= max_items(tier):
        raise RuleBroken("what", full_sentence(tier))
    return min(set(range(1, MAX_ITEMS + 1)) - set(taken))


def full_sentence(tier: Tier) -> str:
    """Say why there is no room for another item, and what to do instead."""
    if tier is Tier.PARAGRAPH:
        return (
            "A tier 3 postmortem holds one action item, and it has one. "
            "Change that one, or accept this as a risk."
        )
    return (
        f"A postmortem holds at most {MAX_ITEMS} action items, and this one has them. "
        "Change one of those, or accept this as a risk."
    )


def check_tier_holds(tier: Tier, items: int) -> None:
    """Refuse a change of tier that would leave more items than the tier holds (rule 1)."""
    if items > max_items(tier):
        raise RuleBroken(
            "tier_override",
            f"Tier {tier:d} holds {max_items(tier)} action item, this postmortem has {items}. "
            "Choose tier 2 and say why.",
        )


#: What no form asks for: an item lives through it.
_LIVED = (
    *("id", "position", "state", "reviews_seen", "reviews_to_live", "original_due_on"),
    *("progress", "note"),
    *("implemented_on", "soaks_until", "shipped", "verified_at", "evidence", "link"),
    *("proposed_owner", "proposed_by", "raised_in"),
    *("ticket", "ticket_url", "ticket_closed", "ticket_trouble"),
)


def reworded(old: ActionItem, new: ActionItem) -> ActionItem:
    """Return the old item as it reads in `new`; a later date is counted on its face (rule 12).

    A priority that somebody chooses is theirs: it does not go back when a service recovers.
    """
    return replace(
        new,
        raised_from=old.raised_from if new.priority == old.priority else None,
        reschedules=old.reschedules + (new.due_on > old.due_on),
        **{name: getattr(old, name) for name in _LIVED},
    )


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """Who did what to an item, when, why, old and new (rule 24).

    `actor` is empty where the app did it by itself. `acting` says as what somebody who is not the
    owner did it: as the lead, or as the chair of a review.
    """

    item_id: int
    actor: str
    at: datetime
    event: str
    changes: dict[str, tuple[str, str]]
    reason: str = ""
    acting: str = ""
    id: int | None = None
