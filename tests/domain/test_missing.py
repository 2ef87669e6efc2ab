"""What a postmortem still lacks for its tier (rule 5)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.completeness import Filled, filled, missing
from domain.postmortems import Facts, Postmortem, Severity, Tier

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


def test_what_is_filled_in_is_read_off_the_postmortem_and_its_parts() -> None:
    started = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
    facts = Facts(title="t", service="s", severity=Severity.P1, started_at=started)
    bare = Postmortem(
        id=1,
        workspace="T1",
        number=1,
        channel="C1",
        channel_name="c",
        is_private=False,
        facts=facts,
        root_cause=" ",
        created_by="U1",
        created_at=started,
    )
    told = replace(facts, impact="i", detected_at=started, recovered_at=started)

    assert filled(bare, entries=0, factors=0, decisions=0) == NOTHING
    full = replace(bare, root_cause="r", facts=told)
    assert filled(full, entries=1, factors=1, decisions=2) == ALL
