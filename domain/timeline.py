"""The timeline: what happened when, typed as lines that people would write anyway."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.errors import RuleBroken
from domain.lines import keep_identity
from domain.postmortems import check_length
from domain.times import HALF_A_DAY, Bearings, read_moment, write_moment
from domain.unclear import Unclear

ENTRY_MAX = 1000
ENTRIES_MAX = 500
A_WEEK = timedelta(days=7)
LINES_QUOTED = 3
QUOTE_MAX = 40
#: A clock may be this fast before what it says counts as the future.
CLOCKS_DIFFER = timedelta(minutes=5)

_BLANK = re.compile(r"[\s|:*•=-]*")


class Milestone(StrEnum):
    """The instants every incident is measured by."""

    STARTED = "started"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    CAUSE_IDENTIFIED = "cause identified"
    FIX_DEPLOYED = "fix deployed"
    RECOVERED = "recovered"
    ALL_CLEAR = "all clear"


class Source(StrEnum):
    """Where an entry is known from."""

    TYPED = "typed"
    LOGGED = "logged"
    SHORTCUT = "message"
    REACTION = "reaction"
    PIN = "pin"
    ALERT = "alert"
    DEPLOY = "deploy"
    APP = "app"
    IMPORTED = "imported"


class SourceState(StrEnum):
    """What became of the message an entry was taken from."""

    SAME = ""
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """What happened at an instant (UTC), and where that is known from.

    Where that is a message, `message_channel` and `message_ts` name it, and `source_state` tells
    what became of it since.
    """

    at: datetime
    text: str
    milestone: Milestone | None = None
    source: Source = Source.TYPED
    permalink: str = ""
    message_channel: str = ""
    message_ts: str = ""
    source_state: SourceState = SourceState.SAME
    id: int | None = None


#: A milestone stands in brackets before the words; empty ones say that those after are words.
_MARK = re.compile(
    rf"\[(?P<milestone>{'|'.join(Milestone)}|)\]\s+(?P<text>\S.*)", re.IGNORECASE | re.ASCII
)


def read_timeline(
    text: str, zone: ZoneInfo, started_at: datetime, today: date, field: str = "entries"
) -> list[TimelineEntry]:
    """Read one entry a line, in the order they happened; blank lines and table rules are dropped.

    `today` is the date where the person is, whose clock is `zone`. A bare time takes the day of
    the entry before it (the first: of `started_at`), or the day after when that lies more than
    twelve hours back. `[detected]` before the words is a milestone. Raises one RuleBroken on
    `field` that names every line to mend.
    """
    entries: list[TimelineEntry] = []
    bad: list[str] = []
    before = started_at
    for number, line in enumerate(text.splitlines(), start=1):
        if _BLANK.fullmatch(line):
            continue
        try:
            entries.append(_read_entry(line, Bearings(zone=zone, before=before, today=today)))
        except (Unclear, RuleBroken) as broken:
            bad.append(f"Line {number}, “{_quote(line)}”: {broken}")
        else:
            before = entries[-1].at
    if bad:
        raise RuleBroken(field, _together(bad))
    return sorted(entries, key=lambda entry: entry.at)


def _read_entry(line: str, bearings: Bearings) -> TimelineEntry:
    return entry_in(*read_moment(line, bearings))


def entry_in(at: datetime, words: str) -> TimelineEntry:
    """The entry of these words at an instant; `[detected]` before them is its milestone."""
    marked = _MARK.fullmatch(words)
    text, said = (marked["text"], marked["milestone"].lower()) if marked else (words, "")
    check_length("text", text, ENTRY_MAX)
    return TimelineEntry(at=at, text=text, milestone=Milestone(said) if said else None)


def _quote(line: str) -> str:
    words = " ".join(line.split())
    return words if len(words) <= QUOTE_MAX else f"{words[: QUOTE_MAX - 1].rstrip()}…"


def _together(bad: list[str]) -> str:
    more = len(bad) - LINES_QUOTED
    said = "\n".join(bad[:LINES_QUOTED])
    return f"{said}\nAnd {more} more like this." if more > 0 else said


def write_timeline(
    entries: Sequence[TimelineEntry], zone: ZoneInfo, started_at: datetime
) -> list[str]:
    """Return the lines that `read_timeline` reads back to these entries.

    Whichever line somebody takes out, the others keep their day: it is left out only where all
    entries lie on the day of the start.
    """
    day = started_at.astimezone(zone).date()
    on_that_day = all(
        entry.at.astimezone(zone).date() == day and entry.at >= started_at - HALF_A_DAY
        for entry in entries
    )
    lines = []
    for entry in entries:
        at = entry.at.replace(microsecond=0).astimezone(UTC)
        before = started_at if on_that_day else at + A_WEEK  # a day that no bare time would take
        bearings = Bearings(zone=zone, before=before, today=before.date())
        lines.append(write_moment(at, _marked(entry), bearings))
    return lines


def _marked(entry: TimelineEntry) -> str:
    words = _words(entry)
    if entry.milestone is not None:
        return f"[{entry.milestone}] {words}"
    return f"[] {words}" if _MARK.fullmatch(words) else words


def check_timeline(
    entries: Sequence[TimelineEntry], now: datetime, field: str = "entries"
) -> list[TimelineEntry]:
    """Return the entries if they are few enough to be read and all of them have happened.

    Raises one RuleBroken on `field` that tells how many to keep, or names those in the future.
    """
    if len(entries) > ENTRIES_MAX:
        raise RuleBroken(
            field,
            f"{len(entries):,} entries are too many: keep the {ENTRIES_MAX} that tell the story.",
        )
    if early := [_too_early(entry) for entry in entries if entry.at > now + CLOCKS_DIFFER]:
        raise RuleBroken(field, _together(early))
    return list(entries)


def _too_early(entry: TimelineEntry) -> str:
    return (
        f"“{_quote(entry.text)}” is in the future: {entry.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC. "
        "Write when it happened, with its date, or take it out."
    )


def edited(old: Sequence[TimelineEntry], new: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Return the new entries; one that was there keeps its milestone, source, link and id."""
    return keep_identity(
        old,
        new,
        lambda entry: (_second(entry), _words(entry)),
        _adopt,
        _words,
        _second,
    )


def _second(entry: TimelineEntry) -> datetime:
    return entry.at.replace(microsecond=0)


def _words(entry: TimelineEntry) -> str:
    return " ".join(entry.text.split())


def _adopt(old: TimelineEntry, new: TimelineEntry) -> TimelineEntry:
    """Edit `old` to read like `new`; what lines cannot show (fractions, newlines) stays."""
    return replace(
        old,
        at=old.at if _second(old) == _second(new) else new.at,
        text=old.text if _words(old) == _words(new) else new.text,
    )
