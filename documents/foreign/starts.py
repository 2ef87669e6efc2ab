"""When an old document's incident started: by its labels, its timeline, and the times it states."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from documents.foreign.clocks import Clocks
from documents.foreign.durations import read_duration
from documents.foreign.instants import Moment, instant, read_moment
from documents.foreign.labels import Label, Said
from documents.foreign.page import Page
from documents.foreign.placing import Placed
from domain.timeline import Milestone

A_DAY = timedelta(days=1)
#: Longer than any incident; what is more is a slip.
LONGEST = timedelta(days=3660)


@dataclass(frozen=True, kw_only=True)
class Labels:
    """What the labels of a document say of instants, read by its clocks."""

    page: Page
    said: Sequence[Said]
    clocks: Clocks
    day: date | None

    def moments(self, label: Label) -> Iterator[tuple[Said, Moment]]:
        """The moments that a label names, in the document's order."""
        for each in self.said:
            if each.label is label and (moment := read_moment(self.page.plain(each.value))):
                yield each, moment

    def at(self, label: Label) -> tuple[datetime | None, Said | None]:
        """The first instant that a label names; the line too, where it says nothing else."""
        for each, moment in self.moments(label):
            day = moment.day.on(self.day.year if self.day else 0) if moment.day else self.day
            if day is not None and moment.clock is not None:
                at = instant(day, moment.clock, self.clocks.of(moment))
                return at, None if moment.rest or moment.unclear else each
        return None, None

    def minutes(self, label: Label) -> tuple[float | None, Said | None]:
        """The minutes that a label states, and the line that does."""
        for each in self.said:
            if each.label is label:
                minutes = read_duration(self.page.plain(each.value), each.unit)
                if minutes is not None and minutes <= LONGEST / timedelta(minutes=1):
                    return minutes, each
        return None, None


@dataclass(frozen=True, kw_only=True)
class Start:
    """When it began, and the lines that say nothing else.

    `is_first` where that is only the first moment of a timeline, `disproved` such a moment where
    the stated times leave another one alone, `is_day` where no more than a day is known.
    """

    at: datetime
    said: tuple[Said, ...] = ()
    is_first: bool = False
    disproved: datetime | None = None
    is_day: bool = False


def started(labels: Labels, told: Sequence[Placed]) -> Start | None:
    """The start as a label says it, a milestone marks it or the timeline begins; None without."""
    last = max((each.at for each in told if each.at and each.is_timed), default=None)
    for label in (Label.STARTED, Label.DATE):
        at, line = labels.at(label)
        if at is not None and (last is None or at <= last):  # else it tells when it was written
            return Start(at=at, said=(line,) if line else ())
    found = _by_timeline(labels, told)
    if found is None and labels.day is not None:
        found = Start(at=instant(labels.day, time(), labels.clocks.zone), is_day=True)
    return replace(found, said=_of_that_day(labels, found)) if found else None


def _by_timeline(labels: Labels, told: Sequence[Placed]) -> Start | None:
    if at := marked(told, Milestone.STARTED):
        return Start(at=at)
    first = _first(told)
    if first is None:
        return None
    better = fitting(labels, first, told)
    if len(better) != 1 or _names_another_day(labels, better[0]):
        return Start(at=first, is_first=True)
    return Start(at=better[0], disproved=first)


def fitting(labels: Labels, start: datetime, told: Sequence[Placed]) -> list[datetime]:
    """Entries from which both stated times reach an entry; none where those of the start do."""
    minutes = [labels.minutes(each)[0] for each in (Label.TIME_TO_DETECT, Label.TIME_TO_RECOVER)]
    spans = {timedelta(minutes=each) for each in minutes if each}
    if len(spans) < len(minutes):  # one entry is no sign
        return []
    instants = {each.at for each in told if each.at is not None and each.is_timed}
    found = [at for at in sorted(instants) if all(at + span in instants for span in spans)]
    return [] if start in found else found


def _names_another_day(labels: Labels, start: datetime) -> bool:
    """Whether the document says of another day that it was then."""
    return any(
        moment.day is not None and not _is_on(labels, moment, start)
        for label in (Label.DATE, Label.STARTED)
        for _, moment in labels.moments(label)
    )


def _of_that_day(labels: Labels, start: Start) -> tuple[Said, ...]:
    return tuple(
        each
        for label in (Label.DATE, Label.STARTED)
        for each, moment in labels.moments(label)
        if not moment.rest and _is_on(labels, moment, start.at)
    )


def _is_on(labels: Labels, moment: Moment, at: datetime) -> bool:
    day = at.astimezone(labels.clocks.zone).date()
    return moment.day is not None and moment.day.on(day.year) == day


def _first(told: Sequence[Placed]) -> datetime | None:
    """The first time of a timeline, or an earlier day that a line without a time is on."""
    first = min((each.at for each in told if each.at and each.is_timed), default=None)
    early = min((each.at for each in told if each.at and not each.is_timed), default=None)
    if early is not None and (first is None or early + A_DAY <= first):
        return early
    return first


def marked(told: Sequence[Placed], kind: Milestone) -> datetime | None:
    """The first timed line that its words mark with a milestone."""
    found = (each for each in told if each.line.milestone is kind and each.is_timed)
    return next((each.at for each in found), None)
