"""The forms of a postmortem's facts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from blocks.facts import facts_in_words, not_asked
from blocks.forms import Opened
from blocks.limits import check_view
from blocks.parts import View
from blocks.postmortems import facts_modal, read_facts, read_start, start_modal
from domain.errors import RuleBroken
from domain.postmortems import Facts, Severity, Tier
from domain.prefill import Guess
from tests.blocks.samples import FACTS, POSTMORTEM, STARTED, marked_up, submitted, titled

GUESS = Guess(
    title="Checkout latency",
    service="checkout",
    severity=Severity.P1,
    started_at=STARTED,
    detected_at=STARTED + timedelta(minutes=4),
)


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


@pytest.mark.parametrize(
    "facts",
    [
        FACTS,
        Facts(title="a", service="b", severity=Severity.P3, started_at=STARTED),
        replace(FACTS, is_novel=True, hurt_customers=True, responders=(), impact=""),
        replace(FACTS, tier_override=Tier.PARAGRAPH, tier_reason="Seen before"),
        replace(FACTS, started_at=STARTED + timedelta(seconds=7), impact="a\n\nb & <c>"),
        replace(FACTS, users_affected=0, revenue_lost="12,000 EUR & more", budget_burned=0.0),
        replace(FACTS, users_affected=1_200_000, budget_burned=133.25),
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
        revenue_lost="e" * 60,
        users_affected=9_000_000_000,
        budget_burned=9_999.9999,
        responders=tuple(f"U{n}" for n in range(100)),
    )

    check_view(facts_modal(postmortem, 4))


@pytest.mark.parametrize("refilled", [False, True])
def test_what_the_channel_tells_is_filled_in(*, refilled: bool) -> None:
    request = read_start(submitted(check_view(start_form(refilled=refilled))))

    assert (request.channel, request.channel_name) == ("C1INC", "inc-checkout-latency")
    assert request.is_private
    assert request.facts == Facts(
        title="Checkout latency",
        service="checkout",
        severity=Severity.P1,
        started_at=STARTED,
        detected_at=STARTED + timedelta(minutes=4),
        responders=("U1ADA", "U2BEN"),
    )


@pytest.mark.parametrize(("earlier", "warned"), [(0, True), (5, False)])
def test_a_start_that_is_only_the_first_alert_is_said_to_be_that(
    earlier: int, *, warned: bool
) -> None:
    told = Guess(started_at=STARTED - timedelta(minutes=earlier), detected_at=STARTED)
    form = start_modal(channel="C1", channel_name="inc", is_private=False, guess=told)
    [hint] = [one["hint"]["text"] for one in form["blocks"] if one.get("block_id") == "started_at"]
    assert ("Mostly it began earlier" in hint) is warned


def test_a_refilled_form_shows_its_new_presets() -> None:
    ids = [
        {block["block_id"] for block in start_form(refilled=refilled)["blocks"] if "label" in block}
        for refilled in (False, True)
    ]

    guessed = {"title", "service", "severity", "started_at", "detected_at", "recovered_at"}
    guessed.add("responders")
    assert ids[0] - ids[1] == guessed
    assert ids[1] - ids[0] == {f"{name}.read" for name in guessed}


def test_a_channel_that_tells_nothing_leaves_the_form_empty() -> None:
    guess = Guess(title="", service="", severity=None)
    view = check_view(start_form(guess=guess))

    assert not any("initial_value" in block.get("element", {}) for block in view["blocks"])


@pytest.mark.parametrize("field", ["started_at", "severity"])
def test_what_cannot_be_guessed_is_asked_for(field: str) -> None:
    view = submitted(start_form())
    view["state"]["values"][field]["value"].update(selected_option=None, selected_date_time=None)

    with pytest.raises(RuleBroken) as refused:
        read_start(view)
    assert refused.value.field == field


def test_the_start_form_asks_nothing_that_is_only_known_later() -> None:
    asked = [block["block_id"] for block in start_form()["blocks"] if block["type"] == "input"]

    assert asked == [
        "title",
        "impact",
        "service",
        "severity",
        "started_at",
        "detected_at",
        "recovered_at",
        "novelty",
        "responders",
    ]


def test_what_a_form_does_not_ask_for_stays_as_it_is_stored() -> None:
    stored = replace(FACTS, users_affected=7, tier_override=Tier.FULL, tier_reason="Asked for")
    view = submitted(start_form())
    typed = read_start(view).facts

    kept = not_asked(view, typed, stored)
    assert kept == replace(
        typed, users_affected=7, tier_override=Tier.FULL, tier_reason="Asked for"
    )
    whole = submitted(facts_modal(POSTMORTEM, 1))
    assert not_asked(whole, FACTS, stored) == FACTS


@pytest.mark.parametrize(
    ("field", "typed"),
    [("users_affected", "many"), ("users_affected", "1.5"), ("budget_burned", "a third")],
)
def test_a_figure_that_is_none_is_refused_at_its_field(field: str, typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_facts(submitted(facts_modal(POSTMORTEM, 0), {field: typed}))
    assert refused.value.field == field


def test_how_long_it_took_is_computed_and_never_asked() -> None:
    said = "\n".join(marked_up(facts_modal(POSTMORTEM, 0)))

    assert "detected after 4 min, recovered after 1 h 12 min" in said
    assert marked_up(facts_modal(titled(detected_at=None, recovered_at=None), 0)) == []
    at_once = "\n".join(marked_up(facts_modal(titled(detected_at=STARTED), 0)))
    assert "detected within a minute" in at_once


def test_texts_are_trimmed() -> None:
    view = submitted(facts_modal(POSTMORTEM, 0), {"title": "  Latency ", "impact": " \n"})
    _, facts = read_facts(view)

    assert (facts.title, facts.impact) == ("Latency", "")


def test_the_facts_can_be_said_in_words() -> None:
    facts = replace(FACTS, is_novel=True, users_affected=1, budget_burned=33.5, revenue_lost="9 k")
    assert facts_in_words(facts, {"U1ADA": "Ada"}) == (
        "Checkout latency above 8 s\n"
        "checkout, P2, tier 1\n"
        "started 2026-11-21 14:03 UTC, detected 2026-11-21 14:07 UTC, "
        "recovered 2026-11-21 15:15 UTC\n"
        "a new kind of failure\n"
        "One checkout in five failed.\n"
        "1 user affected · 9 k lost · 33.5 % of the error budget used\n"
        "Responders: Ada, U2BEN"
    )
