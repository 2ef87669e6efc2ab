"""The main job: from the command to a full card that is always current."""

from typing import Any

import pytest

from blocks.postmortems import (
    ACCEPT_RISK,
    ADD_ITEM,
    OPEN_FACTORS,
    OPEN_FACTS,
    OPEN_ROOT_CAUSE,
    OPEN_TIMELINE,
)
from tests.scenarios.stage import CHANNEL, STARTED, Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
LINES = "2026-11-20 09:03 failover started\n09:07 first alert\n10:20 all clear"


@both_ways
async def test_a_postmortem_is_captured_from_command_to_full_card(slack: Stage) -> None:
    await slack.started(severity="P2", recovered_at=STARTED, impact="One in five failed.")
    await slack.saved("ana", OPEN_TIMELINE, entries=LINES)
    await slack.saved("bob", OPEN_FACTORS, made_possible="- Pool sized for one region")
    cause: dict[str, Any] = {
        "root_cause": "The failover doubled the load.",
        "classes": ["capacity"],
    }
    await slack.saved("mei", OPEN_ROOT_CAUSE, **cause)
    for what in ("Drain first", "Alert on p99"):
        await slack.promised(what=what, factor="Pool sized for one region")
    card = slack.card().words()
    for words in ("failover started", "Pool sized", "doubled the load", "Drain first", "2 of 3"):
        assert words in card
    assert "Everything is written. " in card


@both_ways
async def test_the_card_is_one_message_that_is_kept_current_and_pinned(slack: Stage) -> None:
    await slack.started()
    first = slack.card()
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="The pool was too small.")
    await slack.saved("bob", OPEN_FACTS, title="Checkout slow")
    assert slack.card().ts == first.ts
    assert "PM-1 · Checkout slow" in slack.card().words()
    assert first.pinned
    assert len(slack.sandbox.calls_of("chat.postMessage")) == 1
    assert len(slack.sandbox.calls_of("chat.update")) == 2


async def test_the_card_says_what_its_tier_still_asks_for(slack: Stage) -> None:
    await slack.started(severity="P3")
    words = slack.card().words()
    assert "*Still missing for tier 3:*" in words
    assert "one paragraph on what happened, causal class, an action item" in words


async def test_the_command_opens_the_postmortem_once_there_is_one(slack: Stage) -> None:
    await slack.started()
    await slack.person("bob").command(CHANNEL, "/postmortem")
    hub = await slack.person("bob").modal()
    assert hub.title == "Postmortem PM-1"
    assert "Checkout latency" in hub.text()
    assert "No postmortem" not in hub.text()


@pytest.mark.parametrize(
    ("button", "title"),
    [
        (OPEN_FACTS, "PM-1 · Facts"),
        (OPEN_TIMELINE, "PM-1 · Timeline"),
        (OPEN_FACTORS, "PM-1 · Factors"),
        (OPEN_ROOT_CAUSE, "PM-1 · Root cause"),
        (ADD_ITEM, "PM-1 · Action item"),
        (ACCEPT_RISK, "PM-1 · Accept a risk"),
    ],
)
async def test_the_postmortems_window_lays_each_form_on_top(
    slack: Stage, button: str, title: str
) -> None:
    await slack.started()
    bob = slack.person("bob")
    await bob.command(CHANNEL, "/postmortem")
    await bob.modal("Postmortem PM-1")
    await bob.press(action_id=button)
    assert (await bob.modal(title)).view["previous_view_id"]


async def test_saving_a_form_laid_on_top_returns_to_the_channel(slack: Stage) -> None:
    await slack.started()
    bob = slack.person("bob")
    await bob.command(CHANNEL, "/postmortem")
    hub = await bob.modal("Postmortem PM-1")
    await bob.press(action_id=OPEN_ROOT_CAUSE)
    form = await bob.modal("PM-1 · Root cause")
    assert (await form.fill(root_cause="Too small a pool.").submit()).closed
    assert not hub.is_open
    await slack.settled()
    assert "Too small a pool." in slack.card().words()
