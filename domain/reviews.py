"""The monthly review: a peer walks every open item until each is decided (rules 18 to 20)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.decisions import Decision
from domain.errors import RuleBroken
from domain.meetings import check_one_of
from domain.news import RETURNED
from domain.postmortems import check_length

#: What a review taught, in the words of whoever chaired it.
LEARNT_MAX = 2000
#: Where all cards are shown at once, so many come at a time: more nobody can follow in a thread.
PAGE = 25
#: So many of what is still undecided are named in a refusal.
NAMED_MOST = 10


class Stage(StrEnum):
    """How far a monthly review is."""

    CALLED = "called"
    UNDER_WAY = "under way"
    CLOSED = "closed"


class Why(StrEnum):
    """Why something is on the table, in the order in which it is walked (rule 18)."""

    EXPIRED = "expired"
    OVERDUE = "overdue"
    #: Verified, and then it happened again (rule 13).
    INEFFECTIVE = "ineffective"
    #: Implemented, and it has soaked: does it work (rule 13)?
    EVIDENCE = "waiting for evidence"
    OPEN = "open"
    #: An accepted risk whose date has come (rule 3).
    RISK = "risk"
    #: What an old document promised, until somebody decides it.
    LINE = "inherited line"


#: What must be decided before a review can be closed (rule 18).
MUST_DECIDE = frozenset({Why.EXPIRED, Why.OVERDUE})
#: What settles an item for the review that walks it. That work goes on, or is blocked, is no
#: decision; nor is being asked to take something on and declining.
SETTLES = frozenset(Decision) - {Decision.START, Decision.BLOCK, Decision.DECLINE}
#: Whoever was asked to take an item on did not: it needs another decision.
PUTS_BACK = frozenset({Decision.DECLINE, RETURNED})


@dataclass(frozen=True, kw_only=True)
class Review:
    """One monthly review of a workspace.

    `due_on` is its day where it is held, of which there is one a day; `called_by` is empty where
    the clock called it. `at_once` is how many cards come at a time. `current` is the entry whose
    card was brought up last, `shown` how many were. `reminded_at` and `escalated_at` say when those
    who owe a decision, and the programme lead, were told that it is not closed (rule 20).
    `passed_because` is what was said when the chair was passed on last.
    """

    workspace: str
    facilitator: str
    called_by: str
    called_at: datetime
    due_at: datetime
    due_on: date
    channel: str
    at_once: int = 1
    started_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    passed_on: int = 0
    passed_because: str = ""
    shown: int = 0
    current: int | None = None
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None
    learnt: str = ""
    id: int | None = None

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if self.closed_at is not None:
            return Stage.CLOSED
        return Stage.CALLED if self.started_at is None else Stage.UNDER_WAY

    @property
    def name(self) -> str:
        """What people call it."""
        return f"Monthly review of {self.due_on.day} {self.due_on:%b %Y}"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something on the table of a review: an item, a risk that ran out, or an inherited line.

    Exactly one of the three ids is set. `why` is how it stood when the review began. Of a line
    `owner` is empty. `mentions` says that this is the card that calls its owner: the first of
    theirs. `settled_at` is when it was decided, by whom; `history_id` is the decision's entry in an
    item's history, `reason` what was said of a risk or a line. `absent_at` is when the chair said
    that its owner is not here.
    """

    review_id: int
    position: int
    why: Why
    owner: str
    item_id: int | None = None
    risk_id: int | None = None
    line_id: int | None = None
    mentions: bool = False
    shown_at: datetime | None = None
    absent_at: datetime | None = None
    settled_at: datetime | None = None
    settled_by: str = ""
    history_id: int | None = None
    reason: str = ""
    id: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether it was decided."""
        return self.settled_at is not None

    @property
    def must_be_decided(self) -> bool:
        """Whether the review cannot be closed while nobody decides it (rule 18)."""
        return self.why in MUST_DECIDE and not self.is_settled


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How a review stands: what is on the table by why it is, and how much of it is settled.

    `owed` is what must still be decided before it can be closed.
    """

    by_why: dict[Why, int]
    settled: int
    shown: int
    owed: int

    @property
    def total(self) -> int:
        """How much is on the table."""
        return sum(self.by_why.values())


def check_chairs(review: Review, person: str, lead: str, gone: Collection[str], name: str) -> None:
    """Refuse everybody but the chair, who is called `name`, and the programme lead.

    `gone` are those who have left: where the chair is one of them, it says who comes next.
    """
    if person in {review.facilitator, lead}:
        return
    if review.facilitator in gone:
        raise RuleBroken(
            "", f"{name} chaired this review and has left. {_next(review, person, lead, gone)}"
        )
    raise RuleBroken("", f"{name} chairs this review. Ask {name}, or decide your own items.")


def _next(review: Review, person: str, lead: str, gone: Collection[str]) -> str:
    """What to do where the chair has left, by who may pass it on."""
    may = {review.called_by, lead} - {"", *gone}
    if not may or person in may:
        return "Pass the chair on first: then whoever chairs it goes on."
    if lead in may:
        return "Whoever leads the programme decides, or passes the chair on: ask them."
    return "Whoever called it can pass the chair on: ask them."


def check_under_way(review: Review) -> None:
    """Refuse what can be done only while a review is under way."""
    if review.stage is Stage.CALLED:
        raise RuleBroken("", f"The {_lower(review)} has not begun yet: it begins by itself.")
    if review.stage is Stage.CLOSED:
        raise RuleBroken("", f"The {_lower(review)} is closed: nothing is walked in it any more.")


def check_is_next(review: Review, seen: int) -> None:
    """Refuse to go on from where a review was when it had brought up `seen`, if it has moved."""
    if review.shown != seen:
        raise RuleBroken(
            "",
            "The review has gone on already: the newest card is at the end of the thread, and "
            "Next stands there.",
        )


def _lower(review: Review) -> str:
    return review.name[0].lower() + review.name[1:]


def check_may_pass_on(
    review: Review, person: str, lead: str, gone: Collection[str], name: str
) -> None:
    """Refuse somebody who neither chairs, called the review, nor leads the programme.

    `gone` are those who have left; where nobody of the three is left, anybody may. `name` is what
    the chair is called.
    """
    if review.stage is Stage.CLOSED:
        raise RuleBroken("facilitator", "This review is closed: nobody has to chair it.")
    check_one_of(person, {review.facilitator, review.called_by, lead} - {"", *gone}, name)


def check_can_close(undecided: Sequence[str]) -> None:
    """Refuse to close while something expired or overdue is undecided, naming it (rule 18)."""
    if not undecided:
        return
    named = ", ".join(undecided[:NAMED_MOST])
    more = len(undecided) - NAMED_MOST
    rest = f" and {more} more" if more > 0 else ""
    raise RuleBroken(
        "learnt",
        f"{named}{rest} {'is' if len(undecided) == 1 else 'are'} expired or overdue, and nobody "
        "has decided. Let the owner decide, or decide on their behalf. If you press Owner absent, "
        "the programme lead is asked, and must then decide before the review can be closed.",
    )


def check_learnt(text: str) -> str:
    """Return what a review taught; RuleBroken where that is too long."""
    check_length("learnt", text, LEARNT_MAX)
    return text.strip()
