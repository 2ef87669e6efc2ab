"""Slack's table with pages, and the plain one: within limits, with the same words."""

from typing import Any

import pytest

from blocks.data_tables import CELL_MAX, data_table, fitting, plain_table
from blocks.limits import LimitBrokenError, check_message
from blocks.limits_tables import CELLS_MAX
from blocks.open_tables import HEADS, NARROW, OpenTable, open_table
from blocks.parts import Block
from sandbox.checks.blocks import check_blocks
from sandbox.checks.problems import Problems
from tests.documents.reports import row

TWO = ("Item", "Moved")


def checked(*blocks: Block) -> list[Block]:
    """Give the blocks, if both we and Slack's double take them."""
    problems = Problems()
    check_blocks(list(blocks), "/blocks", problems, "message", 50)
    assert problems.found == []
    return check_message({"text": "a", "blocks": list(blocks)})["blocks"]


def table(number: int, total: int = 0, **fields: Any) -> OpenTable:
    rows = [row(id=each, key=f"PM-{each}/1", **fields) for each in range(number)]
    return OpenTable(rows=rows, total=total or number, names={"U2": "Bob"})


def texts(block: Block, column: int) -> list[str]:
    return [line[column]["text"] for line in block["rows"]]


def test_numbers_are_cells_that_are_sorted_as_numbers() -> None:
    (block,) = checked(data_table("Items", TWO, [("PM-7/1", 2)]))
    assert block["rows"][1] == [
        {"type": "raw_text", "text": "PM-7/1"},
        {"type": "raw_number", "value": 2, "text": "2"},
    ]


def test_an_empty_cell_says_that_it_is() -> None:
    (block,) = checked(data_table("Items", TWO, [("", 0)]))
    assert [cell["text"] for cell in block["rows"][1]] == ["-", "0"]


def test_a_cell_is_one_line_and_not_too_long() -> None:
    (block,) = checked(data_table("Items", ["Item"], [["a\nb" * 200]]))
    assert len(block["rows"][1][0]["text"]) == CELL_MAX
    assert "\n" not in block["rows"][1][0]["text"]


def test_the_plain_table_says_the_same() -> None:
    (block,) = checked(plain_table(TWO, [("PM-7/1", 2)]))
    assert texts(block, 1) == ["Moved", "2"]


def test_no_more_rows_are_shown_than_both_tables_take() -> None:
    rows = [("a", each) for each in range(200)]
    lines = fitting(TWO, rows, CELLS_MAX)
    checked(data_table("Items", TWO, lines))
    checked(plain_table(TWO, lines))
    assert len(lines) == 99


def test_the_cells_of_all_rows_together_keep_to_their_room() -> None:
    lines = fitting(TWO, [("a" * 100, each) for each in range(99)], 1_000)
    assert 0 < len(lines) < 10


def test_the_open_items_say_that_there_are_more() -> None:
    first, more = checked(*open_table(table(99, total=240, what="a" * 150)))
    shown = len(first["rows"]) - 1
    assert more["elements"][0]["text"] == f"The first {shown} of 240: the CSV file has them all."


def test_the_owner_is_told_by_name_and_a_private_item_without_words() -> None:
    private = row(what="", service="", is_private=True)
    (block,) = checked(*open_table(OpenTable(rows=[private], total=1, names={"U2": "Bob"})))
    said = dict(zip(HEADS, [cell["text"] for cell in block["rows"][1]], strict=True))
    assert (said["What"], said["Service"], said["Owner"]) == ("(of a private channel)", "-", "Bob")


def test_in_a_narrow_place_it_has_the_columns_that_matter() -> None:
    (block,) = checked(*open_table(table(1, what="a b " * 40), NARROW))
    assert [cell["text"] for cell in block["rows"][0]] == list(NARROW)
    key, what, owner, _, moved = block["rows"][1]
    assert (key["text"], owner["text"], moved["type"]) == ("PM-0/1", "Bob", "raw_number")
    assert what["text"].endswith("…")


def test_where_no_item_is_open_there_is_no_table() -> None:
    assert open_table(table(0)) == []


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (data_table("a", TWO, []), "without a row"),
        (data_table("a", TWO, [("b",)]), "ragged"),
        (data_table("a", ["b"] * 21, [["c"] * 21]), "21 columns"),
        (data_table("a", TWO, [("b", 1)] * 101), "data_table.rows: 102 > 101"),
        (data_table("a", TWO, [("b", 1)], page=101), "page_size: 101"),
        (data_table("", TWO, [("b", 1)]), "caption is empty"),
        ({"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}, "empty cell"),
        (data_table("a", ["b"], [["c" * 150]] * 70), "cells: 10501 > 10000"),
    ],
)
def test_what_slack_would_refuse_is_named(block: Block, words: str) -> None:
    with pytest.raises(LimitBrokenError, match=words):
        check_message({"text": "a", "blocks": [block]})
