"""The timeline as a table: `| Time (UTC) | What happened | Milestone | Source |`."""

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from documents.own.chapters import said
from documents.own.instants import read_instant, write_instant
from documents.own.phrases import read_cell, write_cell
from documents.own.sources import read_source, write_source
from documents.own.unreadable import Unreadable
from domain.timeline import Milestone, TimelineEntry

_HEAD = ("What happened", "Milestone", "Source")
_RULE = "| --- | --- | --- | --- |"
_CELL = re.compile(r"\|((?:[^|\\]|\\.)*)")
_TIME = re.compile(r"Time \((?P<zone>[\w/+-]+)\)")


def write_timeline(entries: Sequence[TimelineEntry], zone: ZoneInfo) -> list[str]:
    """Write the entries in their order; instants as the clocks of `zone` show them."""
    if not entries:
        return []
    return [_row(f"Time ({zone.key})", *_HEAD), _RULE, *(_entry(each, zone) for each in entries)]


def _entry(entry: TimelineEntry, zone: ZoneInfo) -> str:
    at, milestone = write_instant(entry.at, zone), entry.milestone or ""
    return _row(at, write_cell(entry.text), milestone, write_source(entry))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def read_timeline(lines: Sequence[str]) -> tuple[TimelineEntry, ...]:
    """Read the entries; raises ValueError for any row that is not like those we write."""
    if not lines:
        return ()
    head, rule, *rows = said(lines)
    zone = _zone(head)
    if set("".join(_cells(rule))) - {*"-: "}:
        raise Unreadable(f"{rule!r} does not rule off the head of a table")
    return tuple(_read_entry(row, zone) for row in rows)


def _zone(head: str) -> ZoneInfo:
    time, *others = _cells(head)
    named = _TIME.fullmatch(time)
    if named is None or tuple(others) != _HEAD:
        raise Unreadable(f"{head!r} is not the head of a timeline")
    try:
        return ZoneInfo(named["zone"])
    except ZoneInfoNotFoundError:
        raise Unreadable(f"{named['zone']} is no time zone") from None


def _cells(row: str) -> list[str]:
    *cells, rest = _CELL.findall(row.strip()) or [""]
    if "|".join(["", *cells, rest]) != row.strip() or len(cells) != len(_HEAD) + 1 or rest:
        raise Unreadable(f"{row!r} is not a row of a timeline")
    return [cell.strip() for cell in cells]


def _read_entry(row: str, zone: ZoneInfo) -> TimelineEntry:
    """Read an entry; its instant has an offset, or is UTC, or by hand on the clock of the table."""
    at, text, milestone, source = _cells(row)
    return TimelineEntry(
        at=read_instant(at, zone),
        text=read_cell(text),
        milestone=Milestone(milestone) if milestone else None,
        **read_source(source),
    )
