"""The forms of decisions: each asks for what it needs, and what is read is what was typed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.decision_forms import (
    beneath,
    decision_modal,
    form_of,
    overtaken,
    read_decision,
)
from blocks.decision_inputs import FORMS, Draft
from blocks.forms import opened, refusals
from blocks.limits import check_view
from blocks.parts import View
from domain.action_items import Progress
from domain.decisions import Decided, Decision, Moment, decide
from domain.errors import RuleBroken
from tests.blocks.samples import (
    ITEM,
    POSTMORTEM,
    PROGRAMME,
    STARTED,
    TODAY,
    marked_up,
    submitted,
)
from tests.blocks.test_cards import OURS

DRAFT = Draft(
    postmortem=POSTMORTEM,
    item=ITEM,
    programme=PROGRAMME,
    seen=3,
    person="U2BEN",
    today=TODAY,
    window="V1WINDOW",
    hub="V1HUB",
)
#: Which inputs each form has, in their order.
INPUTS = {
    Decision.START: ["words"],
    Decision.BLOCK: ["words"],
    Decision.IMPLEMENT: ["words", "link"],
    Decision.VERIFY: ["words", "link"],
    Decision.REOPEN: ["words", "day"],
    Decision.RESCHEDULE: ["day", "words"],
    Decision.RESCOPE: ["what", "done_when", "words"],
    Decision.CANCEL: ["words"],
    Decision.ACCEPT: ["risk", "person", "words", "day"],
    Decision.PROMOTE: ["words", "link", "person"],
    Decision.REASSIGN: ["person", "words"],
}
TEXTS = ("words", "link", "risk", "what", "done_when")


def inputs(view: View) -> list[str]:
    """The fields that a form asks for."""
    return [each["block_id"] for each in view["blocks"] if each["type"] == "input"]


def preset(view: View, field: str) -> Any:
    """What an input of a form holds when it opens."""
    (element,) = [each["element"] for each in view["blocks"] if each.get("block_id") == field]
    return next((value for name, value in element.items() if name.startswith("initial_")), None)


@pytest.mark.parametrize("decision", list(FORMS))
def test_a_form_asks_for_what_its_decision_needs(decision: Decision) -> None:
    view = check_view(decision_modal(decision, DRAFT))

    assert inputs(view) == INPUTS[decision]
    assert view["callback_id"] == form_of(decision)
    assert "*PM-7/1* · *Drain connections before a failover*" in marked_up(view)[0]


def test_whoever_is_asked_needs_no_form() -> None:
    assert set(Decision) - set(FORMS) == {Decision.TAKE, Decision.DECLINE}


@pytest.mark.parametrize("decision", list(FORMS))
@given(typed=st.fixed_dictionaries(dict.fromkeys(TEXTS, st.text(max_size=80))))
def test_what_is_read_is_what_was_typed(decision: Decision, typed: Mapping[str, str]) -> None:
    view = decision_modal(decision, DRAFT)
    chosen = {"person": "U7", "day": "2027-01-15"}
    item_id, seen, said = read_decision(submitted(view, {**typed, **chosen}))

    asked = set(INPUTS[decision])
    assert (item_id, seen, said.decision) == (90, 3, decision)
    for field in TEXTS:
        there = "\n".join(typed[field].splitlines()) if field in asked else ""
        assert "\n".join(getattr(said, field).splitlines()) == there.strip()
    assert said.person == ("U7" if "person" in asked else "")
    assert said.day == (date(2027, 1, 15) if "day" in asked else None)


def test_a_form_remembers_where_it_stands() -> None:
    view = decision_modal(Decision.BLOCK, DRAFT)

    assert beneath(view) == ("V1WINDOW", "V1HUB")
    assert opened(view).postmortem_id == 41


def test_what_is_likely_is_chosen_already() -> None:
    accept = decision_modal(Decision.ACCEPT, DRAFT)

    assert preset(accept, "person") == "U2BEN"
    assert preset(accept, "day") == "2027-05-20"
    assert preset(decision_modal(Decision.REOPEN, DRAFT), "day") == "2026-12-05"
    assert preset(decision_modal(Decision.RESCHEDULE, DRAFT), "day") is None
    rescope = decision_modal(Decision.RESCOPE, DRAFT)
    assert (preset(rescope, "what"), preset(rescope, "done_when")) == (ITEM.what, ITEM.done_when)


def test_a_note_that_stands_is_there_to_be_changed() -> None:
    begun = replace(ITEM, progress=Progress.BLOCKED, note="the vendor")
    view = decision_modal(Decision.BLOCK, replace(DRAFT, item=begun))

    assert preset(view, "words") == "the vendor"
    assert preset(decision_modal(Decision.BLOCK, DRAFT), "words") is None


def test_how_often_it_was_moved_is_said_before_it_moves_again() -> None:
    moved = replace(DRAFT, item=replace(ITEM, reschedules=2))

    said = "\n".join(marked_up(decision_modal(Decision.RESCHEDULE, moved)))
    assert "It is due 5 Dec 2026. It was moved twice so far." in said


def test_whoever_may_not_read_a_private_item_reads_its_key_alone() -> None:
    begun = replace(ITEM, progress=Progress.BLOCKED, note="the vendor")
    hidden = replace(DRAFT, item=begun, tells=False)

    assert marked_up(decision_modal(Decision.REASSIGN, hidden)) == ["*PM-7/1* · a private item"]
    assert preset(decision_modal(Decision.BLOCK, hidden), "words") is None


@pytest.mark.parametrize("decision", list(FORMS))
def test_every_refusal_has_an_input_of_the_form_to_stand_at(decision: Decision) -> None:
    view = submitted(decision_modal(decision, DRAFT))
    at = Moment(by="U2BEN", now=STARTED, today=TODAY, programme=PROGRAMME)
    _, _, said = read_decision(view)
    if decision is Decision.START:
        said = replace(said, words="a" * 501)
    with pytest.raises(RuleBroken) as broken:
        decide(ITEM, said, at)

    assert refusals(view, broken.value) == {broken.value.field: str(broken.value)}


@pytest.mark.parametrize("decision", list(FORMS))
@pytest.mark.parametrize("letter", ["a", "&", "<!channel>", "é", "🔥", "a\n"])
def test_a_form_at_its_longest_is_taken(decision: Decision, letter: str) -> None:
    text = letter * 500
    item = replace(
        ITEM,
        what=text[:300],
        done_when=text[:500],
        note=text[:500],
        progress=Progress.BLOCKED,
        reschedules=99,
    )
    view = check_view(decision_modal(decision, replace(DRAFT, item=item)))

    typed = submitted(view, dict.fromkeys(TEXTS, text[:500]))
    check_view(overtaken(typed, [text[:2500]] * 9, 12))


@given(st.text(alphabet=st.sampled_from("<>&!@#|^\n`*_~ aU1")) | st.text())
def test_nothing_typed_becomes_mark_up_that_slack_obeys(typed: str) -> None:
    item = replace(ITEM, what=typed or "-")
    view = decision_modal(Decision.CANCEL, replace(DRAFT, item=item))

    assert "<" not in OURS.sub("", "".join(marked_up(view)))


def test_whoever_was_overtaken_keeps_what_they_typed() -> None:
    view = submitted(decision_modal(Decision.BLOCK, DRAFT), {"words": "the vendor"})
    again = overtaken(view, ["<@U1> cancelled it: old (a moment ago)"], 4)
    twice = overtaken(submitted(again), ["<@U1> reopened it"], 5)

    assert "cancelled it" in "".join(marked_up(again))
    assert read_decision(submitted(again)) == (
        90,
        4,
        Decided(decision=Decision.BLOCK, words="the vendor"),
    )
    assert "cancelled it" not in "".join(marked_up(twice))
    assert beneath(twice) == ("V1WINDOW", "V1HUB")


def test_whoever_cannot_decide_so_any_more_reads_what_can_be_done() -> None:
    view = submitted(decision_modal(Decision.BLOCK, DRAFT), {"words": "the vendor"})
    instead = "This item is cancelled. If it is needed again, reopen it."
    said = "\n".join(marked_up(check_view(overtaken(view, ["<@U1> cancelled it"], 4, instead))))

    assert f"Nothing of yours is kept. {instead}" in said
    assert "pressing the button again" not in said


def test_the_way_out_of_cancelling_is_not_called_cancel() -> None:
    ways = {each: decision_modal(each, DRAFT)["close"]["text"] for each in FORMS}

    assert ways.pop(Decision.CANCEL) == "Keep it"
    assert set(ways.values()) == {"Cancel"}


@pytest.mark.parametrize(("person", "told"), [("U1ADA", True), (ITEM.owner, False)])
def test_who_owns_it_already_is_not_told_of_choosing_themselves(person: str, *, told: bool) -> None:
    view = decision_modal(Decision.REASSIGN, replace(DRAFT, person=person))
    (hint,) = [each["hint"]["text"] for each in view["blocks"] if each.get("block_id") == "person"]

    assert ("If you choose yourself" in hint) is told


def test_what_a_project_and_soaking_mean_is_said_in_their_forms() -> None:
    promoted, shipped = (
        marked_up(decision_modal(each, DRAFT))[-1]
        for each in (Decision.PROMOTE, Decision.IMPLEMENT)
    )

    assert promoted == "I ask no more about it then. The project's link stays on the card."
    assert "it has 30 days to show that it works" in shipped
