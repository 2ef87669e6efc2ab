"""A report as text for a terminal and as JSON for programs: the same numbers in both."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from documents.report_rows import Number, numbers
from domain import headlines
from domain.lengths import length
from domain.report import Report, last_day

_TIMES = ("time to detect", "time to recover")


def _said(number: Number) -> Any:
    if number.measure in _TIMES and number.part is not None:
        return length(number.part)
    return number.part


_HEADS: Mapping[str, Callable[[Number], Any]] = {
    "of": lambda number: number.of,
    "from": lambda number: number.since,
    "to": lambda number: number.until,
    "number": _said,
    "out of": lambda number: number.whole,
    "percent": lambda number: number.percent,
}


def sentences(report: Report) -> list[str]:
    """What the numbers come to, in words."""
    others = headlines.not_by_date(report.completion)
    now, before = report.times, report.times_before
    said = (
        f"{headlines.headline(report)} {headlines.beside(report)}",
        headlines.recurrence(report),
        f"{headlines.completion(report)} {others}",
        headlines.took("Time to detect", now.detect, before.detect),
        headlines.took("Time to recover", now.recover, before.recover),
        headlines.open_items(report),
    )
    return [each.rstrip() for each in said]


def as_text(report: Report) -> str:
    """What it comes to in words, then a table of each measure."""
    measured: dict[str, list[Number]] = {}
    for each in numbers(report):
        measured.setdefault(each.measure, []).append(each)
    tables = [_table(measure, found) for measure, found in measured.items()]
    window = report.window
    of = f" of {report.scope.service}" if report.scope.service else ""
    title = f"Report{of} from {window.first_day} to {last_day(window)} ({window.zone.key})"
    return "\n\n".join([title, "\n".join(sentences(report)), *tables])


def _table(measure: str, found: Sequence[Number]) -> str:
    """A line of heads, and one for each number; a column in which nothing is said is left out."""
    columns = {head: [_cell(read(each)) for each in found] for head, read in _HEADS.items()}
    told = {head: cells for head, cells in columns.items() if any(cells)}
    lines = [[measure, *told], *(["", *line] for line in zip(*told.values(), strict=True))]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _cell(value: Any) -> str:
    said = "" if value is None else str(value)
    return "".join(letter if letter.isprintable() else " " for letter in said)


def as_json(report: Report, workspace_id: str) -> str:
    """The same as an object; a time is in seconds, a day in ISO, and instants in UTC."""
    told = {
        "workspace": workspace_id,
        "months": report.months,
        "service": report.scope.service or None,
        "zone": report.window.zone.key,
        "taken_at": report.taken_at,
        "said": sentences(report),
        "numbers": [_as_object(each) for each in numbers(report)],
    }
    return json.dumps(told, ensure_ascii=False, indent=2, default=_iso)


def _as_object(number: Number) -> dict[str, Any]:
    return {
        "measure": number.measure,
        "of": number.of or None,
        "from": number.since,
        "to": number.until,
        "number": number.part,
        "out_of": number.whole,
        "percent": number.percent,
    }


def _iso(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in JSON")
