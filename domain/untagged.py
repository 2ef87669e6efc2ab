"""Incidents without a causal class: asked for at the monthly review, for numbers miss them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

#: As far back a review asks: what is older changes no number that anybody still looks at.
LOOKING_BACK = timedelta(days=365)
#: So many are listed, the newest first; the next come up as these get theirs.
LISTED_MOST = 15


@dataclass(frozen=True, kw_only=True)
class UntaggedIncident:
    """An incident of a public channel, or of none, that has no class."""

    id: int
    number: int
    title: str
    service: str
    started_at: datetime

    @property
    def key(self) -> str:
        """What people call it."""
        return f"PM-{self.number}"


@dataclass(frozen=True, kw_only=True)
class Untagged:
    """The incidents without a class: the newest public ones, and how many there are of each sort.

    Those of private channels are not named.
    """

    listed: Sequence[UntaggedIncident] = ()
    public: int = 0
    private: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return self.public + self.private
