"""Slack's table that can be sorted and has pages, and the plain one that says the same.

Slack began to take the former in 2026, workspace by workspace: where it does not yet, it answers
`invalid_blocks` (`handlers.outgoing.Outgoing.fallback`).
"""

from collections.abc import Sequence

from blocks import charts
from blocks.limits_tables import ROWS_MAX
from blocks.parts import Block
from blocks.text import one_line, shorten

Cell = str | int
#: So much is kept of a cell's text, and of what the table is called.
CELL_MAX, CAPTION_MAX = 160, 150
#: So many rows are seen at a time.
PAGE = 10
_NOTHING = "-"


def data_table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, page: int = PAGE
) -> Block:
    """Rows under their heads, by which they can be sorted: a column of numbers as numbers.

    The first column says what each row is, which screen readers read with every cell. There must be
    a row, and no more than `fitting` gives.
    """
    return {
        "type": "data_table",
        "caption": shorten(one_line(caption), CAPTION_MAX),
        "page_size": page,
        "rows": [
            [_text(each) for each in heads],
            *([_cell(each) for each in row] for row in rows),
        ],
    }


def plain_table(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Block:
    """The same as a table that only shows them."""
    return charts.table(heads, [[_cell(each)["text"] for each in row] for row in rows])


def fitting(
    heads: Sequence[str], rows: Sequence[Sequence[Cell]], room: int
) -> Sequence[Sequence[Cell]]:
    """The first rows, as many as either table takes with cells of `room` letters in all."""
    left = room - sum(map(_length, heads))
    for number, row in enumerate(rows[: ROWS_MAX - 1]):
        left -= sum(map(_length, row))
        if left < 0:
            return rows[:number]
    return rows[: ROWS_MAX - 1]


def _length(said: Cell) -> int:
    return len(_cell(said)["text"])


def _cell(said: Cell) -> Block:
    if isinstance(said, int):
        return {"type": "raw_number", "value": said, "text": str(said)}
    return _text(said)


def _text(said: str) -> Block:
    return {"type": "raw_text", "text": shorten(one_line(said), CELL_MAX) or _NOTHING}
