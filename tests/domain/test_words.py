"""The language check: what it finds, what it leaves alone, and that it always ends."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import domain.words
from domain.words import OF_A_CAUSE, OF_AN_ITEM, Finding, Kind, findings, names_a_person
from tests.domain.words_measured import labelled, score

FOLDER = Path(domain.words.__file__).parent
SENTENCES = labelled()
#: Halves of phrases, mark-up and other scripts, to be put together at random.
PIECES = [
    *("should", "have", "engineer", "on call", "who", "improve", "the", "make", "sure", "more"),
    *(
        "failed to",
        "by",
        "<@U1",
        ">",
        "Bob",
        "not",
        "'",
        "\u2019ve",
        "\n",
        " ",
        "\t",
        "\0",
        ".",
        ";",
    ),
    *(
        "\u05d8\u05e7\u05e1\u05d8",
        "\u202e",
        "\U0001f525",
        "\u0130",
        "\ufb01",
        "\ud800",
        "train",
        "team",
    ),
]


def kinds(text: str) -> list[Kind]:
    return [finding.kind for finding in findings(text)]


def test_the_labelled_set_is_large_varied_and_half_of_it_fine() -> None:
    fine = [each for each in SENTENCES if not each.kinds]
    held_out = [each for each in SENTENCES if each.held_out]

    assert len({each.text for each in SENTENCES}) == len(SENTENCES) >= 240
    assert 0.45 <= len(fine) / len(SENTENCES) <= 0.55
    assert len(held_out) >= 60
    assert {each.of for each in SENTENCES} == {"cause", "why", "item", "done when", "lesson"}


def test_precision_and_recall_on_the_labelled_set_are_held() -> None:
    reached = score(SENTENCES)

    assert reached.precision >= 0.9
    assert reached.recall >= 0.8


def test_they_are_held_on_the_part_that_no_pattern_was_tuned_on() -> None:
    reached = score(each for each in SENTENCES if each.held_out)

    assert reached.precision >= 0.9
    assert reached.recall >= 0.8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("engineer ran the script against production", [Kind.PERSON]),
        ("human error", [Kind.PERSON]),
        ("The check should have run.", [Kind.COUNTERFACTUAL]),
        ("improve monitoring", [Kind.VAGUE]),
        ("be more careful", [Kind.VIGILANCE]),
        ("look into", [Kind.VAGUE]),
        ("Workshop for the team", [Kind.TRAINING]),
        ("Improve docs; we should have tested; Bob forgot", ["vague", "counterfactual", "person"]),
    ],
)
def test_words_are_found_with_their_kind(text: str, expected: list[Kind]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The retry budget should have headroom.",
        "The operator restarted the pods of the stateful set.",
        "Users could have up to 5 sessions.",
        "The failed deployment kept its lock.",
        "A careful rollout plan with a canary at 5 %.",
        "\u05d4\u05ea\u05d5\u05e8 \u05d4\u05d9\u05d4 \u05de\u05dc\u05d0 \U0001f525",
    ],
)
def test_words_that_only_look_alike_are_fine(text: str) -> None:
    assert kinds(text) == []


def test_a_finding_tells_where_it_stands_and_asks_a_question() -> None:
    (found,) = findings("\U0001f525 \u05d8\u05e7\u05e1\u05d8: We should\u2019ve\n known it.")

    assert found.phrase == "should\u2019ve\n known"
    assert (
        "\U0001f525 \u05d8\u05e7\u05e1\u05d8: We should\u2019ve\n known it."[
            found.start : found.end
        ]
        == found.phrase
    )
    assert found.why.endswith(".")
    assert found.ask.endswith("?")


def test_only_the_kinds_asked_for_are_looked_for() -> None:
    text = "Improve monitoring; the engineer forgot it."

    assert [each.kind for each in findings(text, OF_AN_ITEM)] == [Kind.VAGUE]
    assert [each.kind for each in findings(text, OF_A_CAUSE)] == [Kind.PERSON]
    assert findings(text, ()) == []


def test_a_language_without_a_file_gets_the_english_patterns() -> None:
    for language in ("de", "en-GB", "", "../en", "\u0438"):
        assert findings("human error", language=language) == findings("human error")


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_every_pattern_has_a_reason_and_a_question(file: Path) -> None:
    patterns = tomllib.loads(file.read_text(encoding="utf-8"))["pattern"]

    assert {each["kind"] for each in patterns} == set(Kind)
    assert [each for each in patterns if not each["ask"].endswith("?")] == []
    assert [each for each in patterns if len(each["why"] + each["ask"]) > 240] == []


@pytest.mark.parametrize(
    "why",
    [
        "Because the engineer was tired.",
        "By mistake.",
        "Human error.",
        "<@U123> restarted it.",
        "The on-call engineer silenced the alert.",
        "Because we should have tested it.",
        "Bob forgot.",
        "Nobody paid attention to it.",
        "A mistake in the values file.",
    ],
)
def test_a_why_that_stops_at_a_person_or_a_mistake_is_seen(why: str) -> None:
    assert names_a_person(why)


@pytest.mark.parametrize(
    "why",
    [
        "The alert should have fired.",
        "Because the console accepts any cluster name.",
        "Because the engineer on call had no dashboard.",
        "Nothing rejects a typo in the region.",
        "We improved it; the alert should have fired.",
        "",
    ],
)
def test_a_why_that_goes_on_to_the_system_is_let_through(why: str) -> None:
    assert not names_a_person(why)


def in_order(found: list[Finding], text: str) -> bool:
    ends = [0, *(each.end for each in found)]
    apart = all(end <= each.start < each.end for end, each in zip(ends, found, strict=False))
    return apart and all(text[each.start : each.end] == each.phrase for each in found)


@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=80).map(" ".join))
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert in_order(findings(text), text)
    assert names_a_person(text) in {True, False}


@pytest.mark.parametrize("piece", [*PIECES, "a", "the engineer who was on call of the team "])
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    text = (piece * 3000)[:3000]
    findings(text)
    before = time.process_time()
    findings(text)

    assert time.process_time() - before < 0.5


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Bob ran the script against production", ["Bob"]),
        ("Diego Alvarez pushed the flag", ["Diego Alvarez"]),
        ("Bobsleigh ran out of ice, and bob too", []),
        ("Li and Jo were paged", []),
    ],
)
def test_whoever_is_known_to_have_been_there_is_no_cause(text: str, phrases: list[str]) -> None:
    names = ["Bob", "Diego Alvarez", "Li", ""]

    assert [each.phrase for each in findings(text, OF_A_CAUSE, names=names)] == phrases
    assert names_a_person(text, names=names) is bool(phrases)
    assert findings(text, OF_AN_ITEM, names=names) == []


@pytest.mark.parametrize(
    "done_when",
    ["It is stable", "works", "is fixed", "OK", "done", "better", "Improved.", "no more problems"],
)
def test_an_end_that_no_stranger_can_test_is_asked_for_a_number(done_when: str) -> None:
    (found,) = findings(done_when, OF_AN_ITEM)

    assert found.why == "A stranger cannot test that."
    assert found.ask == "Which command, graph or drill shows it, with which number?"


@pytest.mark.parametrize(
    "done_when",
    [
        "p99 is stable below 500 ms for a week",
        "The restore works in under 30 minutes from the runbook alone",
        "A deploy that is done twice changes nothing",
    ],
)
def test_an_end_that_goes_on_to_say_how_it_is_seen_is_fine(done_when: str) -> None:
    assert findings(done_when, OF_AN_ITEM) == []
