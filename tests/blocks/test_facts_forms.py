"""The forms of a postmortem's facts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from blocks.facts import BY_RULE, facts_in_words
from blocks.forms import Opened
from blocks.limits import check_view
from blocks.parts import View
from blocks.postmortems import facts_modal, read_facts, read_start, start_modal
from domain.errors import RuleBroken
from domain.postmortems import Facts, Severity, Tier
from domain.prefill import Guess
from tests.blocks.samples import FACTS, POSTMORTEM, STARTED, submitted, titled

GUESS = Guess(title="Checkout latency", service="checkout", severity=Severity.P1)


def start_form(*, refilled: bool = False, guess: Guess = GUESS) -> View:
    """The start form of the sample channel."""
    return start_modal(
        channel="C1INC",
        channel_name="inc-checkout-latency",
        is_private=True,
        guess=guess,
        responders=("U1ADA", "U2BEN"),
        refilled=refilled,
    )


def filled(view: View) -> View:
    """The form submitted with nothing but the start added."""
    return submitted(view, {"started_at": STARTED.timestamp()})  # type: ignore[dict-item] # a number


@pytest.mark.parametrize(
    "facts",
    [
        FACTS,
        Facts(title="a", service="b", severity=Severity.P3, started_at=STARTED),
        replace(FACTS, is_novel=True, hurt_customers=True, responders=(), impact=""),
        replace(FACTS, tier_override=Tier.PARAGRAPH, tier_reason="Seen before"),
        replace(FACTS, started_at=STARTED + timedelta(seconds=7), impact="a\n\nb & <c>"),
    ],
)
def test_saving_the_facts_untouched_changes_nothing(facts: Facts) -> None:
    view = check_view(facts_modal(replace(POSTMORTEM, facts=facts), 4))

    assert read_facts(submitted(view)) == (Opened(postmortem_id=41, seen=4), facts)


def test_the_longest_facts_fit_the_form() -> None:
    postmortem = titled(
        title="a" * 150,
        service="b" * 60,
        impact="c" * 3000,
        tier_reason="d" * 500,
        responders=tuple(f"U{n}" for n in range(50)),
    )

    check_view(facts_modal(postmortem, 4))


@pytest.mark.parametrize("refilled", [False, True])
def test_what_the_channel_tells_is_filled_in(*, refilled: bool) -> None:
    request = read_start(filled(check_view(start_form(refilled=refilled))))

    assert (request.channel, request.channel_name) == ("C1INC", "inc-checkout-latency")
    assert request.is_private
    assert request.facts == Facts(
        title="Checkout latency",
        service="checkout",
        severity=Severity.P1,
        started_at=STARTED,
        responders=("U1ADA", "U2BEN"),
    )


def test_a_refilled_form_shows_its_new_presets() -> None:
    ids = [
        {block["block_id"] for block in start_form(refilled=refilled)["blocks"] if "label" in block}
        for refilled in (False, True)
    ]

    guessed = {"title", "service", "severity", "responders"}
    assert ids[0] - ids[1] == guessed
    assert ids[1] - ids[0] == {f"{name}.read" for name in guessed}


def test_a_channel_that_tells_nothing_leaves_the_form_empty() -> None:
    guess = Guess(title="", service="", severity=None)
    view = check_view(start_form(guess=guess))

    assert not any("initial_value" in block.get("element", {}) for block in view["blocks"])


@pytest.mark.parametrize("field", ["started_at", "severity"])
def test_what_cannot_be_guessed_is_asked_for(field: str) -> None:
    view = filled(start_form())
    view["state"]["values"][field]["value"].update(selected_option=None, selected_date_time=None)

    with pytest.raises(RuleBroken) as refused:
        read_start(view)
    assert refused.value.field == field


def test_the_depth_follows_the_rule_until_somebody_chooses() -> None:
    (block,) = [part for part in start_form()["blocks"] if part.get("block_id") == "tier_override"]

    assert block["element"]["initial_option"]["value"] == BY_RULE


def test_texts_are_trimmed() -> None:
    view = submitted(facts_modal(POSTMORTEM, 0), {"title": "  Latency ", "impact": " \n"})
    _, facts = read_facts(view)

    assert (facts.title, facts.impact) == ("Latency", "")


def test_the_facts_can_be_said_in_words() -> None:
    facts = replace(FACTS, is_novel=True, responders=("U1ADA", "U2BEN"))
    assert facts_in_words(facts, {"U1ADA": "Ada"}) == (
        "Checkout latency above 8 s\n"
        "checkout, P2, tier 1\n"
        "started 2026-11-21 14:03 UTC, detected 2026-11-21 14:07 UTC, "
        "recovered 2026-11-21 15:15 UTC\n"
        "a new kind of failure\n"
        "One checkout in five failed.\n"
        "Responders: Ada, U2BEN"
    )
