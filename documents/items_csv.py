"""Action items as a table for spreadsheets and as JSON for programs, so many rows at a time.

A spreadsheet takes a cell for a formula by its first sign, whoever typed it
(https://owasp.org/www-community/attacks/CSV_Injection): such a cell gets a ' in front, which makes
it text. So does what follows a semicolon, a tab or the end of a line within one, for where numbers
are written with a comma a spreadsheet ends its cells there. Whoever reads the file with a program
takes each such ' away again where what follows it would be a formula. Cells are in UTF-8, with
lines ended as RFC 4180 has it.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.item_rows import ItemRow

#: What makes Excel begin by itself with UTF-8; other programs may show it as a letter.
BYTE_ORDER_MARK = "\ufeff"
#: Also their full-width and small forms, which are spelt the same for a spreadsheet.
_FORMULA = frozenset("=+-@\t\r\n")
#: Where a spreadsheet of another country may begin a new cell.
_ENDS_A_CELL = re.compile(r"([;\t\r\n])")

COLUMNS: Mapping[str, Callable[[ItemRow], Any]] = {
    "key": lambda row: row.key,
    "postmortem": lambda row: row.title,
    "service": lambda row: row.service,
    "what": lambda row: row.item.what,
    "done_when": lambda row: row.item.done_when,
    "owner_id": lambda row: row.item.owner,
    "owner": lambda row: row.owner_name,
    "priority": lambda row: row.item.priority,
    "kind": lambda row: row.item.kind,
    "due_on": lambda row: row.item.due_on,
    "originally_due_on": lambda row: row.item.original_due_on,
    "rescheduled": lambda row: row.item.reschedules,
    "state": lambda row: row.item.state,
    "progress": lambda row: row.item.progress,
    "note": lambda row: row.item.note,
    "implemented_on": lambda row: row.item.implemented_on,
    "soaks_until": lambda row: row.item.soaks_until,
    "shipped": lambda row: row.item.shipped,
    "verified_at": lambda row: row.item.verified_at,
    "evidence": lambda row: row.item.evidence,
    "link": lambda row: row.item.link,
    "ticket": lambda row: row.item.ticket,
    "ticket_url": lambda row: row.item.ticket_url,
    "expired": lambda row: row.item.has_expired,
}


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How items are written: what stands before, between and after the texts of some of them."""

    lines: Callable[[Iterable[ItemRow]], str]
    begin: str
    between: str = ""
    end: str = ""


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula, in whole or in part."""
    first, *others = _ENDS_A_CELL.split(text)
    # Every second one is where a cell may end; there, a tab is no beginning.
    inner = (_mark(each) + each if at % 2 else each for at, each in enumerate(others))
    return "".join([_mark(text), first, *inner])


def _mark(text: str) -> str:
    return "'" if _is_formula(text) else ""


def _is_formula(text: str) -> bool:
    """Whether its first sign begins a formula.

    Blanks, marks that nobody sees and quotes in front are no sign: some programs drop them.
    """
    first = next((sign for sign in text if not _is_dropped(sign)), "")
    return unicodedata.normalize("NFKC", first) in _FORMULA


def _is_dropped(sign: str) -> bool:
    return sign not in _FORMULA and (sign in "'\" " or sign.isspace() or not sign.isprintable())


def csv_lines(rows: Iterable[ItemRow]) -> str:
    """A line for each item, without the header."""
    return _written([_cell(read(row)) for read in COLUMNS.values()] for row in rows)


def _written(lines: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(lines)
    return file.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return guarded("" if value is None else str(_said(value)))


def json_lines(rows: Iterable[ItemRow]) -> str:
    """An object for each item, one a line, with the columns' names and nothing guarded."""
    objects = ({name: _said(read(row)) for name, read in COLUMNS.items()} for row in rows)
    return ",\n".join(json.dumps(each, ensure_ascii=False) for each in objects)


def _said(value: Any) -> Any:
    """Days and instants in ISO."""
    return value.isoformat() if isinstance(value, date) else value  # an instant is one too


LAYOUTS: Mapping[str, Layout] = {
    "csv": Layout(lines=csv_lines, begin=_written([COLUMNS])),
    "json": Layout(lines=json_lines, begin="[\n", between=",\n", end="\n]\n"),
}
