"""The story's incidents, each a YAML file beside this one; their days count back from today."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from domain.action_items import ItemKind, ItemState
from domain.calendar import slot
from domain.contributing_factors import FactorKind
from domain.postmortems import Severity
from domain.programme import Priority
from domain.timeline import Milestone

INCIDENTS = Path(__file__).parent / "incidents"
TODAY = Path(__file__).parent / "today.yml"

CausalClass = Literal[
    "config change without validation",
    "expired credential",
    "untested failover",
    "dependency exhaustion",
    "missing alert",
    "timeout misconfigured",
    "deployment without canary",
    "capacity",
]
Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
WEEKDAYS: tuple[Weekday, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


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


class Line(Told):
    """Something said, or an entry of the timeline: `minutes` after the start."""

    minutes: float
    who: str = ""
    words: str
    milestone: Milestone | None = None


class Factor(Told):
    """A contributing factor."""

    kind: FactorKind
    words: str


def _turn(row: object) -> object:
    """`[days, who, event, days later (when moved), words]`."""
    if not isinstance(row, list):
        return row
    days, who, event, *rest = row
    later = rest.pop(0) if event == Event.MOVED else 0
    words = rest[0] if rest else ""
    return {"days": days, "who": who, "event": event, "days_later": later, "words": words}


def _named(*names: str) -> BeforeValidator:
    """A row of a list, read as the fields of these names; those at its end may be missing."""

    def read(row: object) -> object:
        return dict(zip(names, row, strict=False)) if isinstance(row, list) else row

    return BeforeValidator(read)


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


class Incident(Told):
    """One incident, its postmortem and what followed; people are named by handle."""

    weeks_ago: int
    day: Weekday
    at: str
    zone: str
    channel: str
    title: str
    service: str
    severity: Severity
    novel: bool = False
    customers: bool = False
    classes: list[CausalClass]
    impact: str
    detected: int
    recovered: int
    responders: list[str]
    facilitator: str
    said: list[Annotated[Line, _named("minutes", "who", "words")]]
    written: int
    timeline: list[Annotated[Line, _named("minutes", "words", "milestone")]] = []
    factors: list[Annotated[Factor, _named("kind", "words")]] = []
    cause: str
    items: list[Item] = []
    risks: list[Risk] = []

    def started(self, today: date) -> datetime:
        """The instant it began, counted back from the week of `today`."""
        monday = today - timedelta(days=today.weekday(), weeks=self.weeks_ago)
        day = monday + timedelta(days=WEEKDAYS.index(self.day))
        return slot(day, time.fromisoformat(self.at), ZoneInfo(self.zone))

    def people(self) -> Iterator[str]:
        """Everybody whose name stands in it."""
        yield from self.responders
        yield self.facilitator
        yield from (line.who for line in self.said)
        for item in self.items:
            yield item.owner
            yield from (turn.who for turn in item.then)
        yield from (risk.accepter for risk in self.risks)


class Live(Told):
    """A channel as it stands today; its lines were said `minutes` ago, so they count down."""

    channel: str
    topic: str = ""
    purpose: str = ""
    private: bool = False
    app: bool = True
    #: Whether people talk here in the course of their day; what they say is told by day.
    calm: bool = False
    members: list[str]
    said: list[Annotated[Line, _named("minutes", "who", "words")]] = []


def read_today(path: Path = TODAY) -> list[Live]:
    """Read the channels of today."""
    return [Live(**each) for each in yaml.safe_load(path.read_text(encoding="utf-8"))]


def read_story(folder: Path = INCIDENTS) -> list[Incident]:
    """Read every incident, the oldest first."""
    files = sorted(folder.glob("*.yml"))
    return [Incident(**yaml.safe_load(path.read_text(encoding="utf-8"))) for path in files]
