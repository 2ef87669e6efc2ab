"""Hints of the language check: under the input they concern, once, and within Slack's limits."""

import pytest

from blocks.action_items import item_modal, read_item
from blocks.conflicts import conflict
from blocks.contributing_factors import factors_modal
from blocks.forms import opened, remembered, values
from blocks.hints import SAVE_AS_IT_IS, hinted, unhinted
from blocks.limits import check_view
from blocks.parts import View, section
from domain.words import Finding, findings
from tests.blocks.samples import (
    EDIT,
    FACTOR,
    ITEM,
    POSTMORTEM,
    PROGRAMME,
    TODAY,
    marked_up,
    submitted,
)

WORDS = "Human error. We should have known. Bob forgot. It was obviously wrong. A typo."


def item_form(**typed: str) -> View:
    """An item's form as it was submitted."""
    form = item_modal(POSTMORTEM, [FACTOR], PROGRAMME, TODAY, item=ITEM, seen=1)
    return submitted(form, {"what": ITEM.what, **typed})


def factors_form(text: str) -> View:
    """The factors' form as it was submitted."""
    return submitted(factors_modal(POSTMORTEM, [FACTOR], 2), {"made_possible": text})


def found_in(text: str, field: str = "made_possible") -> dict[str, list[Finding]]:
    return {field: findings(text)}


def test_everything_stays_as_typed_under_a_hint_beside_its_input() -> None:
    mine = item_form(what="Improve monitoring")
    view = check_view(hinted(mine, mine, found_in("Improve monitoring", "what")))

    assert read_item(submitted(view)) == read_item(mine)
    places = [block["block_id"] for block in view["blocks"] if "block_id" in block]
    assert places[:3] == ["what", "hint:what", "done_when"]
    assert marked_up(view)[0].startswith(":bulb: *“Improve monitoring”* Nobody could tell")


def test_the_button_says_that_the_words_may_stay() -> None:
    mine = factors_form("Human error")
    view = hinted(mine, mine, found_in("Human error"))

    assert view["submit"]["text"] == SAVE_AS_IT_IS == "Save as it is"
    assert "state" not in view
    assert "id" not in view
    assert opened(view) == opened(mine)


def test_an_input_explains_three_findings_and_counts_the_rest() -> None:
    mine = factors_form(WORDS)
    (words,) = marked_up({"blocks": hinted(mine, mine, found_in(WORDS))["blocks"][1:]})

    assert words.count(":bulb:") == 3
    assert words.endswith("… and 2 more like these.")


def test_the_same_words_are_explained_once() -> None:
    mine = factors_form("Human error\nhuman\t error")
    view = hinted(mine, mine, found_in("Human error\nhuman\t error"))

    assert marked_up(view)[-1].count(":bulb:") == 1


def test_a_phrase_is_hinted_once_and_a_new_one_again() -> None:
    mine = factors_form("Human error")
    once = submitted(hinted(mine, mine, found_in("Human error")), {"made_possible": "x"})

    assert unhinted(mine, found_in("Human error")) == found_in("Human error")
    assert unhinted(once, found_in("HUMAN  error")) == {}
    new = unhinted(once, found_in("Human error. Bob forgot."))
    assert [each.phrase for each in new["made_possible"]] == ["Bob forgot"]


def test_a_second_hint_replaces_the_first_and_remembers_both() -> None:
    mine = factors_form("Human error")
    once = submitted(hinted(mine, mine, found_in("Human error")), {"made_possible": "Bob forgot"})
    twice = hinted(once, once, found_in("Bob forgot"))

    assert len(twice["blocks"]) == len(once["blocks"])
    assert "Human error" not in "\n".join(marked_up(twice))
    assert unhinted(twice, found_in("Bob forgot. Human error.")) == {}


def test_what_was_typed_mentions_nobody_in_a_hint() -> None:
    text = "<@U123> broke <!channel>. The engineer of *<x> & co* ran it."
    mine = factors_form(text)
    words = marked_up(hinted(mine, mine, found_in(text)))[-1]

    assert "*“&lt;@U123&gt; broke”*" in words
    assert "“engineer of *&lt;x&gt; &amp; co* ran”" in words
    assert "<" not in words


def test_in_a_text_of_several_inputs_the_one_with_the_phrase_has_the_hint() -> None:
    factors = [FACTOR] * 10
    form = factors_modal(POSTMORTEM, factors, 2)
    first = next(n for n, block in enumerate(form["blocks"]) if block["type"] == "input")
    second = form["blocks"][first] | {"block_id": "made_possible.2"}
    form["blocks"].insert(first + 1, second)
    mine = submitted(form, {"made_possible.2": "Human error"})
    view = check_view(hinted(mine, mine, found_in("Human error")))

    places = [block.get("block_id") for block in view["blocks"]]
    assert places.index("hint:made_possible.2") == places.index("made_possible.2") + 1
    assert values(submitted(view)) == values(mine)


@pytest.mark.parametrize("times", [50, 600])
def test_however_many_phrases_there_are_the_next_press_saves(times: int) -> None:
    text = "\n".join(f"engineer of {'abcdefghij'[n % 10]}{n} & ran" for n in range(times))
    mine = factors_form(text[:3000])
    view = check_view(hinted(mine, mine, found_in(text)))

    assert len(view["private_metadata"]) <= 3000
    assert unhinted(view, found_in(text)) == {}
    again = hinted(view, submitted(view), found_in("Bob forgot"))
    assert unhinted(again, found_in(text + ". Bob forgot")) == {}


def test_a_full_form_gets_no_more_blocks_than_slack_takes() -> None:
    mine = factors_form("Human error")
    mine["blocks"] = [*mine["blocks"], *[section("x")] * (100 - len(mine["blocks"]))]
    view = check_view(hinted(mine, mine, found_in("Human error")))

    assert len(view["blocks"]) == 100
    assert unhinted(view, found_in("Human error")) == {}


def test_hints_and_a_conflict_stand_together() -> None:
    mine = factors_form("Human error")
    overtaken = conflict(mine, mine, EDIT, "theirs")
    view = check_view(hinted(overtaken, submitted(overtaken), found_in("Human error")))

    assert "changed the timeline" in marked_up(view)[0]
    assert any("“Human error”" in words for words in marked_up(view))
    assert opened(view).seen == EDIT.version
    again = check_view(conflict(view, submitted(view), EDIT, "theirs again"))
    assert unhinted(again, found_in("Human error")) == {}


def test_a_field_that_the_form_does_not_have_hints_nothing() -> None:
    mine = factors_form("x")
    view = hinted(mine, mine, found_in("Human error", "elsewhere"))

    assert len(view["blocks"]) == len(mine["blocks"])
    assert "hinted" in remembered(view)
