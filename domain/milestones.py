"""Milestones: what they say about the facts, and what about them cannot be or is worth a question.

Several entries may say the same milestone by mistake; then the first of them counts.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from domain.postmortems import Facts
from domain.signs import milestone_told
from domain.timeline import Milestone, TimelineEntry

#: Else its time to detect would be nothing, and count as that.
AT_ONCE = (
    "Did it begin with the first alert? If it began earlier, set Started back in the facts; "
    "if not, mark what began it as “started”."
)
#: A silence is worth a question when it is this long, and this part of the whole incident.
LEAST_SILENCE = timedelta(minutes=30)
LARGE_PART = 4
#: People write minutes: less than one is no disagreement.
A_MINUTE = timedelta(minutes=1)

#: Of each pair, the first cannot come before the second. (An incident may be over before anybody
#: notices it, so *detected* and *recovered* come in any order.)
_ORDER = (
    *((milestone, Milestone.STARTED) for milestone in Milestone if milestone != Milestone.STARTED),
    (Milestone.ACKNOWLEDGED, Milestone.DETECTED),
    (Milestone.ALL_CLEAR, Milestone.RECOVERED),
)
#: Of several messages that say the same, the last one holds for these, else the first.
LAST_COUNTS = frozenset({Milestone.FIX_DEPLOYED, Milestone.RECOVERED, Milestone.ALL_CLEAR})


@dataclass(frozen=True, kw_only=True)
class Clash:
    """What cannot be, said where `milestone` was chosen."""

    milestone: Milestone
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A long time of which the timeline says nothing."""

    start: datetime
    end: datetime


def reached(entries: Sequence[TimelineEntry]) -> dict[Milestone, TimelineEntry]:
    """The entry that carries each milestone, in the milestones' own order."""
    first: dict[Milestone, TimelineEntry] = {}
    for entry in sorted(entries, key=lambda entry: entry.at):
        if entry.milestone is not None:
            first.setdefault(entry.milestone, entry)
    return {milestone: first[milestone] for milestone in Milestone if milestone in first}


def clashes(entries: Sequence[TimelineEntry]) -> list[Clash]:
    """What about the milestones cannot be, each told at the one that is more likely wrong."""
    times = Counter(entry.milestone for entry in entries if entry.milestone is not None)
    twice = [
        Clash(
            milestone=milestone,
            sentence=f"“{milestone}” stands at {times[milestone]} entries: choose one of them.",
        )
        for milestone in Milestone
        if times[milestone] > 1
    ]
    found = reached(entries)
    return twice + [
        Clash(
            milestone=later,
            sentence=f"“{later}” cannot come before “{earlier}”: "
            "choose another entry for one of the two, or mend its time in the timeline.",
        )
        for later, earlier in _ORDER
        if later in found and earlier in found and found[later].at < found[earlier].at
    ]


def impossible(entries: Sequence[TimelineEntry]) -> list[str]:
    """The same as sentences."""
    return [clash.sentence for clash in clashes(entries)]


def gaps(entries: Sequence[TimelineEntry], facts: Facts) -> list[Gap]:
    """The long silences between the start and the recovery, as far as both are known."""
    end = facts.recovered_at or max((entry.at for entry in entries), default=facts.started_at)
    inside = [entry.at for entry in entries if facts.started_at <= entry.at <= end]
    if not inside:
        return []
    least = max(LEAST_SILENCE, (end - facts.started_at) / LARGE_PART)
    points = sorted({facts.started_at, *inside, end})
    return [Gap(start=start, end=stop) for start, stop in pairwise(points) if stop - start >= least]


def begun(facts: Facts, old: Sequence[TimelineEntry], new: Sequence[TimelineEntry]) -> Facts:
    """The facts, begun with a newly marked *started* where they still begin with their alert.

    A form is filled with the first alert as the start; what somebody chose instead of it stays.
    """
    was, now = reached(old).get(Milestone.STARTED), reached(new).get(Milestone.STARTED)
    if now is None or (was is not None and was.at == now.at):
        return facts
    is_first = all(now.at <= entry.at for entry in reached(new).values())
    is_prefill = facts.started_at == facts.detected_at
    if not is_prefill or not is_first or now.at >= facts.started_at:
        return facts
    return replace(facts, started_at=now.at)


def filled_in(facts: Facts, entries: Sequence[TimelineEntry]) -> Facts:
    """The facts, with what nobody has said of them yet taken from the milestones."""
    return replace(
        facts,
        detected_at=facts.detected_at or _told(Milestone.DETECTED, facts, entries),
        recovered_at=facts.recovered_at or _told(Milestone.RECOVERED, facts, entries),
    )


def _told(milestone: Milestone, facts: Facts, entries: Sequence[TimelineEntry]) -> datetime | None:
    """When a milestone was reached; nothing where that cannot be, or would be before the start."""
    entry = reached(entries).get(milestone)
    if entry is None or entry.at < facts.started_at:
        return None
    return None if milestone in {clash.milestone for clash in clashes(entries)} else entry.at


def disagreements(facts: Facts, entries: Sequence[TimelineEntry]) -> list[str]:
    """Where the facts and the timeline give different times for the same thing."""
    found = reached(entries)
    said = (
        (Milestone.STARTED, facts.started_at),
        (Milestone.DETECTED, facts.detected_at),
        (Milestone.RECOVERED, facts.recovered_at),
    )
    return [
        f"The facts and the timeline give different times for “{milestone}”: mend one of the two."
        for milestone, at in said
        if at is not None and milestone in found and abs(found[milestone].at - at) >= A_MINUTE
    ]


def began_unnoticed(facts: Facts, entries: Sequence[TimelineEntry]) -> list[str]:
    """A question where it seems to have begun with its first alert, which is seldom so."""
    found = reached(entries)
    if facts.detected_at is None or Milestone.STARTED in found:
        return []
    at_once = facts.detected_at - facts.started_at < A_MINUTE
    return [AT_ONCE] if at_once and Milestone.DETECTED in found else []


def suggested(entries: Sequence[TimelineEntry]) -> dict[Milestone, int]:
    """For each milestone that no entry carries, the place of the one whose words say it."""
    there = reached(entries)
    found: dict[Milestone, int] = {}
    for place, entry in enumerate(entries):
        said = said_by(entry)
        free = entry.milestone is None and said is not None and said not in there
        if free and said is not None and (said in LAST_COUNTS or said not in found):
            found[said] = place
    return found


def said_by(entry: TimelineEntry) -> Milestone | None:
    """The milestone that an entry's words say was reached."""
    return milestone_told(entry.text, entry.source)
