"""What `closedloop due` tells of what is due, to people and to programs."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.due import MOST, Due
from bot.terminal import printable

Row = dict[str, Any]
_CELL_MAX = 40


def _deliveries(due: Due) -> list[Row]:
    return [
        {
            "kind": each.kind,
            "to": due.called(each.channel),
            "since": each.due_at,
            "attempts": each.attempts,
            "last_error": each.last_error,
        }
        for each in due.deliveries
    ]


def _digests(due: Due) -> list[Row]:
    return [
        {
            "to": each.reader.name or each.reader.id,
            "at": each.at,
            "their_time": f"{each.at.astimezone(each.reader.tzinfo):%a %H:%M}",
            "needs": {why.name.lower(): number for why, number in each.needs.items()},
        }
        for each in due.digests
    ]


def _handovers(due: Due) -> list[Row]:
    return [
        {
            "item": f"PM-{each.number}/{each.position}",
            "asked": due.called(each.proposed_owner),
            "returns_to": due.called(each.owner),
            "since": each.returns_at,
        }
        for each in due.handovers
    ]


def _risks(due: Due) -> list[Row]:
    return [
        {
            "postmortem": f"PM-{each.number}",
            "accepted_by": due.called(each.accepter),
            "until": each.until,
        }
        for each in due.risks
    ]


def _reviews(due: Due) -> list[Row]:
    return [
        {
            "what": each.what,
            "at": each.at,
            "in": due.called(each.channel) if each.channel else None,
        }
        for each in due.reviews
    ]


def _reports(due: Due) -> list[Row]:
    return [
        {"of": each.month, "at": each.at, "in": due.called(each.channel)} for each in due.reports
    ]


_KINDS: Mapping[str, Callable[[Due], list[Row]]] = {
    "deliveries": _deliveries,
    "digests": _digests,
    "handovers": _handovers,
    "risks": _risks,
    "reviews": _reviews,
    "reports": _reports,
}


def as_json(at: datetime, found: Iterable[Due]) -> str:
    """What is due, as a program reads it; instants in UTC."""
    workspaces = [
        {"id": each.workspace_id, "name": each.name}
        | {kind: rows(each) for kind, rows in _KINDS.items()}
        for each in found
    ]
    return written({"at": at, "workspaces": workspaces})


def written(said: object) -> str:
    """Anything as JSON, with days and instants in ISO."""
    return json.dumps(said, ensure_ascii=False, indent=2, default=_iso)


def _iso(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in JSON")


def as_table(at: datetime, found: Sequence[Due]) -> str:
    """A heading for each workspace, and under it a table of each kind that has something."""
    if not found:
        return f"Nothing is due by {_cell(at)} UTC."
    return "\n\n".join(_section(each) for each in found)


def _section(due: Due) -> str:
    title = f"{printable(due.name)} ({due.workspace_id})" if due.name else due.workspace_id
    tables = [table(kind, rows(due)) for kind, rows in _KINDS.items()]
    cut = [f"Only the first {MOST} of a kind are shown."] if due.is_cut else []
    return "\n\n".join([title, *filter(None, tables), *cut])


def table(title: str, rows: Sequence[Row]) -> str:
    """A line of heads after the title, and one for each row; empty where there is none."""
    if not rows:
        return ""
    heads = [title, *(name.replace("_", " ") for name in rows[0])]
    lines = [heads, *(["", *map(_cell, row.values())] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}"
        case dict():
            said = ", ".join(f"{number} {why.replace('_', ' ')}" for why, number in value.items())
        case _:
            said = str(value)
    said = printable(said)
    return said if len(said) <= _CELL_MAX else f"{said[: _CELL_MAX - 1]}…"
