"""The grammar of a moment as people write it: `14:03`, `Nov 20 2:05pm`, `2026-11-21T14:03Z`.

Nothing is guessed: what could mean two instants, or none, is refused with what to write instead.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.days import read_named_day
from domain.unclear import DAY, EXAMPLE, LEAD, Unclear, in_table, why_not
from domain.zones import ZONE, read_zone

NOON = 12
HALF_A_DAY = timedelta(hours=12)

_DASH = "-\u2013\u2014"
_CLOCK = r"""
    (?P<clock>(?P<compact>[0-9]{4})(?=\s?[(\[]?(?-i:UTC|GMT|Z\b))   # 1405 alone is a number too
    |(?=[0-9]{1,2}(?::[0-9]{2}(?![0-9])|\s*[ap]\.?m\b))   # 14 alone is a number, not a time
    (?P<hour>[0-9]{1,2})
    (?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?+)?+
    (?:\s*(?P<half>[ap])\.?m\b\.?)?)"""
_LINE = re.compile(
    rf"{LEAD}(?P<open>\[\s*+)?(?:{DAY}(?:T|[\s,|]+))?{_CLOCK}{ZONE}"
    rf"(?(compact)(?(zone)|(?!)))(?(open)\s*+\])"
    rf"(?P<rest>(?:\s*[{_DASH}:|]\s*|[,.;]?(?:\s+|$)|(?(zone)|(?!)))(?P<text>.*))",
    re.VERBOSE | re.IGNORECASE,
)
_SPAN = re.compile(rf"\s*[{_DASH}]\s*[0-9?]{{1,2}}:[0-9?]{{2}}")


@dataclass(frozen=True, kw_only=True)
class Bearings:
    """What a moment is read against: whose clock, what came before it, and which day is today."""

    zone: ZoneInfo
    before: datetime
    today: date


def read_moment(line: str, bearings: Bearings) -> tuple[datetime, str]:
    """Read a line's leading moment: the UTC instant and the words after it.

    Raises Unclear with a sentence when there is no such instant.
    """
    found = _LINE.match(line)
    if found is None:
        raise Unclear(why_not(line))
    at = _instant(found, bearings)
    _check_no_span(found, at, bearings.zone)
    text = found["text"].strip()
    if in_table(line):
        text = text.removesuffix("|").rstrip()
    if not text:
        raise Unclear("say after the time what happened.")
    return at, text


def write_moment(at: datetime, text: str, bearings: Bearings) -> str:
    """Return the shortest line that `read_moment` reads as this instant and this text.

    It names the day where that is not the day of the entry before.
    """
    clock = "%H:%M:%S" if at.second else "%H:%M"
    local = at.astimezone(bearings.zone)
    same_day = local.date() == bearings.before.astimezone(bearings.zone).date()
    days = ("", f"{local:%Y-%m-%d} ") if same_day else (f"{local:%Y-%m-%d} ",)
    lines = (
        f"{day}{local:{clock}}{offset}{gap}{text}"
        for day in days
        for offset in ("", _offset(local))
        for gap in (" ", " - ")
    )
    wanted = (at.replace(microsecond=0), text)
    return next(
        (line for line in lines if _reads_as(line, wanted, bearings)),
        f"{at.astimezone(UTC):%Y-%m-%d {clock}} UTC - {text}",
    )


def _reads_as(line: str, wanted: tuple[datetime, str], bearings: Bearings) -> bool:
    try:
        return read_moment(line, bearings) == wanted
    except Unclear:
        return False


def _clock(found: re.Match[str]) -> time:
    compact, half = found["compact"] or "", (found["half"] or "").lower()
    hour, minute = int(compact[:2] or found["hour"]), int(compact[2:] or found["minute"] or 0)
    try:
        clock = time(hour, minute, int(found["second"] or 0))
    except ValueError:
        raise Unclear(f"{found['clock']} is not a time of day. {EXAMPLE}") from None
    if half and not 1 <= hour <= NOON:
        raise Unclear(f"{found['clock']} is not a time of day. {EXAMPLE}")
    return clock.replace(hour=hour % NOON + (NOON if half == "p" else 0)) if half else clock


def _check_no_span(found: re.Match[str], at: datetime, zone: ZoneInfo) -> None:
    """Refuse `10:30-11:00` where it may be a span as well as a time at UTC-11:00."""
    start, offset = found["clock"], found["zone"] or ""
    if _SPAN.match(found["rest"]):
        raise Unclear(f"this reads like a span. Write {start}, and its end in the words after it.")
    if found["second"] or not re.fullmatch(r"-[0-9]{2}:[0-9]{2}", offset):
        return
    if offset[1:] > start.zfill(len("10:30")) and offset not in _own_offsets(at, zone):
        raise Unclear(
            f"{start}{offset} may be a span. Write {start} UTC{offset} if it is an offset, "
            f"else {start}, and {offset[1:]} in the words after it."
        )


def _own_offsets(at: datetime, zone: ZoneInfo) -> set[str]:
    """Return the offsets the clocks of a zone showed around an instant and in that year."""
    around = (at + timedelta(days=days) for days in (-183, -1, 0, 1, 183))
    return {_offset(near.astimezone(zone)) for near in around}


def _instant(found: re.Match[str], bearings: Bearings) -> datetime:
    clock = _clock(found)
    zone = read_zone(found["zone"] or "", found["clock"], bearings.zone)
    if found["day"]:
        wall = datetime.combine(_day(found["day"], bearings), clock, zone)
    else:
        wall = datetime.combine(bearings.before.astimezone(zone).date(), clock, zone)
        if wall.astimezone(UTC) < bearings.before - HALF_A_DAY:
            wall += timedelta(days=1)
    _check_once(wall, found["clock"])
    return wall.astimezone(UTC)


def _day(day: str, bearings: Bearings) -> date:
    if day.lower() == "today":
        return bearings.today
    if day.lower() == "yesterday":
        return bearings.today - timedelta(days=1)
    try:
        if any(letter.isalpha() for letter in day):
            return read_named_day(day, bearings.before.astimezone(bearings.zone).date())
        return date.fromisoformat(day)
    except ValueError:
        raise Unclear(f"{day} is not a day of the calendar. Write it like 2026-11-21.") from None


def _check_once(wall: datetime, clock: str) -> None:
    """Refuse a wall time that the clocks skipped or showed twice (gap first: it has folds too)."""
    here, day = wall.tzinfo, f"{wall:%Y-%m-%d} in {wall.tzinfo}"
    if wall.astimezone(UTC).astimezone(here).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise Unclear(
            f"{clock} did not exist on {day}: clocks went forward. "
            f"Write the time with UTC, or an offset like {clock}{_offset(wall)}."
        )
    first, second = _offset(wall.replace(fold=0)), _offset(wall.replace(fold=1))
    if first != second:
        raise Unclear(f"{clock} happened twice on {day}: write {clock}{first} or {clock}{second}.")


def _offset(at: datetime) -> str:
    return at.isoformat()[-6:]
