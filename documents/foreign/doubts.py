"""What does not fit together in the times that an old document states."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from documents.foreign.placing import Placed

if TYPE_CHECKING:
    from documents.foreign.course import Course

A_MINUTE = timedelta(minutes=1)

Said = tuple[datetime | None, datetime | None]


def doubts(found: "Course", said: Said, told: Sequence[Placed]) -> Iterator[str]:
    """Say what a person should look at; `said` is when it was detected and over by its labels."""
    at = f"{found.started_at:%Y-%m-%d %H:%M} UTC"
    if found.started_at in {each.at for each in told if not each.is_timed}:
        yield f"The first line of its timeline has a day and no time: its start was taken as {at}."
    elif not any(each.is_timed for each in told) and found.started_at.time() == time():
        yield f"It names a day and no time of day: its start was taken as {at}."
    yield from _before_the_start(found, said)
    yield from _counted_otherwise(found)
    if better := _fits_better(found, told):
        yield (
            f"The times it states to detect and to recover fit a start at "
            f"{better:%Y-%m-%d %H:%M} UTC better than the one taken, {at}."
        )


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


def _fits_better(found: "Course", told: Sequence[Placed]) -> datetime | None:
    """Another entry from which both stated times reach an entry, where the start's do not."""
    if (
        not found.time_to_detect
        or not found.time_to_recover
        or found.time_to_detect == found.time_to_recover  # one entry is no sign
    ):
        return None
    instants = {each.at for each in told if each.at is not None and each.is_timed}
    spans = [timedelta(minutes=each) for each in (found.time_to_detect, found.time_to_recover)]
    fitting = [at for at in sorted(instants) if all(at + span in instants for span in spans)]
    return fitting[0] if fitting and found.started_at not in fitting else None
