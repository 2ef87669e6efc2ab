"""The numbers of a report and the open items as tables for spreadsheets.

No cell is a formula, whoever typed it (`documents.items_csv`). Cells are in UTF-8, with lines ended
as RFC 4180 has it.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from documents.items_csv import guarded
from documents.report_rows import Number, numbers
from domain.open_rows import OpenRow
from domain.report import Report

NUMBERS: Mapping[str, Callable[[Number], Any]] = {
    "measure": lambda number: number.measure,
    "of": lambda number: number.of,
    "from": lambda number: number.since,
    "to": lambda number: number.until,
    "number": lambda number: number.part,
    "out_of": lambda number: number.whole,
    "percent": lambda number: number.percent,
}
ITEMS: Mapping[str, Callable[[OpenRow], Any]] = {
    "key": lambda row: row.key,
    "what": lambda row: row.what,
    "service": lambda row: row.service,
    "owner_id": lambda row: row.owner,
    "priority": lambda row: row.priority,
    "due_on": lambda row: row.due_on,
    "days_overdue": lambda row: row.overdue,
    "rescheduled": lambda row: row.reschedules,
    "days_old": lambda row: row.age,
    "stands": lambda row: row.stands,
    "private": lambda row: row.is_private,
}


def numbers_csv(report: Report) -> str:
    """Every number of the report, a line each."""
    rows = ([_cell(read(each)) for read in NUMBERS.values()] for each in numbers(report))
    return _written([list(NUMBERS), *rows])


def open_items_csv(rows: Iterable[OpenRow], names: Mapping[str, str]) -> str:
    """The open items, a line each; `names` are those of the owners.

    Of private channels there are no words.
    """
    heads = [*ITEMS, "owner"]
    lines = (
        [*(_cell(read(each)) for read in ITEMS.values()), _cell(names.get(each.owner, ""))]
        for each in rows
    )
    return _written([heads, *lines])


def _written(lines: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(lines)
    return file.getvalue()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case _:
            return guarded(str(value))
