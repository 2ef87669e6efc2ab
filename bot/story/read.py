"""The story's incidents, each a YAML file beside this one; their days count back from today."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import BeforeValidator

from bot.story.items import Item, Risk, Told
from domain.calendar import slot
from domain.contributing_factors import FactorKind
from domain.passages import CLOSING, Passage
from domain.postmortems import Severity, Tier
from domain.timeline import Milestone
from domain.whys import write_whys

INCIDENTS = Path(__file__).parent / "incidents"
TODAY = Path(__file__).parent / "today.yml"

#: Those that every workspace begins with, and those that this one has added as it went.
CausalClass = Literal[
    "config change without validation",
    "expired credential",
    "untested failover",
    "dependency exhaustion",
    "missing alert",
    "timeout misconfigured",
    "deployment without canary",
    "capacity",
    "lock without an end",
    "unsafe default",
    "half-finished job",
    "uneven load",
]
Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
WEEKDAYS: tuple[Weekday, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Stage(StrEnum):
    """How far a postmortem has come; each stage has all that those before it have."""

    DRAFT = "draft"
    AGREEING = "agreeing"
    CALLED = "called"
    PUBLISHED = "published"


def named(*names: str) -> BeforeValidator:
    """A row of a list, read as the fields of these names; those at its end may be missing."""

    def read(row: object) -> object:
        return dict(zip(names, row, strict=False)) if isinstance(row, list) else row

    return BeforeValidator(read)


class Line(Told):
    """Something said, or an entry of the timeline: `minutes` after the start."""

    minutes: float
    who: str = ""
    words: str
    milestone: Milestone | None = None
    #: Who pinned it, and who marked it for the timeline.
    pinned: str = ""
    marked: str = ""


class Factor(Told):
    """A contributing factor."""

    kind: FactorKind
    words: str


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
    users: int | None = None
    revenue: str = ""
    budget: float | None = None
    detected: int
    recovered: int
    responders: list[str]
    facilitator: str
    said: list[Annotated[Line, named("minutes", "who", "words")]]
    written: int
    timeline: tuple[Annotated[Line, named("minutes", "words", "milestone")], ...] = ()
    factors: tuple[Annotated[Factor, named("kind", "words")], ...] = ()
    cause: str
    whys: tuple[str, ...] = ()
    went_well: str = ""
    went_wrong: str = ""
    lessons: str = ""
    items: tuple[Item, ...] = ()
    risks: tuple[Risk, ...] = ()
    stage: Stage = Stage.PUBLISHED
    #: What was answered before it was published (rule 10).
    closing: tuple[str, ...] = ()

    @property
    def tier(self) -> Tier:
        """How deep its postmortem goes (rule 5)."""
        if self.severity is Severity.P1 or self.novel or self.customers:
            return Tier.FULL
        return Tier.STANDARD if self.severity is Severity.P2 else Tier.PARAGRAPH

    @property
    def analysis(self) -> dict[Passage, str]:
        """What is written beside the root cause."""
        return {
            Passage.WHYS: write_whys(self.whys),
            Passage.WENT_WELL: self.went_well,
            Passage.WENT_WRONG: self.went_wrong,
            Passage.LESSONS: self.lessons.strip(),
        }

    @property
    def answers(self) -> dict[Passage, str]:
        """What the three questions before publishing were answered with."""
        return dict(zip(CLOSING, self.closing, strict=True)) if self.closing else {}

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
    said: tuple[Annotated[Line, named("minutes", "who", "words")], ...] = ()


def read_today(path: Path = TODAY) -> list[Live]:
    """Read the channels of today."""
    return [Live(**each) for each in yaml.safe_load(path.read_text(encoding="utf-8"))]


def read_story(folder: Path = INCIDENTS) -> list[Incident]:
    """Read every incident, the oldest first."""
    files = sorted(folder.glob("*.yml"))
    return [Incident(**yaml.safe_load(path.read_text(encoding="utf-8"))) for path in files]
