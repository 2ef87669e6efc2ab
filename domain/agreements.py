"""The timeline is agreed in writing before the review (rule 7)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import RuleBroken
from domain.meetings import has_meeting
from domain.people import Person
from domain.postmortems import Tier
from domain.record import Event, RecordEntry

#: The fields of the record that name people: whose agreement went, and who was asked.
AGREED_BEFORE, ASKED = "agreed", "asked"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """A responder has read the timeline as it stands and agrees with it."""

    person: str
    agreed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who of the responders has agreed to the timeline as it is, and who has not yet.

    `left` are those who have not and cannot: nobody waits for them.
    """

    agreed: tuple[str, ...]
    waiting: tuple[str, ...]
    left: tuple[str, ...] = ()

    @property
    def is_agreed(self) -> bool:
        """Whether nobody is waited for."""
        return not self.waiting


def standing(
    responders: Sequence[str], agreements: Sequence[Agreement], left: Collection[str] = ()
) -> Standing:
    """Who has agreed and who has not, in the order in which the responders are named."""
    there = {each.person for each in agreements}
    silent = [each for each in responders if each not in there]
    return Standing(
        agreed=tuple(each for each in responders if each in there),
        waiting=tuple(each for each in silent if each not in left),
        left=tuple(each for each in silent if each in left),
    )


def can_agree(person: Person) -> bool:
    """Whether Slack lets them press a button of ours: not once they have left, nor an app."""
    return not (person.is_deactivated or person.is_bot or person.is_outsider)


def check_can_be_agreed(tier: Tier, entries: int) -> None:
    """Refuse to ask for agreement where there is no review, or nothing to agree to."""
    if not has_meeting(tier):
        raise RuleBroken(
            "agree",
            f"A tier {tier:d} postmortem has no review, so its timeline needs no agreement. "
            "If it should have one, press Edit beside the facts and choose another tier.",
        )
    if not entries:
        raise RuleBroken(
            "agree", "There is nothing to agree to yet. Press Add beside the timeline first."
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


@dataclass(frozen=True, kw_only=True)
class Round:
    """One wait for somebody: since they last agreed, or since the beginning.

    `number` counts the times they agreed before, the last of them at `agreed_at`; `changes` is
    what others did to the timeline since. Nobody has asked them where `asked_at` is None.
    """

    number: int = 0
    agreed_at: datetime | None = None
    asked_at: datetime | None = None
    asked_by: str = ""
    changes: tuple[RecordEntry, ...] = ()


def round_of(person: str, history: Sequence[RecordEntry]) -> Round:
    """How things stand with somebody, by the record."""
    agreed = agreed_at(person, history)
    last = _last_agreed(person, history)
    since = history[last + 1 :]
    asked = [entry for entry in since if person in people_in(entry, ASKED)]
    withdrawn = [entry for entry in since if entry.event is Event.WITHDRAWN]
    return Round(
        number=len(agreed),
        agreed_at=agreed[-1] if agreed else None,
        asked_at=asked[-1].at if asked else None,
        asked_by=asked[-1].actor if asked else "",
        changes=tuple(entry for entry in withdrawn if entry.actor != person) if agreed else (),
    )


def agreed_at(person: str, history: Sequence[RecordEntry]) -> list[datetime]:
    """When somebody agreed, each time they did."""
    return [each.at for each in history if each.event is Event.AGREED and each.actor == person]


def _last_agreed(person: str, history: Sequence[RecordEntry]) -> int:
    mine = (n for n, each in enumerate(history) if each.event is Event.AGREED)
    return max((n for n in mine if history[n].actor == person), default=-1)


def is_under_way(history: Sequence[RecordEntry]) -> bool:
    """Whether anybody has agreed or was asked to: from then on the record keeps every change."""
    return any(each.event in {Event.AGREED, Event.AGREEMENT_ASKED} for each in history)


def asker(history: Sequence[RecordEntry]) -> str:
    """Who asked for agreement last; nobody where nobody did."""
    asked = [each.actor for each in history if each.event is Event.AGREEMENT_ASKED]
    return asked[-1] if asked else ""


def naming(field: str, people: Sequence[str]) -> dict[str, tuple[str, str]]:
    """What the record keeps of these people; nothing where there are none."""
    said = ", ".join(people)
    pair = (said, "") if field == AGREED_BEFORE else ("", said)
    return {field: pair} if people else {}


def people_in(entry: RecordEntry, field: str) -> list[str]:
    """The people that `naming` put there."""
    return [each for side in entry.changes.get(field, ()) for each in side.split(", ") if each]
