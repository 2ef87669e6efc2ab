"""The record of a postmortem: who did what to it, append-only (rule 24)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Event(StrEnum):
    """What can happen to a postmortem that people ask about later."""

    STARTED = "started"
    IMPORTED = "imported"
    AGREEMENT_ASKED = "agreement asked for"
    AGREED = "agreed"
    WITHDRAWN = "agreements withdrawn"
    CALLED = "review called"
    PASSED_ON = "chair passed on"
    REVIEW_STARTED = "review started"
    SIGNED_OFF = "signed off"
    PUBLISHED = "published"
    AMENDED = "amended"
    TAGGED = "causal classes changed"
    RISK_RENEWED = "risk accepted again"
    RISK_ENDED = "risk ended"


@dataclass(frozen=True, kw_only=True)
class RecordEntry:
    """One line of the record; `changes` is field → (old, new) in words."""

    actor: str
    at: datetime
    event: Event
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    reason: str = ""
