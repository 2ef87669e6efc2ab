"""Causal classes in the form and on the card."""

from datetime import timedelta
from typing import Any

import pytest

from blocks.causal_classes import Choice, classes_blocks, classes_input, read_classes
from blocks.forms import values
from blocks.limits import check_message, check_view
from blocks.parts import modal
from domain.causal_classes import CausalClass, Earlier
from domain.class_suggestions import Suggestion
from tests.blocks.samples import POSTMORTEM, STARTED, marked_up, submitted

EXPIRED, CAPACITY = CausalClass(id=2, name="expired credential"), CausalClass(id=8, name="capacity")
OLD = CausalClass(id=1, name="old name", is_retired=True)


def before(number: int, days: int, open_items: int = 0, class_id: int = 2) -> Earlier:
    """An incident so many days earlier."""
    return Earlier(
        class_id=class_id,
        postmortem_id=number,
        number=number,
        title="An earlier one",
        started_at=STARTED - timedelta(days=days),
        open_items=open_items,
    )


def element(choice: Choice) -> dict[str, Any]:
    """The list of classes that a form offers."""
    (block,) = classes_input(choice)
    check_view(modal("Form", [block], submit="Save"))
    found: dict[str, Any] = block["element"]
    return found


def card(*earlier: Earlier, classes: tuple[CausalClass, ...] = (EXPIRED,)) -> str:
    blocks = classes_blocks(POSTMORTEM, classes, earlier)
    check_message({"text": "x", "blocks": blocks})
    return "\n".join(marked_up(blocks))


def test_each_class_says_what_it_did_before() -> None:
    earlier = [before(3, 20, 2), before(4, 9), before(5, 8, class_id=8)]
    offered = element(Choice(taxonomy=[EXPIRED, CAPACITY, OLD], earlier=earlier))["options"]

    assert [each.get("description", {}).get("text") for each in offered] == [
        "2 incidents in six months, 2 items open",
        "1 incident in six months, no items open",
        None,
    ]


def test_a_suggestion_is_chosen_already_and_says_why() -> None:
    suggested = [Suggestion(class_id=2, phrase="certificate expired")]
    choice = Choice(taxonomy=[EXPIRED, CAPACITY], suggested=suggested)

    assert [each["value"] for each in element(choice)["initial_options"]] == ["2"]
    assert classes_input(choice)[0]["hint"]["text"] == (
        "Suggested from “certificate expired”. Change it if it is wrong."
    )


def test_what_was_chosen_stands_above_any_suggestion() -> None:
    suggested = [Suggestion(class_id=2, phrase="certificate expired")]
    choice = Choice(taxonomy=[EXPIRED, CAPACITY], chosen=[CAPACITY], suggested=suggested)

    assert [each["value"] for each in element(choice)["initial_options"]] == ["8"]
    assert "Suggested" not in classes_input(choice)[0]["hint"]["text"]


def test_a_retired_class_stays_on_the_incident_that_has_it() -> None:
    (block,) = classes_input(Choice(taxonomy=[EXPIRED], chosen=[OLD]))
    form = submitted(modal("Form", [block], submit="Save"))

    assert read_classes(values(form)) == (1,)


def test_nothing_to_choose_from_is_no_input() -> None:
    assert classes_input(Choice()) == []
    assert read_classes({}) is None


def test_a_card_counts_the_incidents_of_a_class_and_their_open_items() -> None:
    assert card(before(9, 68, 2), before(3, 111)) == (
        "*Causal class*\n"
        "*expired credential* · third in six months: PM-3 (2 Aug), PM-9 (14 Sep) · 2 items open"
    )


def test_a_class_that_is_new_is_the_first() -> None:
    said = card(before(3, 5, 1), classes=(EXPIRED, CAPACITY))

    assert said.startswith("*Causal classes*\n*expired credential* · second in six months: PM-3")
    assert said.endswith("(16 Nov) · 1 item open\n*capacity* · first in six months")


def test_what_happened_later_is_not_counted_as_earlier() -> None:
    assert "first in six months" in card(before(3, -5, 1))


@pytest.mark.parametrize(
    ("times", "ordinal"), [(9, "tenth"), (10, "11th"), (21, "22nd"), (111, "112th"), (100, "101st")]
)
def test_many_incidents_are_counted_and_the_latest_are_named(times: int, ordinal: str) -> None:
    said = card(*(before(number, 200 - number) for number in range(times)))

    assert f"· {ordinal} in six months: PM-{times - 4} (" in said
    assert f", {times - 4} before these" in said


def test_a_name_cannot_say_anything_to_slack() -> None:
    said = card(classes=(CausalClass(id=1, name="<!channel> " + "&" * 49),))

    assert "&lt;!channel&gt;" in said


def test_no_class_is_no_block() -> None:
    assert classes_blocks(POSTMORTEM, (), [before(3, 5)]) == []
