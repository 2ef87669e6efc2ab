"""Publishing: what must be there before, and what is said of changes afterwards (rule 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import RuleBroken
from domain.meetings import Meeting, Stage, has_meeting
from domain.postmortems import Facts, Postmortem, Tier
from domain.programme import Programme


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A postmortem was published; what is changed afterwards amends it."""

    published_by: str
    published_at: datetime
    amendments: int = 0
    amended_by: str = ""
    amended_at: datetime | None = None
    amended: str = ""


def check_complete(gaps: Sequence[str]) -> None:
    """Refuse to publish what its tier still asks something of (rule 5)."""
    if gaps:
        raise RuleBroken(
            "",
            f"Not yet: still missing is {', '.join(gaps)}. Fill that in, or change the tier "
            "under Edit beside the facts and say why.",
        )


def check_may_close(postmortem: Postmortem, meeting: Meeting | None, person: str) -> None:
    """Refuse to let anybody close a review but its facilitator (rules 8 and 10).

    A postmortem without a review is closed by somebody who responded, or who began it.
    """
    facts = postmortem.facts
    if not has_meeting(facts.tier):
        if person not in (*facts.responders, postmortem.created_by):
            raise RuleBroken("", f"Only responders publish this. {_whom_to_ask(facts)}")
        return
    if meeting is None:
        raise RuleBroken(
            "", f"Tier {facts.tier:d} is reviewed before it is published. Press Call the review."
        )
    if meeting.stage is Stage.CALLED:
        raise RuleBroken("", "The review has not started yet. Its facilitator starts it.")
    if meeting.facilitator != person:
        raise RuleBroken(
            "", "Only the facilitator closes a review. Ask them, or have the chair passed to you."
        )


def _whom_to_ask(facts: Facts) -> str:
    if facts.responders:
        return "Ask one of them."
    return "Nobody is named as one yet: press Edit beside the facts and name who responded."


def check_unpublished(
    postmortem: Postmortem, meeting: Meeting | None, publication: Publication | None
) -> None:
    """Refuse to publish what is published, unless it is reviewed anew since its tier was raised."""
    if publication is not None and not is_in_review(postmortem, meeting):
        raise RuleBroken(
            "",
            f"{postmortem.key} is published already. What is still to be said goes into one of "
            "its sections: press Edit there, and everybody who reads it gets the new text.",
        )


def is_in_review(postmortem: Postmortem, meeting: Meeting | None) -> bool:
    """Whether a review of it has begun and is not signed off."""
    if meeting is None or not has_meeting(postmortem.facts.tier):
        return False
    return meeting.stage is Stage.STARTED


def audience(postmortem: Postmortem, programme: Programme) -> str:
    """The channel in which a postmortem of this tier is announced; empty where there is none.

    What comes from a private channel is announced nowhere else, nor is a single paragraph.
    """
    if postmortem.is_private:
        return ""
    return {
        Tier.FULL: programme.organisation_channel,
        Tier.STANDARD: programme.engineering_channel,
        Tier.PARAGRAPH: "",
    }[postmortem.facts.tier]
