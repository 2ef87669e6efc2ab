"""What does not fit together in the times that an old document states."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from documents.foreign.placing import Placed
from documents.foreign.starts import Start
from domain.lengths import length

if TYPE_CHECKING:
    from documents.foreign.course import Course

A_MINUTE = timedelta(minutes=1)
#: Few incidents are quiet for so long between their first line and their second.
FAR = timedelta(days=7)

Said = tuple[datetime | None, datetime | None]


def of_start(start: Start, better: Sequence[datetime], told: Sequence[Placed]) -> Iterator[str]:
    """Say what a person should look at in the start; `better` are those that fit stated times."""
    if start.at in {each.at for each in told if not each.is_timed}:
        yield (
            "The first line of its timeline has a day and no time: "
            f"its start was taken as {_spoken(start.at)}."
        )
    elif start.is_day:
        yield (f"It names a day and no time of day: its start was taken as {_spoken(start.at)}.")
    if start.is_first:
        yield from _far_ahead(start.at, told)
    if start.disproved:
        yield (
            f"Its timeline begins at {_spoken(start.disproved)}; the times it states to detect and "
            f"to recover fit only a start at {_spoken(start.at)}, "
            f"{_apart(start.disproved, start.at)}: that was taken."
        )
    elif better:
        yield (
            f"The times it states to detect and to recover fit a start at {_spoken(better[0])} "
            f"better than the one taken, {_spoken(start.at)}: it is {_apart(start.at, better[0])}."
        )


def _far_ahead(start: datetime, told: Sequence[Placed]) -> Iterator[str]:
    """What stands long before all else has often led to an incident, and is not its start."""
    later = min((each.at for each in told if each.at and each.at > start), default=start)
    if later - start >= FAR:
        yield (
            f"Its start is taken from a line that stands alone: the next one is "
            f"{_apart(start, later)}. If it only led to the incident, say when that began in a "
            f"line like `started: {_spoken(later)}` at its top, between two lines of `---`."
        )


def _spoken(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _apart(one: datetime, other: datetime) -> str:
    """How far off, and on which side: `5 days later`."""
    seconds = (other - one).total_seconds()
    return f"{length(abs(seconds))} {'later' if seconds > 0 else 'earlier'}"


def doubts(found: "Course", said: Said) -> Iterator[str]:
    """Say what does not fit; `said` is when it was detected and over by its labels."""
    yield from _before_the_start(found, said)
    yield from _counted_otherwise(found)


def _before_the_start(found: "Course", said: Said) -> Iterator[str]:
    kept = (found.detected_at, found.recovered_at)
    for what, label, instant in zip(("detected", "over"), said, kept, strict=True):
        if label is not None and instant is None:
            yield f"It says that the incident was {what} before it started: that was left out."


def _counted_otherwise(found: "Course") -> Iterator[str]:
    """A document states minutes, and other ones follow from its instants."""
    for what, stated, at in (
        ("detect", found.time_to_detect, found.detected_at),
        ("recover", found.time_to_recover, found.recovered_at),
    ):
        counted = stated if at is None else (at - found.started_at) / A_MINUTE
        if stated is not None and counted is not None and abs(counted - stated) >= 1:
            yield f"It states {stated:g} minutes to {what}; by its times it took {counted:g}."
