"""When an old document's incident started, was detected and was over, from all that it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from documents.foreign.clocks import Clocks
from documents.foreign.doubts import doubts
from documents.foreign.durations import read_duration
from documents.foreign.instants import Moment, days_in, instant, read_moment
from documents.foreign.labels import Label, Said
from documents.foreign.page import Page
from documents.foreign.placing import HALF_A_DAY, Placed
from domain.timeline import Milestone, TimelineEntry

DAY_OF = (Label.STARTED, Label.DATE, Label.DETECTED, Label.RECOVERED)
NO_DATE = "It names no date. Add a line `date: 2024-05-01` at its top, between two lines of `---`."

A_DAY = timedelta(days=1)
#: Longer than any incident; what is more is a slip.
LONGEST = timedelta(days=3660)


@dataclass(frozen=True, kw_only=True)
class Course:
    """The instants of an incident, and the minutes that its document states itself."""

    started_at: datetime
    detected_at: datetime | None = None
    recovered_at: datetime | None = None
    time_to_detect: float | None = None
    time_to_recover: float | None = None
    understood: tuple[Said, ...] = ()
    warnings: tuple[str, ...] = ()


def anchor(page: Page, said: Sequence[Said], first: Sequence[str]) -> date | None:
    """The day that a document is about: as it says, else the first that these texts name."""
    labels = [each.value for label in DAY_OF for each in said if each.label is label]
    for text in (*map(page.plain, labels), *first):
        if found := next(days_in(text), None):
            return found[0]
    return None


@dataclass(frozen=True, kw_only=True)
class _Labels:
    """What the labels of a document say of instants, read by its clocks."""

    page: Page
    said: Sequence[Said]
    clocks: Clocks
    day: date | None

    def moments(self, label: Label) -> Iterator[tuple[Said, Moment]]:
        for each in self.said:
            if each.label is label and (moment := read_moment(self.page.plain(each.value))):
                yield each, moment

    def at(self, label: Label) -> tuple[datetime | None, Said | None]:
        """The first instant that a label names; the line too, where it says nothing else."""
        for each, moment in self.moments(label):
            day = moment.day.on(self.day.year if self.day else 0) if moment.day else self.day
            if day is not None and moment.clock is not None:
                at = instant(day, moment.clock, moment.zone or self.clocks.zone)
                return at, None if moment.rest or moment.unclear else each
        return None, None

    def minutes(self, label: Label) -> tuple[float | None, Said | None]:
        for each in self.said:
            if each.label is label:
                minutes = read_duration(self.page.plain(each.value), each.unit)
                if minutes is not None and minutes <= LONGEST / timedelta(minutes=1):
                    return minutes, each
        return None, None


def course(
    page: Page, said: Sequence[Said], clocks: Clocks, day: date | None, told: Sequence[Placed]
) -> Course | None:
    """Put together what labels, milestones and the timeline say; None where nothing says a day."""
    labels = _Labels(page=page, said=said, clocks=clocks, day=day)
    started, *named = _started(labels, told)
    if started is None:
        return None
    to_detect, says_detect = labels.minutes(Label.TIME_TO_DETECT)
    to_recover, says_recover = labels.minutes(Label.TIME_TO_RECOVER)
    detected, at_detect = labels.at(Label.DETECTED)
    recovered, at_recover = labels.at(Label.RECOVERED)
    found = Course(
        started_at=started,
        detected_at=_after(started, detected, to_detect, _marked(told, Milestone.DETECTED)),
        recovered_at=_after(started, recovered, to_recover, _marked(told, Milestone.RECOVERED)),
        time_to_detect=to_detect,
        time_to_recover=to_recover,
        understood=tuple(filter(None, (*named, says_detect, says_recover, at_detect, at_recover))),
    )
    return replace(found, warnings=tuple(doubts(found, (detected, recovered), told)))


def _started(
    labels: _Labels, told: Sequence[Placed]
) -> tuple[datetime | None, *tuple[Said | None, ...]]:
    last = max((each.at for each in told if each.at and each.is_timed), default=None)
    for label in (Label.STARTED, Label.DATE):
        at, line = labels.at(label)
        if at is not None and (last is None or at <= last):  # else it tells when it was written
            return at, line
    first = _marked(told, Milestone.STARTED) or _first(told)
    if first is None:
        first = instant(labels.day, time(), UTC) if labels.day else None
    dated = [
        each
        for label in (Label.DATE, Label.STARTED)
        for each, moment in labels.moments(label)
        if not moment.rest and first and _is_on(moment, first.date())
    ]
    return first, *dated


def _is_on(moment: Moment, day: date) -> bool:
    return moment.day is not None and moment.day.on(day.year) == day


def _first(told: Sequence[Placed]) -> datetime | None:
    """The first time of a timeline, or an earlier day that a line without a time is on."""
    first = min((each.at for each in told if each.at and each.is_timed), default=None)
    early = min((each.at for each in told if each.at and not each.is_timed), default=None)
    if early is not None and (first is None or early + A_DAY <= first):
        return early
    return first


def _marked(told: Sequence[Placed], kind: Milestone) -> datetime | None:
    marked = (each for each in told if each.line.milestone is kind and each.is_timed)
    return next((each.at for each in marked), None)


def _after(
    started: datetime, said: datetime | None, minutes: float | None, marked: datetime | None
) -> datetime | None:
    """What a label says, else what the stated minutes come to, else what a milestone says.

    A time without a day that lies before the start may be of the next day; nothing else does.
    """
    if said is not None and said < started and started - said > HALF_A_DAY:
        said += A_DAY if started - said < A_DAY else timedelta()
    stated = None if minutes is None else started + timedelta(minutes=minutes)
    found = next((at for at in (said, stated, marked) if at is not None), None)
    return found if found is not None and found >= started else None


def with_milestones(entries: Sequence[TimelineEntry], found: Course) -> list[TimelineEntry]:
    """Mark the entries that stand at the instants of the course, and no milestone twice."""
    kinds = {each.milestone for each in entries}
    due = {Milestone.DETECTED: found.detected_at, Milestone.RECOVERED: found.recovered_at}
    marked = []
    for entry in entries:
        kind = next(
            (kind for kind, at in due.items() if at == entry.at and kind not in kinds), None
        )
        take = kind is not None and entry.milestone is None
        marked.append(replace(entry, milestone=kind) if take else entry)
        kinds.add(kind if take else None)
    return marked
