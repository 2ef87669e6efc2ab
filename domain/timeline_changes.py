"""What became of a timeline between two of its states, as far as people agree to it (rule 7)."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC

from domain.timeline import TimelineEntry

#: The record names the first lines of a change, and of each line its beginning.
LINES_NAMED = 3
LINE_MAX = 80

_DEEDS = ("added", "changed", "removed")
_TALLY = re.compile(rf"({'|'.join(_DEEDS)}) (\d+) lines?")


def fingerprint(entries: Iterable[TimelineEntry]) -> str:
    """The same for two timelines that say the same; sources and milestones do not matter."""
    said = sorted(_said(entry) for entry in entries)
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _said(entry: TimelineEntry) -> tuple[str, str]:
    """What people agree to; to call one of the lines a milestone changes nothing that happened."""
    return entry.at.astimezone(UTC).isoformat(), entry.text


@dataclass(frozen=True, kw_only=True)
class Change:
    """Which lines came, which read otherwise than before (old, new), and which went."""

    added: tuple[TimelineEntry, ...] = ()
    changed: tuple[tuple[TimelineEntry, TimelineEntry], ...] = ()
    removed: tuple[TimelineEntry, ...] = ()

    def in_words(self) -> str:
        """Say so: `added 2 lines, removed 1 line`."""
        numbers = (len(self.added), len(self.changed), len(self.removed))
        return _tally(dict(zip(_DEEDS, numbers, strict=True)))

    def in_fields(self) -> dict[str, tuple[str, str]]:
        """What the record keeps of it: deed → (old, new), with the first lines of each."""
        fields = {
            "added": ("", _named(self.added)),
            "changed": (
                _named([old for old, _ in self.changed]),
                _named([new for _, new in self.changed]),
            ),
            "removed": (_named(self.removed), ""),
        }
        return {deed: pair for deed, pair in fields.items() if any(pair)}


def difference(old: Sequence[TimelineEntry], new: Sequence[TimelineEntry]) -> Change:
    """Tell what became of the old entries; one that kept its id is the same one."""
    before = {entry.id: entry for entry in old if entry.id is not None}
    pairs = [(before[entry.id], entry) for entry in new if entry.id in before]
    kept = {entry.id for _, entry in pairs}
    return Change(
        added=tuple(entry for entry in new if entry.id not in before),
        changed=tuple((was, now) for was, now in pairs if _said(was) != _said(now)),
        removed=tuple(entry for entry in old if entry.id not in kept),
    )


def together(sayings: Iterable[str]) -> str:
    """Several changes `in_words` as one: what was added, changed and removed in all."""
    counted = Counter[str]()
    for saying in sayings:
        for deed, number in _TALLY.findall(saying):
            counted[deed] += int(number)
    return _tally(counted)


def _tally(numbers: dict[str, int]) -> str:
    said = [
        f"{deed} {numbers[deed]} line{'' if numbers[deed] == 1 else 's'}"
        for deed in _DEEDS
        if numbers.get(deed)
    ]
    return ", ".join(said) or "changed it"


def _named(entries: Sequence[TimelineEntry]) -> str:
    lines = [_line(entry) for entry in entries[:LINES_NAMED]]
    more = len(entries) - LINES_NAMED
    return "\n".join([*lines, *([f"and {more} more"] if more > 0 else [])])


def _line(entry: TimelineEntry) -> str:
    milestone = f"{entry.milestone}: " if entry.milestone else ""
    words = f"{milestone}{' '.join(entry.text.split())}"
    cut = words if len(words) <= LINE_MAX else f"{words[: LINE_MAX - 1].rstrip()}…"
    return f"{entry.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC {cut}"
