"""Instants in a document: on the clock of a zone, with their offset from UTC, to the second."""

from datetime import UTC, date, datetime, tzinfo

from documents.own.unreadable import Unreadable


def write_instant(at: datetime, zone: tzinfo) -> str:
    """Write an instant as a clock in `zone` shows it: `2026-11-20 15:03+01:00`; UTC bare."""
    local = at.astimezone(zone)
    written = local.isoformat(sep=" ", timespec="seconds" if local.second else "minutes")
    return written.removesuffix("+00:00") if zone == UTC or str(zone) == "UTC" else written


def read_instant(written: str, zone: tzinfo = UTC) -> datetime:
    """Read an instant; without an offset it is on the clock of `zone`. Raises ValueError."""
    at = datetime.fromisoformat(written)
    return in_utc(at if at.tzinfo else at.replace(tzinfo=zone))


def write_labelled_instant(at: datetime | None) -> str:
    """Write an instant to follow a label: `2026-11-20 15:03 UTC`; empty where there is none."""
    return f"{write_instant(at, UTC)} UTC" if at else ""


def read_labelled_instant(written: str) -> datetime | None:
    """Read what `write_labelled_instant` wrote. Raises ValueError."""
    return read_instant(written.removesuffix(" UTC")) if written else None


def write_day(day: date | None) -> str:
    """Write a day as ISO 8601 has it; empty where there is none."""
    return day.isoformat() if day else ""


def read_day(written: str) -> date | None:
    """Read what `write_day` wrote. Raises ValueError."""
    return date.fromisoformat(written) if written else None


def in_utc(at: datetime) -> datetime:
    """The instant in UTC, to the second. Raises ValueError for one that UTC has no year for."""
    try:
        return at.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise Unreadable(f"{at} is beyond the calendar") from None
