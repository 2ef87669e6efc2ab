"""A long text survives being spread over several inputs."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.forms import values
from blocks.limits import check_view
from blocks.long_text import PART_MAX, SHOWN_MAX, check_fits, fits, long_inputs, parts
from blocks.parts import modal
from domain.errors import RuleBroken
from tests.blocks.samples import submitted

LINES = st.lists(st.text(alphabet="abc ", min_size=1, max_size=900), max_size=30)


@given(LINES)
def test_the_parts_together_are_the_lines(lines: list[str]) -> None:
    view = check_view(modal("a", long_inputs("entries", "Timeline", lines), submit="Save"))

    assert values(submitted(view)) == {"entries": "\n".join(lines)}


@given(LINES)
def test_every_part_has_room_to_grow(lines: list[str]) -> None:
    assert all(len(part) <= PART_MAX for part in parts(lines))


def test_an_empty_text_is_one_input() -> None:
    (block,) = long_inputs("entries", "Timeline", [], hint="One a line.", placeholder="14:03 …")

    assert block["block_id"] == "entries"
    assert "initial_value" not in block["element"]
    assert block["hint"]["text"] == "One a line."


def test_a_nearly_full_part_is_followed_by_an_empty_one() -> None:
    blocks = long_inputs("entries", "Timeline", ["a" * 100] * 16)

    assert [block["block_id"] for block in blocks] == ["entries", "entries.2"]
    assert "initial_value" not in blocks[1]["element"]
    assert blocks[1]["label"]["text"] == "Timeline, continued"


@pytest.mark.parametrize("line", ["a" * 835, "é" * 1030, "a" * 1030, "a"])
def test_the_longest_text_that_fits_is_a_view_slack_takes(line: str) -> None:
    lines = [line] * (SHOWN_MAX // len(json.dumps(line)) - 1)

    assert fits(lines)
    check_view(modal("a", long_inputs("entries", "Timeline", lines), submit="Save"))


def test_a_text_that_no_form_could_show_again_is_refused() -> None:
    assert check_fits("a" * 100_000, "entries")
    with pytest.raises(RuleBroken, match="link to the rest") as refused:
        check_fits("a" * 120_000, "entries")
    assert refused.value.field == "entries"
