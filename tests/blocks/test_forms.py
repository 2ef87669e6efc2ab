"""The way back from a form."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from blocks.forms import Opened, opened, refusals, remembered, values, with_seen
from blocks.inputs import (
    checkboxes_element,
    day_element,
    field_input,
    moment_element,
    option,
    people_element,
    person_element,
    select_element,
    text_element,
)
from blocks.limits import check_view
from blocks.parts import Block, View, modal, section
from domain.errors import RuleBroken
from tests.blocks.samples import submitted

AT = datetime(2026, 11, 21, 14, 3, tzinfo=UTC)
CHOICES = [option("p1", "P1", "worst"), option("p2", "P2")]


def form(*inputs: Block, **more: Any) -> View:
    """A form of these inputs."""
    return modal("Form", [section("Fill this in"), *inputs], submit="Save", **more)


#: Of each kind of input: one with a preset, what that means, one without, what that means.
KINDS: dict[str, tuple[Block, object, Block, object]] = {
    "what": (text_element("Drain"), "Drain", text_element(), ""),
    "kind": (
        select_element(CHOICES, "p2", "Choose"),
        "p2",
        select_element(CHOICES, None, "Choose"),
        None,
    ),
    "ticked": (
        checkboxes_element(CHOICES, ["p1"]),
        ["p1"],
        checkboxes_element(CHOICES, []),
        [],
    ),
    "owner": (person_element("U1", "Choose"), "U1", person_element("", "Choose"), None),
    "people": (
        people_element(["U1", "U2"], "Choose", 5),
        ["U1", "U2"],
        people_element([], "Choose", 5),
        None,
    ),
    "day": (day_element(date(2026, 12, 5)), date(2026, 12, 5), day_element(None), None),
    "at": (moment_element(AT), AT, moment_element(None), None),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_preset_comes_back_as_what_it_means(kind: str) -> None:
    element, meaning, _, _ = KINDS[kind]
    view = check_view(form(field_input(kind, kind, element)))

    assert values(submitted(view)) == {kind: meaning}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_left_empty_comes_back_empty(kind: str) -> None:
    _, _, element, meaning = KINDS[kind]
    view = check_view(form(field_input(kind, kind, element)))

    assert values(submitted(view)) == {kind: meaning}


def test_a_suffix_is_no_part_of_the_fields_name() -> None:
    view = submitted(form(field_input("title.read", "Title", text_element("Latency"))))

    assert values(view) == {"title": "Latency"}
    assert refusals(view, RuleBroken("title", "Say more.")) == {"title.read": "Say more."}


def test_the_parts_of_a_text_come_back_in_their_order() -> None:
    blocks = [field_input(name, name, text_element(name)) for name in ("a.10", "a.2", "a", "a.3")]

    assert values(submitted(form(*blocks))) == {"a": "a\na.2\na.3\na.10"}


def test_a_refusal_of_a_line_stands_where_the_line_is() -> None:
    blocks = [field_input(name, name, text_element("1\n2\n3")) for name in ("a", "a.2", "a.3")]
    view = submitted(form(*blocks))

    for line, home in ((1, "a"), (3, "a"), (4, "a.2"), (9, "a.3"), (10, "a")):
        sentence = f"Line {line}, “…”: mend it."
        assert refusals(view, RuleBroken("a", sentence)) == {home: sentence}


@pytest.mark.parametrize("first", ["1", "1\n", "1\r\n", "1\n\n", "1\u2028\n"])
def test_line_ends_after_a_part_are_no_lines(first: str) -> None:
    parts = {"a": first, "a.2": "2\n3\n", "a.3": "\n", "a.4": "4"}
    view = submitted(form(*(field_input(name, name, text_element()) for name in parts)), parts)

    assert values(view) == {"a": "1\n2\n3\n4"}
    for line, home in ((1, "a"), (2, "a.2"), (3, "a.2"), (4, "a.4")):
        sentence = f"Line {line}, “…”: mend it."
        assert refusals(view, RuleBroken("a", sentence)) == {home: sentence}


def test_a_refusal_of_a_field_the_form_lacks_is_told_at_its_first_input() -> None:
    view = submitted(
        form(field_input("a", "A", text_element()), field_input("b", "B", text_element()))
    )

    assert refusals(view, RuleBroken("c", "No.")) == {"a": "No."}


def test_a_very_long_refusal_is_cut() -> None:
    view = submitted(form(field_input("a", "A", text_element())))

    assert len(refusals(view, RuleBroken("a", "b" * 5000))["a"]) == 2000


def test_a_form_remembers_what_it_was_opened_for() -> None:
    about = Opened(postmortem_id=7, seen=2, zone="Europe/Lisbon")
    view = form(metadata=about.metadata(item=3))

    assert opened(view) == about
    assert remembered(view)["item"] == 3
    assert opened(with_seen(view, 5)) == Opened(postmortem_id=7, seen=5, zone="Europe/Lisbon")
    assert remembered(with_seen(view, 5))["item"] == 3
