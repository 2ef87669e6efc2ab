"""The tier decides what is asked; it follows the rule, or a person with a reason (rule 5)."""

from typing import Any

import pytest

from blocks.postmortems import OPEN_FACTS, OPEN_ROOT_CAUSE, OPEN_TIMELINE
from tests.scenarios.stage import CHANNEL, FACTS, STARTED, Stage


async def test_the_start_form_asks_nothing_that_can_wait(slack: Stage) -> None:
    form = await slack.start_form()
    asked = {name.partition(".")[0] for name in form.values}
    assert asked == {
        *("title", "service", "severity", "started_at", "detected_at", "recovered_at"),
        *("impact", "novelty", "responders"),
    }


@pytest.mark.parametrize(
    ("severity", "asked"),
    [
        ("P1", ["why_1", "why_2", "why_3", "why_4", "why_5", "root_cause", "classes"]),
        ("P2", ["root_cause", "classes"]),
        ("P3", ["root_cause", "classes"]),
    ],
)
async def test_a_deeper_tier_asks_for_more(slack: Stage, severity: str, asked: list[str]) -> None:
    await slack.started(severity=severity)
    form = await slack.opened("ana", OPEN_ROOT_CAUSE)
    assert list(form.values) == asked
    assert form.title == f"PM-1 · {'What happened' if severity == 'P3' else 'Root cause'}"


async def test_a_standard_postmortem_is_complete_in_a_few_forms(slack: Stage) -> None:
    await slack.started(severity="P2", recovered_at=STARTED, impact="One in five failed.")
    await slack.saved("ana", OPEN_TIMELINE, entries="14:03 failover")
    cause: dict[str, Any] = {
        "root_cause": "The pool was full.",
        "classes": ["dependency exhaustion"],
    }
    await slack.saved("ana", OPEN_ROOT_CAUSE, **cause)
    for what in ("Drain first", "Alert on p99"):
        await slack.promised(what=what)
    assert "yet to agree." in slack.card().words()


async def test_a_paragraph_is_complete_with_a_cause_a_class_and_an_item(slack: Stage) -> None:
    await slack.started(severity="P3", recovered_at=STARTED)
    cause: dict[str, Any] = {"root_cause": "The disk filled up.", "classes": ["capacity"]}
    await slack.saved("ana", OPEN_ROOT_CAUSE, **cause)
    await slack.promised()
    assert "Everything that tier 3 asks for is here." in slack.card().words()


async def test_another_tier_needs_a_reason_and_is_chosen_with_the_facts(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", OPEN_FACTS)).fill(tier_override="2")
    assert "Say why tier 2 fits better." in (await form.submit()).errors["tier_reason"]
    assert (await form.fill(tier_reason="Known, and nobody noticed").submit()).closed
    await slack.settled()
    assert "_Tier 1 by the rule, tier 2 because:_ Known" in slack.card().words()


async def test_figures_are_added_once_they_are_known(slack: Stage) -> None:
    await slack.started()
    figures = {"users_affected": "2300", "revenue_lost": "12,000 EUR", "budget_burned": "33.5"}
    await slack.saved("ana", OPEN_FACTS, **figures)
    form = await slack.opened("bob", OPEN_FACTS)
    for name, typed in figures.items():
        assert form.values[name]["value"]["value"] == typed


async def test_starting_after_somebody_else_loses_none_of_what_they_added(slack: Stage) -> None:
    bobs = await slack.start_form("bob")
    await slack.started("ana")
    await slack.saved("mei", OPEN_FACTS, users_affected="7", tier_override="2", tier_reason="Known")
    assert not (await bobs.fill(**{**FACTS, "title": "Bob's title"}).submit()).closed
    assert (await bobs.submit()).closed
    await slack.settled()
    assert "tier 2 because:_ Known" in slack.card().words()
    form = await slack.opened("ana", OPEN_FACTS, CHANNEL)
    assert form.values["users_affected"]["value"]["value"] == "7"
