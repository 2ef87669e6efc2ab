"""When an old document's incident started, was detected and was over, from all that it says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from documents.foreign.clocks import Clocks
from documents.foreign.doubts import doubts, of_start
from documents.foreign.instants import days_in
from documents.foreign.labels import Label, Said
from documents.foreign.page import Page
from documents.foreign.placing import HALF_A_DAY, Placed
from documents.foreign.starts import A_DAY, Labels, fitting, marked, started
from domain.timeline import Milestone, TimelineEntry

DAY_OF = (Label.STARTED, Label.DATE, Label.DETECTED, Label.RECOVERED)
NO_DATE = "It names no date. Add a line `date: 2024-05-01` at its top, between two lines of `---`."


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


def course(
    page: Page, said: Sequence[Said], clocks: Clocks, day: date | None, told: Sequence[Placed]
) -> Course | None:
    """Put together what labels, milestones and the timeline say; None where nothing says a day."""
    labels = Labels(page=page, said=said, clocks=clocks, day=day)
    start = started(labels, told)
    if start is None:
        return None
    to_detect, says_detect = labels.minutes(Label.TIME_TO_DETECT)
    to_recover, says_recover = labels.minutes(Label.TIME_TO_RECOVER)
    detected, at_detect = labels.at(Label.DETECTED)
    recovered, at_recover = labels.at(Label.RECOVERED)
    found = Course(
        started_at=start.at,
        detected_at=_after(start.at, detected, to_detect, marked(told, Milestone.DETECTED)),
        recovered_at=_after(start.at, recovered, to_recover, marked(told, Milestone.RECOVERED)),
        time_to_detect=to_detect,
        time_to_recover=to_recover,
        understood=tuple(
            filter(None, (*start.said, says_detect, says_recover, at_detect, at_recover))
        ),
    )
    better = fitting(labels, start.at, told)
    wrong = [*of_start(start, better, told), *doubts(found, (detected, recovered))]
    return replace(found, warnings=tuple(wrong))


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
