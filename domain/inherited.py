"""Inherited lines: what old documents promised, kept until a monthly review decides each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.accepted_risks import REASON_MAX, RISKS_MAX
from domain.action_items import max_items
from domain.errors import RuleBroken
from domain.postmortems import Tier, check_length

LINE_MAX = 1000
#: So many postmortems are named in a sentence; the others are counted.
NAMED_MOST = 2


class LineState(StrEnum):
    """What was decided about an inherited line."""

    UNDECIDED = "undecided"
    ADOPTED = "adopted"
    ACCEPTED = "accepted as a risk"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class InheritedLine:
    """One line of an old document that asked for something; no action item (rule 1 stands).

    `reason` is why it was accepted as a risk or dropped; of an adopted one it is the item's key.
    """

    text: str
    state: LineState = LineState.UNDECIDED
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    id: int | None = None


def sameness(text: str) -> str:
    """What two lines share that say the same: their words, without case, marks and order of space.

    An identical line of several postmortems is shown once, with all of them.
    """
    return " ".join(re.findall(r"\w+", text.lower()))


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A postmortem that inherited a line, and how many items and risks it holds already."""

    postmortem_id: int
    number: int
    tier: Tier
    started_at: datetime
    channel: str | None
    is_private: bool
    items: int
    risks: int

    @property
    def key(self) -> str:
        """What people call it."""
        return f"PM-{self.number}"


@dataclass(frozen=True, kw_only=True)
class Inheritance:
    """Lines that say the same and share their fate, as `line`, which speaks for all, does.

    `ids` are all of theirs, `home` is the postmortem of the one that speaks; `origins` are all
    postmortems that have one, that of the latest incident first.
    """

    line: InheritedLine
    ids: tuple[int, ...]
    home: int
    origins: tuple[Origin, ...]

    @property
    def is_private(self) -> bool:
        """Whether its words are not for everybody: one of its postmortems is private."""
        return any(each.is_private for each in self.origins)

    @property
    def keys(self) -> str:
        """Of which postmortems it is, in words: the first few by name, the others counted."""
        return listed([each.key for each in sorted(self.origins, key=lambda each: each.number)])

    def told_reason(self) -> str:
        """What may be told of why it was decided so: of a private one only which item it became."""
        is_key = self.line.state is LineState.ADOPTED
        return self.line.reason if is_key or not self.is_private else ""

    def home_of_item(self) -> Origin:
        """The latest of its postmortems that has room for an action item (rule 1)."""
        for each in self.origins:
            if each.items < max_items(each.tier):
                return each
        raise RuleBroken(
            "what",
            f"{self.keys}: there is no room for another action item there. Accept this line as a "
            "risk, or drop it.",
        )

    def home_of_risk(self) -> Origin:
        """The latest of its postmortems that has room for an accepted risk."""
        for each in self.origins:
            if each.risks < RISKS_MAX:
                return each
        raise RuleBroken(
            "risk",
            f"{self.keys}: {RISKS_MAX} accepted risks are recorded there already. Adopt this line "
            "as an action item, or drop it.",
        )


def listed(names: list[str]) -> str:
    """Name the first few, and count the others: `PM-3, PM-7 and 2 more`."""
    more = len(names) - NAMED_MOST
    if more > 0:
        return f"{', '.join(names[:NAMED_MOST])} and {more} more"
    return " and ".join(names)


def check_decides(person: str, chair: str, lead: str, names: Mapping[str, str]) -> None:
    """Refuse everybody but who chairs the review that has the line, and the programme lead.

    `lead` is empty where nobody leads; `names` is what these two are called.
    """
    if person in {chair, lead or chair}:
        return
    leads = (
        f", and so does {names[lead]}, who leads the programme" if lead not in {"", chair} else ""
    )
    raise RuleBroken(
        "",
        f"{names[chair]} chairs this review and decides about inherited lines{leads}. Say in the "
        "thread what should become of it.",
    )


def check_undecided(line: InheritedLine, name: str, why: str) -> None:
    """Refuse to decide again about what somebody of that name has decided, saying what and why."""
    if line.state is LineState.UNDECIDED:
        return
    did = _DID[line.state].format(f" ({why})" if why else "")
    raise RuleBroken("", f"{name} has {did}. Nothing is left to decide: go on to the next.")


_DID = {
    LineState.ADOPTED: "adopted this line already{}",
    LineState.ACCEPTED: "accepted this line as a risk already{}",
    LineState.DROPPED: "dropped this line already{}",
}


def check_dropped(reason: str) -> str:
    """Return why a line is dropped; RuleBroken where nobody says so, or says too much."""
    check_length("reason", reason, REASON_MAX)
    if not reason.strip():
        raise RuleBroken("reason", "Say why nobody needs it any more.")
    return reason.strip()
