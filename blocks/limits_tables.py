"""Slack's limits of tables: how many rows and columns, and how much all cells say together.

They stand in docs.slack.dev/reference/block-kit/blocks, on the pages of table-block and
data-table-block.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from blocks.parts import Block

COLUMNS_MAX = 20
#: A table's rows; a data table has as many and its header.
ROWS_MAX = 100
#: How many rows of a data table are seen at a time.
PAGE_MAX = 100
#: Of all cells of all tables of a message together.
CELLS_MAX = 10_000


def letters_of(blocks: Sequence[Block]) -> int:
    """How many characters all cells of all tables have together."""
    return sum(len(cell.get("text", "")) for table in blocks for cell in _cells(table))


def problems_of(block: Block) -> list[str]:
    """What is wrong with the rows of a table, for which Slack would refuse it."""
    kind, rows = block["type"], block["rows"]
    widths = sorted({len(row) for row in rows})
    found = [f"{kind} of {each} columns" for each in widths if not 1 <= each <= COLUMNS_MAX]
    if any(_is_empty(cell) for cell in _cells(block)):
        found.append(f"{kind} with an empty cell")
    return [*found, *(_of_data(block, widths) if kind == "data_table" else [])]


def _of_data(block: Block, widths: Sequence[int]) -> list[str]:
    found = ["data_table is ragged"] if len(widths) > 1 else []
    found += ["data_table without a row"] if len(block["rows"]) < 2 else []  # noqa: PLR2004 - its header and one
    is_page = 1 <= block.get("page_size", 1) <= PAGE_MAX
    return found if is_page else [*found, f"data_table.page_size: {block['page_size']}"]


def _cells(block: Block) -> Iterator[Block]:
    return chain.from_iterable(block.get("rows", ()))


def _is_empty(cell: Block) -> bool:
    return cell["type"] in {"raw_text", "raw_number"} and not cell.get("text")
