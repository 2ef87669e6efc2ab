"""The story's action items and risks: what was promised, and what became of it."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from domain.action_items import ItemKind, ItemState
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

    @property
    def state(self) -> ItemState | None:
        """The state it leads to; None when the item stays open."""
        return {
            Event.IMPLEMENTED: ItemState.IMPLEMENTED,
            Event.VERIFIED: ItemState.VERIFIED,
            Event.CANCELLED: ItemState.CANCELLED,
            Event.ACCEPTED: ItemState.ACCEPTED,
            Event.PROMOTED: ItemState.PROMOTED,
        }.get(self)


class Told(BaseModel):
    """What all parts of the story share: nothing misspelt goes unnoticed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Turn(Told):
    """One thing that happened to an item, `days` after the postmortem was written."""

    days: int
    who: str
    event: Event
    days_later: int = 0
    words: str = ""


def _turn(row: object) -> object:
    """`[days, who, event, days later (when moved), words]`."""
    if not isinstance(row, list):
        return row
    days, who, event, *rest = row
    later = rest.pop(0) if event == Event.MOVED else 0
    words = rest[0] if rest else ""
    return {"days": days, "who": who, "event": event, "days_later": later, "words": words}


class Item(Told):
    """An action item and what became of it."""

    what: str
    done_when: str
    owner: str
    priority: Priority
    kind: ItemKind
    answers: int | None = None
    then: list[Annotated[Turn, BeforeValidator(_turn)]] = []


class Risk(Told):
    """A risk that was accepted for `days`."""

    risk: str
    accepter: str
    reason: str
    days: int = 180
