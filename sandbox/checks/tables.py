"""Limits of tables (docs.slack.dev/reference/block-kit/blocks: table-block, data-table-block)."""

from itertools import chain
from typing import Any

from sandbox.checks.problems import Problems
from sandbox.checks.rich_text import check_rich_text
from sandbox.refusals import Json

MOST_COLUMNS = 20
MOST_ROWS = 100
#: 100 rows and the header. Some readers of the live check say 201; 101 passes both.
MOST_DATA_ROWS = 101
MOST_ON_A_PAGE = 100


def check_table(block: Json, at: str, problems: Problems) -> None:
    """Note everything wrong with a table block."""
    _cells(_rows(block, MOST_ROWS, 1, at, problems), at, problems)
    if "column_settings" not in block:
        return
    place = f"{at}/column_settings"
    for number, one in enumerate(problems.counted(block["column_settings"], MOST_COLUMNS, place)):
        # A column with the usual behaviour is skipped with null.
        if one is not None and not isinstance(one, dict):
            problems.add("must be an object", f"{place}/{number}")
        elif one and one.get("align", "left") not in ("left", "center", "right"):
            problems.add("must be left, center or right", f"{place}/{number}/align")


def check_data_table(block: Json, at: str, problems: Problems) -> None:
    """Note everything wrong with a data table block."""
    problems.filled(block.get("caption"), 3000, f"{at}/caption")
    rows = _rows(block, MOST_DATA_ROWS, 2, at, problems)
    _cells(rows, at, problems)
    if len({len(row) for row in rows}) > 1:
        problems.add("all rows must have the same number of cells", f"{at}/rows")
    for number, cell in enumerate(chain.from_iterable(rows[:1])):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            problems.add("rich_text is not allowed in the header", f"{at}/rows/0/{number}")
    if "page_size" in block:
        problems.between(block["page_size"], 1, MOST_ON_A_PAGE, f"{at}/page_size")


def _rows(block: Json, most: int, least: int, at: str, problems: Problems) -> list[list[Any]]:
    rows = problems.counted(block.get("rows"), most, f"{at}/rows", least=least)
    return [
        problems.counted(row, MOST_COLUMNS, f"{at}/rows/{number}")
        for number, row in enumerate(rows)
    ]


def _cells(rows: list[list[Any]], at: str, problems: Problems) -> None:
    for row_number, row in enumerate(rows):
        for number, cell in enumerate(row):
            _cell(cell, f"{at}/rows/{row_number}/{number}", problems)


def _cell(cell: object, at: str, problems: Problems) -> None:
    kind = problems.mapping(cell, at).get("type")
    if kind == "rich_text":
        check_rich_text(cell, at, problems)
    elif not isinstance(cell, dict):
        return
    elif kind == "raw_text":
        problems.filled(cell.get("text"), 3000, f"{at}/text")
    elif kind == "raw_number":
        problems.required(cell, "value", at)
    else:
        problems.add(f"unsupported cell type: {kind}", at)
