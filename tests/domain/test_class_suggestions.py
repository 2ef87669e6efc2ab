"""Which causal classes the words of an incident suggest, measured on texts of our own."""

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from domain.causal_classes import CLASSES_MAX, DEFAULT_CLASSES, CausalClass
from domain.class_suggestions import suggest

TAXONOMY = [CausalClass(id=n, name=name) for n, name in enumerate(DEFAULT_CLASSES, start=1)]
LABELLED: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("labelled_incidents.toml").read_text(encoding="utf-8")
)["incident"]


def suggested(*texts: str) -> dict[str, str]:
    """Names of the classes that are suggested, with the words that suggest them."""
    names = {each.id: each.name for each in TAXONOMY}
    return {names[each.class_id]: each.phrase for each in suggest(texts, TAXONOMY)}


def test_of_ten_suggestions_at_least_eight_are_right() -> None:
    found = [(set(suggested(each["text"])), set(each["classes"])) for each in LABELLED]
    made = sum(len(names) for names, _ in found)
    right = sum(len(names & wanted) for names, wanted in found)

    assert len(LABELLED) >= 60
    assert right / made >= 0.8
    assert right / sum(len(wanted) for _, wanted in found) >= 0.7


def test_each_default_class_can_be_suggested() -> None:
    names = {name for each in LABELLED for name in suggested(each["text"])}

    assert names == set(DEFAULT_CLASSES)


def test_a_suggestion_says_which_words_speak_for_it() -> None:
    text = "On Sunday the certificate\nof the API had expired"
    assert suggested(text) == {"expired credential": "certificate of the API had expired"}


@pytest.mark.parametrize("text", ["", "The price was wrong.", "Checkout latency", "Rollback"])
def test_nothing_is_suggested_in_doubt(text: str) -> None:
    assert suggested(text) == {}


def test_never_more_than_three_are_suggested() -> None:
    everything = [each["text"] for each in LABELLED]

    assert len(suggested(*everything)) <= CLASSES_MAX


def test_a_class_of_the_workspaces_own_is_known_by_its_name() -> None:
    own = [CausalClass(id=9, name="Noisy neighbour"), CausalClass(id=10, name="k8s")]
    (found,) = suggest(["Again a noisy  neighbour on the k8s nodes"], own)

    assert (found.class_id, found.phrase) == (9, "noisy neighbour")


def test_a_retired_class_is_not_suggested() -> None:
    retired = [CausalClass(id=2, name="expired credential", is_retired=True)]

    assert suggest(["The certificate expired"], retired) == []


@pytest.mark.parametrize("letters", ["timeout ", "a ", "certificate", "connections, ", "\n"])
def test_the_longest_text_is_read_while_somebody_waits_for_a_form(letters: str) -> None:
    began = time.perf_counter()
    suggest([letters * 100_000], TAXONOMY)

    assert time.perf_counter() - began < 1
