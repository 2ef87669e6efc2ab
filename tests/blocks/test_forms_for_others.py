"""The forms of decisions that somebody takes for another, or that undo what another decided."""

from dataclasses import replace

import pytest

from blocks.decision_forms import decision_modal
from blocks.limits import check_view
from domain.action_items import ItemState
from domain.decisions import Decision
from tests.blocks.samples import ITEM, marked_up
from tests.blocks.test_deciding_forms import DRAFT, inputs, preset


@pytest.mark.parametrize("decision", [Decision.ACCEPT, Decision.PROMOTE])
@pytest.mark.parametrize(("has_left", "chosen"), [(False, "U2BEN"), (True, "U9LEAD")])
def test_whoever_decides_for_another_finds_the_owner_chosen_who_is_here(
    decision: Decision, *, has_left: bool, chosen: str
) -> None:
    leads = replace(DRAFT, person="U9LEAD", has_left=has_left)
    assert preset(decision_modal(decision, leads), "person") == chosen


def test_what_expires_again_when_reopened_asks_for_no_day() -> None:
    over = replace(DRAFT, item=replace(ITEM, state=ItemState.ACCEPTED, reviews_seen=2))
    view = check_view(decision_modal(Decision.REOPEN, over))
    assert inputs(view) == ["words"]
    assert "It stays due 5 Dec 2026, and cannot be moved." in "\n".join(marked_up(view))


def test_whoever_does_not_accept_the_risk_is_asked_why_not() -> None:
    view = decision_modal(Decision.REOPEN, replace(DRAFT, declines=True))
    (asked,) = [each for each in view["blocks"] if each.get("block_id") == "words"]
    assert asked["label"]["text"] == "Why not?"
