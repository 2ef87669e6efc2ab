"""Which causal classes the words of an incident suggest, measured on texts of our own."""

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from domain.causal_classes import CLASSES_MAX, DEFAULT_CLASSES, CausalClass
from domain.class_suggestions import suggest

TAXONOMY = [CausalClass(id=n, name=name) for n, name in enumerate(DEFAULT_CLASSES, start=1)]
LABELLED: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("labelled_incidents.toml").read_text(encoding="utf-8")
)
#: Written together with the patterns; in a sentence each, and as documents tell them.
KNOWN = [*LABELLED["incident"], *LABELLED["told"]]


def suggested(*texts: str) -> dict[str, str]:
    """Names of the classes that are suggested, with the words that suggest them."""
    names = {each.id: each.name for each in TAXONOMY}
    return {names[each.class_id]: each.phrase for each in suggest(texts, TAXONOMY)}


def measured(labelled: list[dict[str, Any]]) -> tuple[float, float]:
    """How many of the suggestions made are right, and how many of those wanted are made."""
    found = [(set(suggested(each["text"])), set(each["classes"])) for each in labelled]
    right = sum(len(names & wanted) for names, wanted in found)
    made, wanted = (sum(map(len, sets)) for sets in zip(*found, strict=True))
    return right / made, right / wanted


def test_of_ten_suggestions_at_least_nine_are_right() -> None:
    precision, recall = measured(KNOWN)

    assert precision >= 0.9
    assert recall >= 0.9


def test_of_texts_that_no_pattern_was_written_for_a_third_is_found_and_rightly() -> None:
    precision, recall = measured(LABELLED["unseen"])

    assert precision >= 0.9
    assert recall >= 0.3


def test_where_no_class_fits_hardly_ever_one_is_suggested() -> None:
    without = [each for part in LABELLED.values() for each in part if not each["classes"]]

    assert len(without) >= 35
    assert sum(bool(suggested(each["text"])) for each in without) <= 1


def test_each_default_class_can_be_suggested() -> None:
    names = {name for each in KNOWN for name in suggested(each["text"])}

    assert names == set(DEFAULT_CLASSES)


def test_a_suggestion_says_which_words_speak_for_it() -> None:
    text = "On Sunday the certificate\nof the API had expired"
    assert suggested(text) == {"expired credential": "certificate of the API had expired"}


def test_a_sentence_goes_on_in_the_next_line_and_a_list_does_not() -> None:
    assert suggested("The disk was\nfull") == {"dependency exhaustion": "disk was full"}
    assert suggested("- A new disk\n- Inbox full") == {}
    assert suggested("A new disk", "full of hope") == {}
    assert suggested("A new disk\n\nfull of hope") == {}


def test_a_second_class_is_not_lost_beside_one_that_much_is_said_of() -> None:
    memory = "Pods were OOM-killed at peak load: the nodes are undersized, CPU at 100 %."
    found = suggested(memory, "The certificate had expired")

    assert [*found] == ["capacity", "expired credential"]


@pytest.mark.parametrize("text", ["", "The price was wrong.", "Checkout latency", "Rollback"])
def test_nothing_is_suggested_in_doubt(text: str) -> None:
    assert suggested(text) == {}


def test_never_more_than_three_are_suggested() -> None:
    everything = [each["text"] for each in KNOWN]

    assert len(suggested(*everything)) <= CLASSES_MAX


def test_a_class_of_the_workspaces_own_is_known_by_its_name() -> None:
    own = [CausalClass(id=9, name="Noisy neighbour"), CausalClass(id=10, name="k8s")]
    (found,) = suggest(["Again a noisy  neighbour on the k8s nodes"], own)

    assert (found.class_id, found.phrase) == (9, "noisy neighbour")


def test_a_retired_class_is_not_suggested() -> None:
    retired = [CausalClass(id=2, name="expired credential", is_retired=True)]

    assert suggest(["The certificate expired"], retired) == []


@pytest.mark.parametrize("letters", ["timeout ", "a ", "certificate", "connections, ", "\n", "a\n"])
def test_the_longest_text_is_read_while_somebody_waits_for_a_form(letters: str) -> None:
    began = time.thread_time()
    suggest([letters * 100_000], TAXONOMY)

    assert time.thread_time() - began < 1
