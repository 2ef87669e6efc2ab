"""The review of a postmortem: chaired by a peer who did not respond (rules 5, 8, 9)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from domain.errors import RuleBroken
from domain.people import Person, accountable
from domain.postmortems import REASON_MAX, Tier, check_length

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


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Whose turn it is to chair, and when they were last asked to; None for never."""

    person: str
    last: datetime | None = None


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


def check_chair(responders: Sequence[str], meeting: Meeting | None, name: str) -> None:
    """Refuse to name the chair, who is called `name`, as somebody who responded (rule 8)."""
    if meeting is None or meeting.facilitator not in responders:
        return
    if meeting.stage is Stage.SIGNED_OFF:
        raise RuleBroken(
            "responders",
            f"{name} chaired the review of this incident and so was none of its responders. "
            "Write what they did into the timeline instead.",
        )
    raise RuleBroken(
        "responders", f"{name} chairs the review of this incident. Pass the chair on first."
    )


def check_has_meeting(tier: Tier, field: str = "facilitator") -> None:
    """Refuse the review of a postmortem whose tier has none (rule 5)."""
    if not has_meeting(tier):
        raise RuleBroken(
            field,
            f"A tier {tier:d} postmortem has no review. If this incident deserves one, choose "
            "another tier under Edit beside the facts and say why.",
        )


def check_may_pass_on(
    person: str, meeting: Meeting, lead: str, gone: Collection[str], name: str
) -> None:
    """Refuse somebody who neither chairs, called the review, nor leads the programme.

    `gone` are those who have left; where nobody of the three is left, anybody may. `name` is what
    the chair is called.
    """
    if meeting.stage is Stage.SIGNED_OFF:
        raise RuleBroken("facilitator", "This review is signed off: nobody has to chair it.")
    check_one_of(person, {meeting.facilitator, meeting.called_by, lead} - {"", *gone}, name)


def check_one_of(person: str, may: Collection[str], name: str) -> None:
    """Refuse whoever is none of those who may pass a chair on; of nobody, everybody may."""
    if may and person not in may:
        raise RuleBroken(
            "facilitator",
            f"{name} chairs this review. Only the chair, whoever called the review, or the "
            "programme lead can pass it on: ask one of them.",
        )


def check_may_start(person: str, meeting: Meeting, name: str) -> None:
    """Refuse to start what was started, and anybody but the chair, who is called `name`."""
    if meeting.stage is not Stage.CALLED:
        raise RuleBroken("without", "This review has begun already: its agenda has been posted.")
    if person != meeting.facilitator:
        raise RuleBroken(
            "without", f"{name} chairs this review and starts it. Ask {name} when you are ready."
        )


def check_without(reason: str) -> str:
    """Return the reason for a review without everybody's agreement; there must be one (rule 7)."""
    if not reason.strip():
        raise RuleBroken(
            "without", "Say why the review cannot wait for them, or close this and ask them again."
        )
    check_length("without", reason, REASON_MAX)
    return reason
