"""The story's action items and risks: what was promised, and what became of it."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from domain.action_items import ItemKind
from domain.decisions import Decision
from domain.programme import Priority


class Event(StrEnum):
    """What became of an action item."""

    MOVED = "moved"
    REVIEWED = "reviewed"
    IMPLEMENTED = "implemented"
    VERIFIED = "verified"
    CANCELLED = "cancelled"
    ACCEPTED = "accepted"
    PROMOTED = "promoted"
    STARTED = "started"
    BLOCKED = "blocked"
    HANDED_OVER = "handed over"
    TAKEN = "taken on"

    @property
    def decision(self) -> Decision | None:
        """What was decided; None of a review that only saw the item."""
        return {
            Event.MOVED: Decision.RESCHEDULE,
            Event.IMPLEMENTED: Decision.IMPLEMENT,
            Event.VERIFIED: Decision.VERIFY,
            Event.CANCELLED: Decision.CANCEL,
            Event.ACCEPTED: Decision.ACCEPT,
            Event.PROMOTED: Decision.PROMOTE,
            Event.STARTED: Decision.START,
            Event.BLOCKED: Decision.BLOCK,
            Event.HANDED_OVER: Decision.REASSIGN,
            Event.TAKEN: Decision.TAKE,
        }.get(self)


class Told(BaseModel):
    """What all parts of the story share: nothing misspelt goes unnoticed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Turn(Told):
    """One thing that happened to an item.

    `after` counts days since the postmortem was written; of what was done of late, minutes since
    the morning of the last day on which `who` worked. `to` is who was asked to take the item on,
    `risk` what `who` accepted instead of it.
    """

    after: int
    who: str
    event: Event
    days_later: int = 0
    to: str = ""
    risk: str = ""
    words: str = ""


#: What a row has between its event and its words.
_BETWEEN = {Event.MOVED: "days_later", Event.HANDED_OVER: "to", Event.ACCEPTED: "risk"}


def _turn(row: object) -> object:
    """`[after, who, event, words]`; before the words days later, to whom, or which risk."""
    if not isinstance(row, list):
        return row
    after, who, event, *rest = row
    between = {_BETWEEN[event]: rest.pop(0)} if event in _BETWEEN else {}
    words = rest[0] if rest else ""
    return {"after": after, "who": who, "event": event, "words": words, **between}


class Item(Told):
    """An action item and what became of it."""

    what: str
    done_when: str
    owner: str
    priority: Priority
    kind: ItemKind
    answers: int | None = None
    then: list[Annotated[Turn, BeforeValidator(_turn)]] = []
    lately: list[Annotated[Turn, BeforeValidator(_turn)]] = []


class Risk(Told):
    """A risk that was accepted for `days`."""

    risk: str
    accepter: str
    reason: str
    days: int = 180
