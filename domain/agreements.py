"""The timeline is agreed in writing before the review (rule 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import RuleBroken


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """A responder has read the timeline as it stands and agrees with it."""

    person: str
    agreed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who of the responders has agreed to the timeline as it is, and who has not yet."""

    agreed: tuple[str, ...]
    waiting: tuple[str, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether nobody is waited for."""
        return not self.waiting


def standing(responders: Sequence[str], agreements: Sequence[Agreement]) -> Standing:
    """Who has agreed and who has not, in the order in which the responders are named."""
    there = {each.person for each in agreements}
    return Standing(
        agreed=tuple(each for each in responders if each in there),
        waiting=tuple(each for each in responders if each not in there),
    )


def check_may_agree(person: str, responders: Sequence[str], entries: int) -> None:
    """Refuse the agreement of somebody who was not there, or to nothing at all."""
    if person not in responders:
        raise RuleBroken(
            "agree",
            "Only responders agree to a timeline. If you responded too, press Edit beside the "
            "facts and add yourself.",
        )
    if not entries:
        raise RuleBroken(
            "agree", "There is nothing to agree to yet. Press Add beside the timeline first."
        )
