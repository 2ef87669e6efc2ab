"""Inherited lines: what old documents promised, kept until a monthly review decides each."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LINE_MAX = 1000


class LineState(StrEnum):
    """What was decided about an inherited line."""

    UNDECIDED = "undecided"
    ADOPTED = "adopted"
    ACCEPTED = "accepted as a risk"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class InheritedLine:
    """One line of an old document that asked for something; no action item (rule 1 stands)."""

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
