"""Instants in a document: on the clock of a zone, with their offset from UTC, to the second."""

from datetime import UTC, datetime, tzinfo


def write_instant(at: datetime, zone: tzinfo) -> str:
    """Write an instant as a clock in `zone` shows it: `2026-11-20 15:03+01:00`; UTC bare."""
    local = at.astimezone(zone)
    written = local.isoformat(sep=" ", timespec="seconds" if local.second else "minutes")
    return written.removesuffix("+00:00") if zone == UTC or str(zone) == "UTC" else written


def read_instant(written: str, zone: tzinfo = UTC) -> datetime:
    """Read an instant; without an offset it is on the clock of `zone`. Raises ValueError."""
    at = datetime.fromisoformat(written)
    return in_utc(at if at.tzinfo else at.replace(tzinfo=zone))


def in_utc(at: datetime) -> datetime:
    """The instant in UTC, to the second."""
    return at.astimezone(UTC).replace(microsecond=0)
