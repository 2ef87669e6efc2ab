"""How much of a postmortem is there, and what its tier still asks for (rule 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.postmortems import Postmortem, Tier

#: How many decisions (action items or accepted risks) each tier asks for (rule 5).
DECISIONS_WANTED: Mapping[Tier, int] = {Tier.FULL: 2, Tier.STANDARD: 2, Tier.PARAGRAPH: 1}


@dataclass(frozen=True, kw_only=True)
class Filled:
    """How much of a postmortem is there, as counts; enough to say what is missing."""

    timeline_entries: int
    factors: int
    root_cause: bool
    decisions: int
    detected: bool
    recovered: bool
    impact: bool


def filled(postmortem: Postmortem, *, entries: int, factors: int, decisions: int) -> Filled:
    """How much of it is there, given how many timeline entries, factors and decisions it has."""
    facts = postmortem.facts
    return Filled(
        timeline_entries=entries,
        factors=factors,
        root_cause=bool(postmortem.root_cause.strip()),
        decisions=decisions,
        detected=facts.detected_at is not None,
        recovered=facts.recovered_at is not None,
        impact=bool(facts.impact.strip()),
    )


_LONGER = frozenset({Tier.FULL, Tier.STANDARD})
#: What each tier asks for (rule 5), in the order a person would fill it: field, phrase, tiers.
_ASKED: tuple[tuple[str, str, frozenset[Tier]], ...] = (
    ("impact", "impact", _LONGER),
    ("detected", "when it was detected", frozenset({Tier.FULL})),
    ("recovered", "when it was recovered", frozenset(Tier)),
    ("timeline_entries", "timeline", _LONGER),
    ("factors", "contributing factors", frozenset({Tier.FULL})),
    ("root_cause", "root cause", _LONGER),
    ("root_cause", "one paragraph on what happened", frozenset({Tier.PARAGRAPH})),
)


def missing(tier: Tier, filled: Filled) -> list[str]:
    """Tell what this tier still asks for, as short phrases in the order a person would fill it."""
    gaps = [
        phrase for field, phrase, tiers in _ASKED if tier in tiers and not getattr(filled, field)
    ]
    return gaps + _missing_decisions(DECISIONS_WANTED[tier] - filled.decisions)


def _missing_decisions(short_by: int) -> list[str]:
    if short_by <= 0:
        return []
    return ["an action item" if short_by == 1 else f"{short_by} action items"]
