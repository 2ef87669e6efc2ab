"""The review of a postmortem: chaired by a peer who did not respond (rules 5, 8, 9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from domain.errors import RuleBroken
from domain.people import Person, accountable
from domain.postmortems import Tier

#: Before everybody who has chaired.
_NEVER = datetime.min.replace(tzinfo=UTC)


class Stage(StrEnum):
    """How far a review is."""

    CALLED = "called"
    STARTED = "started"
    SIGNED_OFF = "signed off"


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """The review of one postmortem and who chairs it.

    `without` is the reason for starting although somebody had not agreed to the timeline.
    """

    facilitator: str
    called_by: str
    called_at: datetime
    started_at: datetime | None = None
    signed_off_at: datetime | None = None
    without: str = ""
    passed_on: int = 0

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if self.signed_off_at is not None:
            return Stage.SIGNED_OFF
        return Stage.CALLED if self.started_at is None else Stage.STARTED


def has_meeting(tier: Tier) -> bool:
    """Whether a postmortem of this tier is reviewed (rule 5)."""
    return tier is not Tier.PARAGRAPH


def rotation(
    pool: Sequence[str], responders: Sequence[str], last_chaired: Mapping[str, datetime]
) -> list[str]:
    """Who may chair, longest since last time first; never a responder (rule 8)."""
    peers = [each for each in dict.fromkeys(pool) if each not in responders]
    return sorted(peers, key=lambda each: last_chaired.get(each, _NEVER))


def check_facilitator(person: Person | None, responders: Sequence[str]) -> Person:
    """Return the facilitator if they are a peer; RuleBroken on `facilitator` otherwise."""
    chair = accountable(person, "facilitator")
    if chair.id in responders:
        raise RuleBroken(
            "facilitator",
            f"{chair.name} responded to this incident, and whoever was in it cannot chair its "
            "review. Choose somebody who was not.",
        )
    return chair
