"""The root cause form: whys that lead past a person, the cause, and its classes."""

from dataclasses import replace

import pytest

from blocks.causal_classes import Choice
from blocks.conflicts import conflict
from blocks.forms import Opened
from blocks.hints import hinted
from blocks.limits import check_view
from blocks.parts import View
from blocks.root_causes import (
    asked_once_more,
    read_root_cause,
    root_cause_in_words,
    root_cause_modal,
)
from domain.causal_classes import CausalClass
from domain.class_suggestions import Suggestion
from domain.errors import RuleBroken
from domain.postmortems import Severity
from domain.whys import WHY_MAX, WHYS_MAX
from tests.blocks.samples import EDIT, POSTMORTEM, marked_up, submitted, titled

TAXONOMY = [CausalClass(id=n, name=f"class {n}") for n in range(1, 9)]
CHOICE = Choice(taxonomy=TAXONOMY, chosen=TAXONOMY[:2])
FULL = titled(severity=Severity.P1)
QUESTION = RuleBroken("why_3", "“Bob forgot & <so>” names a person. Ask once more.")


def ids(view: View) -> list[str]:
    """The block ids of a form, in order."""
    return [block.get("block_id", block["type"]) for block in view["blocks"]]


def asked_form(*whys: str, about: str = "why_3") -> View:
    """A full postmortem's form after a why that names a person was submitted."""
    mine = submitted(root_cause_modal(FULL, 6, whys, CHOICE))
    return check_view(asked_once_more(mine, RuleBroken(about, str(QUESTION))))


@pytest.mark.parametrize("cause", ["", "The pool was small.\n\nAnd & <so> on", "a" * 3000])
@pytest.mark.parametrize("whys", [[], ["one"], ["a", "b", "c", "d", "e", "f", "g"]])
def test_a_root_cause_saved_untouched_reads_back_the_same(cause: str, whys: list[str]) -> None:
    postmortem = replace(FULL, root_cause=cause)
    read = read_root_cause(submitted(check_view(root_cause_modal(postmortem, 6, whys, CHOICE))))

    assert read.opened == Opened(postmortem_id=41, seen=6)
    assert (read.cause, read.classes, read.keeps_why) == (cause, (1, 2), False)
    assert [why for why in read.whys or () if why] == whys


def test_a_paragraph_asks_for_no_whys_and_is_not_called_a_root_cause() -> None:
    view = check_view(root_cause_modal(titled(severity=Severity.P3), 0, (), CHOICE))

    assert view["title"]["text"] == "PM-7 · What happened"
    assert ids(view) == ["root_cause", "classes"]
    assert read_root_cause(submitted(view)).whys is None


def test_a_full_postmortem_asks_why_five_times() -> None:
    whys = [f"why_{place}" for place in range(1, 6)]

    assert ids(root_cause_modal(FULL, 0)) == [*whys, "root_cause"]
    assert ids(root_cause_modal(POSTMORTEM, 0)) == ["root_cause"]


def test_whys_that_are_written_are_shown_in_every_tier() -> None:
    assert ids(root_cause_modal(POSTMORTEM, 0, ["one"]))[0] == "why_1"


def test_a_form_without_classes_to_choose_leaves_them_as_they_are() -> None:
    assert read_root_cause(submitted(root_cause_modal(POSTMORTEM, 0))).classes is None


def test_the_question_stands_above_the_why_that_answers_it() -> None:
    view = asked_form("It was slow", "Bob forgot")
    at = ids(view).index("why_question")

    assert ids(view)[at : at + 3] == ["why_question", "why_3", "keep_why"]
    assert "“Bob forgot &amp; &lt;so&gt;” names a person" in marked_up(view)[0]
    again = read_root_cause(submitted(view))
    assert (again.whys or ())[:3] == ("It was slow", "Bob forgot", "")
    assert again.classes == (1, 2)


def test_a_sixth_why_appears_where_five_were_not_enough() -> None:
    view = asked_form("a", "b", "c", "d", "Bob forgot", about="why_6")

    assert ids(view)[4:8] == ["why_5", "why_question", "why_6", "keep_why"]


def test_a_second_question_replaces_the_first() -> None:
    once = asked_form("a", "Bob forgot")
    twice = check_view(asked_once_more(submitted(once, {"why_3": "x"}), RuleBroken("why_4", "?")))

    assert ids(twice).count("why_question") == 1
    assert ids(twice)[ids(twice).index("why_question") + 1] == "why_4"


def test_whoever_ticks_the_box_keeps_the_why() -> None:
    view = submitted(asked_form("a", "Bob forgot"))
    (box,) = [block for block in view["blocks"] if block.get("block_id") == "keep_why"]
    chosen = {"selected_options": box["element"]["options"]}
    view["state"]["values"]["keep_why"]["value"] |= chosen

    assert read_root_cause(view).keeps_why


def test_a_form_with_everything_at_its_longest_is_taken_with_question_hint_and_conflict() -> None:
    long_names = [CausalClass(id=n, name="&" * 60) for n in range(1, 140)]
    suggested = [Suggestion(class_id=n, phrase="w" * 200) for n in (1, 2, 3)]
    choice = Choice(taxonomy=long_names, suggested=suggested)
    whys = ["é" * WHY_MAX] * (WHYS_MAX - 1)
    form = check_view(root_cause_modal(replace(FULL, root_cause="é" * 3000), 6, whys, choice))
    asked = check_view(asked_once_more(submitted(form), RuleBroken("why_7", "?" * 200)))
    again = submitted(check_view(hinted(asked, submitted(asked), {})))

    check_view(conflict(again, again, EDIT, "é\n" * 6000))
    assert len(asked["blocks"]) == len(form["blocks"]) + 3


def test_whoever_was_overtaken_sees_the_whole_section() -> None:
    said = root_cause_in_words("The cause", ["Slow", "Full"], ["capacity", "missing alert"])

    assert said == ("Why? Slow\nWhy? Full\nThe cause\nCausal classes: capacity, missing alert")
    assert root_cause_in_words("", [], []) == ""
