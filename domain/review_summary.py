"""What a monthly review came to: what was decided, what is left, and what that says (rule 18)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.decisions import Decision
from domain.inherited import LineState
from domain.reviews import NAMED_MOST, Review, Why
from domain.roles import Role

#: What an item's history calls it that a monthly review was closed while it was open (rule 15),
#: and what that entry says beside the number of reviews where it has expired, by it or before.
REVIEWED, EXPIRED = "reviewed", "expired"
#: Somebody was asked to take an item on, and had not answered when the review was closed.
ASKED = "asked"
#: So many items, and services, are named in what a review says about the programme.
ITEMS_NAMED, SERVICES_NAMED = 3, 5


class OfARisk(StrEnum):
    """What was decided about an accepted risk that ran out."""

    RENEWED = "accepted again"
    ENDED = "no risk any more"


#: What became of something, as a line of its own says it, and how one or more is counted by it.
_OUTCOMES: Mapping[str, tuple[str, str]] = {
    Decision.IMPLEMENT: ("implemented{by}; evidence is asked for on {on}", "implemented"),
    Decision.VERIFY: ("verified{by}: it works", "verified"),
    Decision.RESCHEDULE: ("moved to {on}{by}", "moved"),
    Decision.RESCOPE: ("re-scoped{by}", "re-scoped"),
    Decision.CANCEL: ("cancelled{by}", "cancelled"),
    Decision.ACCEPT: (
        "accepted as a risk until {on}{by}; {person} answers for it",
        "accepted as {a}risk{s}",
    ),
    Decision.PROMOTE: ("promoted to a planned project{by}", "promoted to {a}project{s}"),
    Decision.REASSIGN: ("handed over to {person}{by}", "handed over"),
    ASKED: ("{person} was asked to take it on{by}", "handover{s} asked for"),
    Decision.TAKE: ("taken on{by}", "taken on"),
    Decision.REOPEN: ("opened again{by}, due {on}", "reopened"),
    OfARisk.RENEWED: ("the risk is accepted until {on}{by}", "risk{s} accepted again"),
    OfARisk.ENDED: ("the risk is ended{by}", "risk{s} ended"),
    LineState.ADOPTED: ("adopted as an action item{by}", "inherited line{s} adopted"),
    LineState.DROPPED: ("dropped{by}", "inherited line{s} dropped"),
}
#: An inherited line that was accepted: the risk itself stands in the postmortem.
_ACCEPTED = "accepted as a risk{by}"
#: Whoever accepts it decided so: they are said once.
_ACCEPTED_SELF = "accepted as a risk until {on}{by}"
_ACTING: Mapping[str, str] = {
    Role.LEAD: ", who leads the programme",
    Role.FACILITATOR: ", chairing for {owner}",
    Role.STAND_IN: ", standing in for {owner}",
}
#: How somebody is called where something is told: a mention, or a name.
Called = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Line:
    """What became of one thing on the table.

    `event` says what was decided, in the words of its history, and is empty where nothing was; `on`
    is the date that follows from it, `person` who accepted a risk or was asked to take an item on.
    `seen` is how many monthly reviews have seen it open, this one among them, and 0 where it was
    not open in the end. `was` is what an item said that was worded anew, `risk` what was accepted
    instead of one. `ticket` is what an item's ticket is called, at `ticket_url`. Of what is private
    there are no words, and no ticket.
    """

    key: str
    why: Why
    owner: str
    position: int
    words: str = ""
    was: str = ""
    risk: str = ""
    is_private: bool = False
    event: str = ""
    by: str = ""
    acting: str = ""
    reason: str = ""
    on: date | None = None
    person: str = ""
    link: str = ""
    ticket: str = ""
    ticket_url: str = ""
    seen: int = 0
    has_expired: bool = False
    is_absent: bool = False


@dataclass(frozen=True, kw_only=True)
class Often:
    """An item that was moved so many times; no words where it is private."""

    key: str
    owner: str
    words: str
    moved: int


@dataclass(frozen=True, kw_only=True)
class Old:
    """An open item, and the day of the incident that it came from; no words where it is private."""

    key: str
    owner: str
    words: str
    since: date


@dataclass(frozen=True, kw_only=True)
class OfService:
    """How a service's items stood: on the table, open still, and of those too late or expired.

    The name is empty for all that is private.
    """

    name: str
    total: int
    still_open: int
    late: int


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How much was decided how: event → number, of `total` on the table.

    `still_open` items were open when the review was closed, `expired` of them had expired by then.
    """

    total: int
    by_event: Mapping[str, int]
    still_open: int = 0
    expired: int = 0

    @property
    def decided(self) -> int:
        """How much was decided at all."""
        return sum(self.by_event.values())

    @property
    def undecided(self) -> int:
        """What nobody decided."""
        return self.total - self.decided

    def in_order(self) -> list[tuple[str, int]]:
        """How much was decided how, in words, always in the same order."""
        known = [each for each in _OUTCOMES if each in self.by_event]
        rest = sorted(set(self.by_event) - set(known))
        return [(_counted(each, self.by_event[each]), self.by_event[each]) for each in known + rest]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """All that is told of a closed review but the lines of its table.

    `undecided` and `expired` name the first of them.
    """

    review: Review
    tally: Tally
    undecided: Sequence[str] = ()
    absent: Sequence[str] = ()
    expired: Sequence[str] = ()
    often: Sequence[Often] = ()
    oldest: Sequence[Old] = ()
    services: Sequence[OfService] = ()

    @property
    def was_empty(self) -> bool:
        """Whether nothing at all was on its table."""
        return self.tally.total == 0

    @property
    def teaches(self) -> bool:
        """Whether it says anything about the programme."""
        return bool(self.often or self.oldest or self.services)


def outcome(line: Line, called: Called) -> str:
    """What became of something, by whom and as what; why is for whoever tells it."""
    template = _OUTCOMES[line.event][0] if line.event in _OUTCOMES else f"{line.event}{{by}}"
    if line.event == Decision.ACCEPT and not (line.on and line.person):
        template = _ACCEPTED
    elif line.event == Decision.ACCEPT and line.person == line.by:
        template = _ACCEPTED_SELF
    acting = _ACTING.get(line.acting, "").format(owner=called(line.owner))
    by = f" by {called(line.by)}{acting}" if line.by else ""
    return template.format(on=_day(line.on), person=called(line.person), by=by)


def named(keys: Sequence[str], number: int) -> str:
    """The first of so many by key, and how many more there are."""
    more = number - len(keys[:NAMED_MOST])
    return f"{', '.join(keys[:NAMED_MOST])}{f' and {more} more' if more > 0 else ''}"


def _counted(event: str, number: int) -> str:
    """What so much of this is called."""
    counted = _OUTCOMES.get(event, ("", event))[1]
    return counted.format(a="a ", s="") if number == 1 else counted.format(a="", s="s")


def standing(line: Line, called: Called) -> list[str]:
    """How something stands that nobody decided: whose it is, and why it was on the table."""
    seen = f"seen open by {line.seen} reviews" if line.seen > 1 else ""
    why = "" if line.has_expired or line.why is Why.EXPIRED else str(line.why)
    return [
        each
        for each in (
            called(line.owner) if line.owner else "",
            "expired" if line.has_expired else why,
            seen,
            "the owner was not here" if line.is_absent else "",
        )
        if each
    ]


def _day(on: date | None) -> str:
    return f"{on.day} {on:%b %Y}" if on else "no date"
