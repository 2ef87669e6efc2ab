"""One incident's record: its facts and its tier (rule 5)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from domain.errors import RuleBroken

TITLE_MAX = 150
_KEY = re.compile(r"(?:PM-)?0*(?P<number>[1-9][0-9]{0,8})", re.IGNORECASE)
SERVICE_MAX = 60
TEXT_MAX = 3000
REASON_MAX = 500
RESPONDERS_MAX = 100
REVENUE_MAX = 60
#: Nobody counts more people than there are.
USERS_MAX = 9_000_000_000
#: An error budget can be overspent, but a typing slip is likelier than a hundredfold.
BUDGET_MAX = 10_000.0


class Severity(StrEnum):
    """How bad it was, in the field's own shorthand."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


class Tier(IntEnum):
    """How deep the postmortem goes (rule 5)."""

    FULL = 1
    STANDARD = 2
    PARAGRAPH = 3


class Section(StrEnum):
    """The parts of a postmortem that are filled in, each by its own form."""

    FACTS = "facts"
    TIMELINE = "timeline"
    FACTORS = "contributing factors"
    ROOT_CAUSE = "root cause"
    ACTION_ITEMS = "action items"
    LESSONS = "lessons"
    NOTES = "notes"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What happened, when and to whom. Instants are UTC; responders are Slack user ids.

    `revenue_lost` is words (`12,000 EUR`); `budget_burned` is what the incident used of the
    service's error budget, in percent of it.
    """

    title: str
    service: str
    severity: Severity
    started_at: datetime
    detected_at: datetime | None = None
    recovered_at: datetime | None = None
    impact: str = ""
    responders: tuple[str, ...] = ()
    is_novel: bool = False
    hurt_customers: bool = False
    tier_override: Tier | None = None
    tier_reason: str = ""
    users_affected: int | None = None
    revenue_lost: str = ""
    budget_burned: float | None = None

    @property
    def rule_tier(self) -> Tier:
        """The tier that follows from severity, novelty and customer impact (rule 5)."""
        if self.severity is Severity.P1 or self.is_novel or self.hurt_customers:
            return Tier.FULL
        return Tier.STANDARD if self.severity is Severity.P2 else Tier.PARAGRAPH

    @property
    def tier(self) -> Tier:
        """The tier in force: the override where there is one, else the rule's."""
        return self.tier_override or self.rule_tier


@dataclass(frozen=True, kw_only=True)
class Postmortem:
    """A stored postmortem. `version` grows by one with every change to any part of it.

    An imported one has no channel.
    """

    id: int
    workspace: str
    number: int
    channel: str | None
    channel_name: str
    is_private: bool
    facts: Facts
    root_cause: str
    created_by: str
    created_at: datetime
    version: int = 1

    @property
    def key(self) -> str:
        """What people call it: `PM-<n>`, counted per workspace."""
        return f"PM-{self.number}"


@dataclass(frozen=True, kw_only=True)
class SectionEdit:
    """Who changed a section last, and how often it was changed (`version`)."""

    section: Section
    version: int
    edited_by: str
    edited_at: datetime


def read_key(said: str) -> int | None:
    """The number of the postmortem that is named, as `PM-12` or `12`; None where none is."""
    found = _KEY.fullmatch(said.strip())
    return None if found is None else int(found["number"])


def check_facts(facts: Facts, now: datetime) -> Facts:
    """Return the facts if they can be true, or raise RuleBroken on the field to mend."""
    _check_texts(facts)
    _check_instants(facts, now)
    _check_override(facts)
    _check_numbers(facts)
    if len(facts.responders) > RESPONDERS_MAX:
        raise RuleBroken(
            "responders",
            f"Name the {RESPONDERS_MAX} people who did most; others can be added as text.",
        )
    return facts


def _check_texts(facts: Facts) -> None:
    for field, text, most in (
        ("title", facts.title, TITLE_MAX),
        ("service", facts.service, SERVICE_MAX),
        ("impact", facts.impact, TEXT_MAX),
        ("tier_reason", facts.tier_reason, REASON_MAX),
        ("revenue_lost", facts.revenue_lost, REVENUE_MAX),
    ):
        check_length(field, text, most)
    if not facts.title.strip():
        raise RuleBroken("title", "Say in a few words what happened.")
    if not facts.service.strip():
        raise RuleBroken("service", "Name the service that failed, as its team calls it.")


def check_length(field: str, text: str, most: int) -> None:
    """Refuse a text longer than `most` characters, saying by how much."""
    if len(text) > most:
        raise RuleBroken(
            field, f"{len(text):,} characters are too many: shorten it to {most:,} or fewer."
        )


def _check_instants(facts: Facts, now: datetime) -> None:
    if facts.started_at > now + timedelta(minutes=5):
        raise RuleBroken("started_at", "This lies in the future. When did it start?")
    # Something may be over before anybody saw it, but nothing happens before it starts.
    for field, instant, what in (
        ("detected_at", facts.detected_at, "detected"),
        ("recovered_at", facts.recovered_at, "over"),
    ):
        if instant is not None and instant < facts.started_at:
            raise RuleBroken(field, f"It cannot be {what} before it started: mend one of the two.")
        if instant is not None and instant > now + timedelta(minutes=5):
            raise RuleBroken(
                field, "This lies in the future. Leave it empty until it has happened."
            )


def _check_numbers(facts: Facts) -> None:
    if facts.users_affected is not None and not 0 <= facts.users_affected <= USERS_MAX:
        raise RuleBroken("users_affected", "Write how many people felt it, like 1200.")
    if facts.budget_burned is not None and not 0 <= facts.budget_burned <= BUDGET_MAX:
        raise RuleBroken(
            "budget_burned", "Write what it used of the error budget in percent, like 35."
        )


def _check_override(facts: Facts) -> None:
    override = facts.tier_override
    if override is not None and override is not facts.rule_tier and not facts.tier_reason.strip():
        raise RuleBroken(
            "tier_reason",
            f"The rules make this tier {facts.rule_tier:d}. Say why tier {override:d} fits better.",
        )
