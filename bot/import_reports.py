"""What `closedloop import` tells of each file, to people and to programs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.terminal import printable
from documents.document import Document

A_MINUTE = timedelta(minutes=1)

_COUNTS = ("timeline", "factors", "action_items")
_HEADINGS = ("file", "started", "timeline", "factors", "items", "detect", "recover", "became")
_FILE_WIDTH = 40


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one file: a postmortem (`key`), a look at it, or nothing (`refusal`)."""

    file: str
    document: Document | None = None
    warnings: tuple[str, ...] = ()
    refusal: str = ""
    key: str = ""
    digest: str = ""


def as_json(outcomes: Sequence[Outcome]) -> str:
    """What became of each file, as a program reads it."""
    return json.dumps([_told(each) for each in outcomes], ensure_ascii=False, indent=2)


def _told(outcome: Outcome) -> dict[str, Any]:
    document = outcome.document
    if document is None:
        told = dict.fromkeys(
            ("title", "started_at", *_COUNTS, "time_to_detect_minutes", "time_to_recover_minutes")
        )
        return {"file": outcome.file, **told, "warnings": [outcome.refusal]}
    facts = document.facts
    return {
        "file": outcome.file,
        "title": facts.title,
        "started_at": facts.started_at.isoformat().replace("+00:00", "Z"),
        "timeline": len(document.entries),
        "factors": len(document.factors),
        "action_items": len(document.inherited) + len(document.items),
        "time_to_detect_minutes": _minutes(
            document.time_to_detect, facts.started_at, facts.detected_at
        ),
        "time_to_recover_minutes": _minutes(
            document.time_to_recover, facts.started_at, facts.recovered_at
        ),
        "warnings": [*outcome.warnings],
    }


def _minutes(stated: float | None, started: datetime, then: datetime | None) -> float | None:
    """The minutes that a document states, else those between its instants."""
    found = stated if stated is not None or then is None else (then - started) / A_MINUTE
    if found is None:
        return None
    return int(found) if found == int(found) else round(found, 2)


def as_table(outcomes: Sequence[Outcome]) -> str:
    """A row for each file, and below them what a person should look at."""
    rows = [_HEADINGS, *map(_row, outcomes)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADINGS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    said = [
        f"{printable(each.file)}: {printable(warning)}"
        for each in outcomes
        for warning in ([each.refusal] if each.refusal else each.warnings)
    ]
    return "\n".join([*lines, *([""] if said else []), *said])


def _row(outcome: Outcome) -> tuple[str, ...]:
    told = _told(outcome)
    name = printable(Path(outcome.file).name)
    started = (told["started_at"] or "")[: len("2026-11-21T14:03")].replace("T", " ")
    minutes = ("time_to_detect_minutes", "time_to_recover_minutes")
    became = "refused" if outcome.refusal else outcome.key or "not stored"
    return (
        name if len(name) <= _FILE_WIDTH else f"{name[: _FILE_WIDTH - 1]}…",
        started,
        *("" if told[field] is None else str(told[field]) for field in _COUNTS),
        *("" if told[field] is None else f"{told[field]} min" for field in minutes),
        became,
    )
