"""What a postmortem still lacks for its tier (rule 5)."""

from dataclasses import replace

import pytest

from domain.postmortems import Filled, Tier, missing

FULL, STANDARD, PARAGRAPH = Tier
NOTHING = Filled(
    timeline_entries=0,
    factors=0,
    root_cause=False,
    decisions=0,
    detected=False,
    recovered=False,
    impact=False,
)
ALL = Filled(
    timeline_entries=1,
    factors=1,
    root_cause=True,
    decisions=2,
    detected=True,
    recovered=True,
    impact=True,
)


@pytest.mark.parametrize(
    ("tier", "gaps"),
    [
        (
            FULL,
            [
                "impact",
                "when it was detected",
                "when it was recovered",
                "timeline",
                "contributing factors",
                "root cause",
                "2 action items",
            ],
        ),
        (STANDARD, ["impact", "when it was recovered", "timeline", "root cause", "2 action items"]),
        (
            PARAGRAPH,
            ["when it was recovered", "one paragraph on what happened", "an action item"],
        ),
    ],
)
def test_an_empty_postmortem_lacks_what_its_tier_asks_for(tier: Tier, gaps: list[str]) -> None:
    assert missing(tier, NOTHING) == gaps


@pytest.mark.parametrize("tier", Tier)
def test_a_complete_postmortem_lacks_nothing(tier: Tier) -> None:
    assert missing(tier, ALL) == []
    assert missing(tier, replace(ALL, decisions=3)) == []


def test_one_of_two_decisions_is_still_missing() -> None:
    assert missing(STANDARD, replace(ALL, decisions=1)) == ["an action item"]
    assert missing(PARAGRAPH, replace(ALL, decisions=1)) == []
