"""The forms of action items and accepted risks."""

from dataclasses import replace
from datetime import date

import pytest

from blocks.accepted_risks import read_risk, risk_modal
from blocks.action_items import ACCEPT_INSTEAD, ItemRequest, item_in_words, item_modal, read_item
from blocks.limits import check_view
from blocks.parts import Block, View
from domain.action_items import ActionItem, ItemKind
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.errors import RuleBroken
from domain.programme import Priority
from tests.blocks.samples import FACTOR, ITEM, POSTMORTEM, PROGRAMME, RISK, TODAY, submitted


def of(view: View, block_id: str) -> Block:
    """The view's input of that field."""
    return next(block for block in view["blocks"] if block.get("block_id") == block_id)


def test_an_item_saved_untouched_reads_back_the_same() -> None:
    view = check_view(item_modal(POSTMORTEM, [FACTOR], PROGRAMME, TODAY, ITEM, seen=2))
    request = read_item(submitted(view))

    assert (request.postmortem_id, request.seen, request.item_id) == (41, 2, 90)
    assert request.item(PROGRAMME, TODAY) == replace(ITEM, position=None)


@pytest.mark.parametrize("factors", [[], [FACTOR]])
def test_a_new_item_comes_back_as_nobody_filled_it_in(factors: list[ContributingFactor]) -> None:
    view = check_view(item_modal(POSTMORTEM, factors, PROGRAMME, TODAY))

    assert read_item(submitted(view)) == ItemRequest(postmortem_id=41)


def test_a_draft_is_shown_as_it_was_typed() -> None:
    draft = ItemRequest(postmortem_id=41, what="Drain", owner="U2BEN", kind=ItemKind.PROCESS)
    view = check_view(item_modal(POSTMORTEM, [FACTOR], PROGRAMME, TODAY, draft=draft))

    assert read_item(submitted(view)) == draft


def test_an_item_without_a_day_is_due_by_its_priority() -> None:
    request = ItemRequest(postmortem_id=41, kind=ItemKind.PROCESS, priority=Priority.P1)

    assert request.item(PROGRAMME, TODAY).due_on == date(2026, 12, 5)
    hint = of(item_modal(POSTMORTEM, [], PROGRAMME, TODAY), "due_on")["hint"]["text"]
    assert "P1 on 5 Dec 2026, P2 on 21 Dec 2026, P3 on 20 Jan 2027" in hint


def test_an_item_without_a_kind_is_refused_at_that_field() -> None:
    with pytest.raises(RuleBroken, match="sort of change") as refused:
        ItemRequest(postmortem_id=41).item(PROGRAMME, TODAY)
    assert refused.value.field == "kind"


def test_an_item_answers_one_of_the_factors() -> None:
    factors = [
        ContributingFactor(kind=FactorKind.SLOWED_DETECTION, text="long\n" * 100, id=n)
        for n in range(1, 31)
    ]
    view = check_view(item_modal(POSTMORTEM, factors, PROGRAMME, TODAY, ITEM))

    assert of(view, "factor")["element"]["initial_option"]["value"] == "3"
    assert not of(view, "factor")["optional"]


@pytest.mark.parametrize(("item", "offered"), [(None, 1), (ITEM, 0)])
def test_who_finds_no_owner_can_accept_the_risk(item: ActionItem | None, offered: int) -> None:
    view = item_modal(POSTMORTEM, [], PROGRAMME, TODAY, item)
    buttons = [part for block in view["blocks"] for part in block.get("elements", [])]

    ids = [part["action_id"] for part in buttons if part["type"] == "button"]
    assert ids == [ACCEPT_INSTEAD] * offered


def test_an_item_at_its_longest_fits_the_form() -> None:
    item = replace(ITEM, what="a" * 200, done_when="b" * 500)

    check_view(item_modal(POSTMORTEM, [], PROGRAMME, TODAY, item))


def test_a_risk_comes_back_with_what_was_typed_before_it() -> None:
    view = check_view(risk_modal(POSTMORTEM, PROGRAMME, TODAY, "Add a third region"))
    typed = {"risk": "Two regions fail at once", "accepter": "U1ADA"}
    request = read_risk(submitted(view, typed))

    assert request.reason == "Nobody owns this change: Add a third region"
    typed["reason"] = " Rare "
    assert read_risk(submitted(view, typed)).accepted(PROGRAMME, TODAY) == RISK


def test_a_risk_is_accepted_for_as_long_as_the_programme_says() -> None:
    request = read_risk(submitted(risk_modal(POSTMORTEM, PROGRAMME, TODAY)))

    assert request.risk == request.accepter == request.reason == ""
    assert replace(request, until=None).accepted(PROGRAMME, TODAY).until == date(2027, 5, 20)


def test_an_item_can_be_said_in_words() -> None:
    assert item_in_words(ITEM, "Ben", "No limit per tenant") == (
        "Drain connections before a failover\n"
        "Done when: A failover in staging loses no request\n"
        "Owner: Ben\n"
        "P1, due 5 Dec 2026, guardrail\n"
        "Answers: No limit per tenant"
    )
