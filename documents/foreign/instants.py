"""Moments as old documents write them: with or without a day, a year, a zone; in any order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from documents.foreign.days import Day, read_day
from domain.unclear import Unclear
from domain.zones import ZONE, read_zone

NOON = 12

_CLOCK = re.compile(
    r"""(?P<four>[0-2][0-9][0-5][0-9])(?=\s?(?:Z|UTC|GMT|hrs?|h)\b)(?:\s?hrs?|h)?
    |(?P<hour>[0-2]?[0-9])(?:(?::|h(?=[0-9]))(?P<minute>[0-5][0-9])(?![0-9])
    (?::(?P<second>[0-5][0-9])(?:[.,][0-9]+)?)?)?(?:\s*(?P<half>[ap])\.?m\b\.?|\s?hrs?\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_ZONE = re.compile(ZONE, re.VERBOSE | re.IGNORECASE)
_SPAN = re.compile(r"\s*(?:[-\u2013\u2014]|to)\s*(?P<end>[0-2?]?[0-9?]:[0-5?][0-9?])(?![0-9])")
_LEAD = re.compile(
    r"[\s(\[|]*(?P<about>~|\u2248|(?:ca|c|approx|approximately|about|around|circa)\b\.?)?"
    r"\s*(?:(?:at|on|from|by)\s+)?",
    re.IGNORECASE,
)
_IN_CODE = re.compile(r"^\s*`([^`]+)`")
_GAP = re.compile(r"(?:T(?=[0-9])|\s*[,@|]\s*|\s+(?:at|[-\u2013\u2014])\s+|\s+)?", re.IGNORECASE)
_AFTER = re.compile(r"[\s:)\]|,;.]*(?:[-\u2013\u2014=>\u2192]+\s*)?")
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What a text begins with: a day, a time of day, or both, and the words after it.

    `zone` is None where none is said, `unclear` the name of one that may be several; `aside` is
    what was said of the time itself, like the end of a span.
    """

    day: Day | None = None
    clock: time | None = None
    zone: tzinfo | None = None
    unclear: str = ""
    aside: str = ""
    rest: str = ""


def read_moment(text: str) -> Moment | None:
    """Read the moment at the start of a text; None where there is none."""
    text = _IN_CODE.sub(r"\1", text, count=1)
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    moment = Moment(aside="about" if lead and lead["about"] else "")
    for _ in range(2):
        for read in (_day, _clock):
            moment, at = read(text, at, moment)
    if moment.day is None and moment.clock is None:
        return None
    after = _AFTER.match(text, at)
    return replace(moment, rest=text[after.end() if after else at :].strip())


def _day(text: str, at: int, moment: Moment) -> tuple[Moment, int]:
    if moment.day is not None:
        return moment, at
    gap = _GAP.match(text, at) if moment.clock else None
    found = read_day(text, gap.end() if gap else at)
    return (replace(moment, day=found[0]), found[1]) if found else (moment, at)


def _clock(text: str, at: int, moment: Moment) -> tuple[Moment, int]:
    if moment.clock is not None:
        return moment, at
    gap = _GAP.match(text, at) if moment.day else None
    found = _CLOCK.match(text, gap.end() if gap else at)
    clock = _as_time(found) if found else None
    if not found or clock is None:
        return moment, at
    span = None if _is_iso(text, found) else _SPAN.match(text, found.end())
    if span and _ends_later(span["end"], clock):
        moment = replace(moment, aside=f"{moment.aside} until {span['end']}".strip())
        return _zoned(text, span.end(), replace(moment, clock=clock))
    return _zoned(text, found.end(), replace(moment, clock=clock))


def _is_iso(text: str, found: re.Match[str]) -> bool:
    return bool(found["second"]) or text[: found.start()].endswith("T")


def _ends_later(end: str, start: time) -> bool:
    """Whether `-11:00` after a time reads like the end of a span, and not like an offset."""
    return "?" in end or end.zfill(len("10:30")) > f"{start:%H:%M}"


def _as_time(found: re.Match[str]) -> time | None:
    if found["four"]:
        found_hour, minute, half = found["four"][:2], found["four"][2:], ""
    else:
        found_hour, minute, half = (
            found["hour"],
            found["minute"] or "",
            (found["half"] or "").lower(),
        )
    hour = int(found_hour)
    if not (minute or half) or hour >= 24 or (half and not 1 <= hour <= NOON):  # noqa: PLR2004 - of a day
        return None
    if half:
        hour = hour % NOON + (NOON if half == "p" else 0)
    return time(hour, int(minute or 0), int(found["second"] or 0))


def _zoned(text: str, at: int, moment: Moment) -> tuple[Moment, int]:
    found = _ZONE.match(text, at)
    if not found or not found["zone"]:
        return moment, at
    zone = _known(found["zone"])
    unclear = "" if zone else found["zone"]
    return replace(moment, zone=zone, unclear=unclear), found.end()


def _known(said: str) -> tzinfo | None:
    """The one zone that this can mean: an offset, or a place by its name."""
    try:
        return ZoneInfo(said) if said[0].isalpha() and "/" in said else read_zone(said, "", _UTC)
    except (Unclear, ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_in(text: str) -> tuple[Moment, str] | None:
    """The zone that a heading or a sentence names, as a moment has it, and the words for it."""
    for place in re.finditer(r"(?<![\w/+:-])(?=[A-Z])", text):
        moment, end = _zoned(text, place.start(), Moment())
        if end > place.start():
            return moment, text[place.start() : end]
    return None


def days_in(text: str) -> Iterator[tuple[date, int]]:
    """The days, with their year, that a text names, and where each ends."""
    for place in re.finditer(r"(?<![\w.:/-])(?=[0-9a-z])", text, re.IGNORECASE):
        found = read_day(text, place.start())
        if found and found[0].year and (day := found[0].on(0)):
            yield day, found[1]


def instant(day: date, clock: time, zone: tzinfo) -> datetime:
    """The instant in UTC at which clocks in a zone show this."""
    return datetime.combine(day, clock, zone).astimezone(UTC)
