"""A timeline too long for one form, in parts that each fit: each from an instant to the next."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from blocks.forms import remembered
from blocks.long_text import fits
from blocks.parts import View
from domain.timeline import TimelineEntry, write_timeline

#: Half of what a form shows, so that every part has room to grow.
PART_BYTES = 60_000


@dataclass(frozen=True, kw_only=True)
class Part:
    """The lines of the entries from `start` to before `end`; None is as far as it goes."""

    lines: Sequence[str]
    start: datetime | None = None
    end: datetime | None = None

    @property
    def fits(self) -> bool:
        """Whether a form can show it: too much within one second cannot be parted."""
        return fits(self.lines)

    def metadata(self) -> dict[str, Any]:
        """What the form must remember of it."""
        ends = (("start", self.start), ("end", self.end))
        return {name: at.isoformat() for name, at in ends if at is not None}


def parts(entries: Sequence[TimelineEntry], zone: ZoneInfo, started_at: datetime) -> list[Part]:
    """The whole timeline as one part where that fits, else as few as can be."""
    lines = write_timeline(entries, zone, started_at)
    if fits(lines):
        return [Part(lines=lines)]
    begins = _begins(entries, lines)
    ends = [*begins[1:], len(entries)]
    return [
        Part(
            lines=lines[begin:end],
            start=entries[begin].at if begin else None,
            end=entries[end].at if end < len(entries) else None,
        )
        for begin, end in zip(begins, ends, strict=True)
    ]


def _begins(entries: Sequence[TimelineEntry], lines: Sequence[str]) -> list[int]:
    """The places where a new part begins; what happened at one instant stays together."""
    begins, weight = [0], 0
    for place, line in enumerate(lines):
        weighs = len(json.dumps(line))
        if weight + weighs > PART_BYTES and place and entries[place].at > entries[place - 1].at:
            begins.append(place)
            weight = 0
        weight += weighs
    return begins


def splits(
    view: View, entries: Sequence[TimelineEntry]
) -> tuple[list[TimelineEntry], list[TimelineEntry]]:
    """The entries that this form holds, and those that it leaves alone."""
    kept = remembered(view)
    start, end = (
        datetime.fromisoformat(kept[name]) if name in kept else None for name in ("start", "end")
    )
    within = [
        (start is None or start <= entry.at) and (end is None or entry.at < end)
        for entry in entries
    ]
    held = [entry for entry, inside in zip(entries, within, strict=True) if inside]
    return held, [entry for entry, inside in zip(entries, within, strict=True) if not inside]
