"""Facts that can be true, the tier that follows from them, and what it still asks for (rule 5)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import RuleBroken
from domain.postmortems import (
    REASON_MAX,
    RESPONDERS_MAX,
    SERVICE_MAX,
    TEXT_MAX,
    TITLE_MAX,
    Facts,
    Postmortem,
    Severity,
    Tier,
    check_facts,
    read_key,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FACTS = Facts(
    title="Checkout down", service="checkout", severity=Severity.P2, started_at=NOW - 3 * HOUR
)
FULL, STANDARD, PARAGRAPH = Tier


def changed(**facts: object) -> Facts:
    return replace(FACTS, **facts)  # type: ignore[arg-type]  # a table of fields


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"title": "x" * TITLE_MAX, "service": "x" * SERVICE_MAX, "impact": "x" * TEXT_MAX},
        {"detected_at": FACTS.started_at, "recovered_at": FACTS.started_at},
        {"detected_at": FACTS.started_at + 2 * HOUR, "recovered_at": FACTS.started_at + HOUR},
        {"started_at": NOW + timedelta(minutes=5)},
        {"responders": ("U1",) * RESPONDERS_MAX},
        {"tier_override": STANDARD},
        {"tier_override": FULL, "tier_reason": "Three teams were hit."},
    ],
)
def test_facts_that_can_be_true_are_kept(facts: dict[str, object]) -> None:
    assert check_facts(changed(**facts), NOW) == changed(**facts)


@pytest.mark.parametrize(
    ("field", "facts", "sentence"),
    [
        ("title", {"title": " "}, "Say in a few words what happened."),
        ("title", {"title": "x" * 151}, "151 characters are too many: shorten it to 150 or fewer."),
        ("service", {"service": ""}, "Name the service that failed, as its team calls it."),
        (
            "service",
            {"service": "x" * 61},
            "61 characters are too many: shorten it to 60 or fewer.",
        ),
        (
            "impact",
            {"impact": "x" * 3001},
            "3,001 characters are too many: shorten it to 3,000 or fewer.",
        ),
        (
            "tier_reason",
            {"tier_reason": "x" * (REASON_MAX + 1)},
            "501 characters are too many: shorten it to 500 or fewer.",
        ),
        (
            "started_at",
            {"started_at": NOW + HOUR},
            "This lies in the future. When did it start?",
        ),
        (
            "detected_at",
            {"detected_at": FACTS.started_at - HOUR},
            "It cannot be detected before it started: mend one of the two.",
        ),
        (
            "detected_at",
            {"detected_at": NOW + HOUR},
            "This lies in the future. Leave it empty until it has happened.",
        ),
        (
            "recovered_at",
            {"recovered_at": NOW + HOUR},
            "This lies in the future. Leave it empty until it has happened.",
        ),
        (
            "recovered_at",
            {"recovered_at": FACTS.started_at - HOUR},
            "It cannot be over before it started: mend one of the two.",
        ),
        (
            "tier_reason",
            {"tier_override": PARAGRAPH, "tier_reason": " "},
            "The rules make this tier 2. Say why tier 3 fits better.",
        ),
        (
            "responders",
            {"responders": ("U1",) * (RESPONDERS_MAX + 1)},
            "Name the 100 people who did most; others can be added as text.",
        ),
    ],
)
def test_facts_that_cannot_be_true_are_refused(
    field: str, facts: dict[str, object], sentence: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_facts(changed(**facts), NOW)
    assert (broken.value.field, str(broken.value)) == (field, sentence)


@pytest.mark.parametrize(
    ("facts", "tier"),
    [
        ({"severity": Severity.P1}, FULL),
        ({"severity": Severity.P2}, STANDARD),
        ({"severity": Severity.P3}, PARAGRAPH),
        ({"severity": Severity.P2, "is_novel": True}, FULL),
        ({"severity": Severity.P3, "is_novel": True}, FULL),
        ({"severity": Severity.P2, "hurt_customers": True}, FULL),
        ({"severity": Severity.P3, "hurt_customers": True}, FULL),
    ],
)
def test_the_tier_follows_severity_novelty_and_customers(
    facts: dict[str, object], tier: Tier
) -> None:
    assert changed(**facts).rule_tier is changed(**facts).tier is tier


@pytest.mark.parametrize("tier", Tier)
def test_an_override_wins_over_the_rule(tier: Tier) -> None:
    facts = changed(tier_override=tier)
    assert (facts.tier, facts.rule_tier) == (tier, STANDARD)


def test_people_call_a_postmortem_by_its_number() -> None:
    postmortem = Postmortem(
        id=9,
        workspace="T1",
        number=4,
        channel="C1",
        channel_name="inc-checkout",
        is_private=False,
        facts=FACTS,
        root_cause="",
        created_by="U1",
        created_at=NOW,
    )
    assert postmortem.key == "PM-4"


@pytest.mark.parametrize(
    ("said", "number"),
    [("PM-12", 12), (" pm-007 ", 7), ("3", 3), ("PM-0", None), ("PM 3", None), ("", None)],
)
def test_a_postmortem_is_named_by_its_key_or_number(said: str, number: int | None) -> None:
    assert read_key(said) == number
