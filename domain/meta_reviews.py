"""The quarterly look across postmortems: which classes of failure repeat, and what mends them.

It is held for a quarter that has ended (rule 21).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.cadence import day_in, parse
from domain.calendar import slot
from domain.postmortems import Facts, Severity, Tier
from domain.programme import Programme
from domain.quarters import Quarter, quarter_of, read_quarter
from domain.reviews import LEARNT_MAX
from domain.workdays import WorkingTime

#: So long after the first monthly review of a quarter the quarter before is looked at.
AFTER_THE_MONTHLY = timedelta(days=7)
#: One that was missed while the app was down is caught up for so long.
CAUGHT_UP = timedelta(days=14)
#: A class of so many incidents in these quarters is a pattern.
REPEATS = 2
FIX_MAX = LEARNT_MAX

#: The first and the last day of a quarter on which a meta-review can be due or caught up, in any
#: zone: the first monthly review is in its first month, or was put off from there by holidays.
_EARLIEST, _LATEST = timedelta(days=6), timedelta(days=75)


def may_be_due(now: datetime) -> bool:
    """Whether any workspace's meta-review can be due: mostly not, and then nobody asks."""
    day = now.astimezone(UTC).date()
    return _EARLIEST <= day - quarter_of(day).begins <= _LATEST


def due_at(quarter: Quarter, programme: Programme, hours: WorkingTime) -> datetime:
    """When the meta-review of this quarter is due, by the hours of where it is held.

    The first monthly review of the next quarter comes first: there the items are walked.
    """
    after = quarter.next.begins
    first = day_in(parse(programme.review_day), after.year, after.month)
    day = hours.working_day(hours.working_day(first) + AFTER_THE_MONTHLY)
    return slot(day, programme.review_time, hours.zone)


def is_due(due_at: datetime, since: datetime | None, now: datetime) -> bool:
    """Whether a meta-review that was due at this instant is to be begun now.

    `since` is when the cadence of the reviews was set: what lies before it was never promised.
    """
    return (since is None or since <= due_at) and due_at <= now <= due_at + CAUGHT_UP


@dataclass(frozen=True, kw_only=True)
class MetaReview:
    """The meta-review of a quarter; its items are those of its postmortem."""

    postmortem_id: int
    workspace_id: str
    quarter: str
    facilitator: str
    channel: str
    called_at: datetime
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def over(self) -> Quarter:
        """The quarter that is looked at."""
        return read_quarter(self.quarter)

    @property
    def name(self) -> str:
        """What people call it."""
        return name_of(self.over)


def name_of(quarter: Quarter) -> str:
    """What people call the meta-review of a quarter."""
    return f"Meta-review of {quarter.name}"


def facts_of(quarter: Quarter, now: datetime) -> Facts:
    """What stands in the postmortem that keeps its items: it is of no incident, and holds three."""
    return Facts(
        title=name_of(quarter),
        service="all services",
        severity=Severity.P3,
        started_at=now,
        tier_override=Tier.STANDARD,
        tier_reason="A meta-review is of no incident: it holds up to three action items.",
    )


@dataclass(frozen=True, kw_only=True)
class Fix:
    """The systemic fix that is proposed for one class."""

    class_id: int
    fix: str
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Trend:
    """How often a class came up in each of the quarters compared, and what is open of it."""

    class_id: int
    name: str
    counts: tuple[int, ...]
    open_items: int = 0

    @property
    def total(self) -> int:
        """How many incidents in all quarters."""
        return sum(self.counts)

    @property
    def now(self) -> int:
        """How many in the quarter that is looked at."""
        return self.counts[-1]

    @property
    def before(self) -> int:
        """How many in the quarter before it."""
        return self.counts[-2]


@dataclass(frozen=True, kw_only=True)
class Behind:
    """An incident behind a pattern; of private channels none is named."""

    number: int
    title: str
    channel: str | None
    started_at: datetime


@dataclass(frozen=True, kw_only=True)
class Incidents:
    """The tagged and the untagged incidents of the quarter that is looked at (rule 22)."""

    tagged: int
    untagged: int


def by_weight(trends: Sequence[Trend]) -> list[Trend]:
    """All classes, the one that came up most often in the last quarter, then in all, first."""
    return sorted(trends, key=lambda each: (-each.now, -each.total, each.name.lower()))


def patterns(trends: Sequence[Trend]) -> list[Trend]:
    """The classes that repeat, the weightiest first."""
    return [each for each in by_weight(trends) if each.total >= REPEATS]


def above_all(found: Sequence[Trend]) -> Trend | None:
    """The pattern that stands out in the quarter looked at; none does with one incident, or tied.

    A pattern that is the only one needs not stand out.
    """
    if len(found) > 1 and found[0].now <= max(1, found[1].now):
        return None
    return found[0] if found else None


def unanswered(found: Sequence[Trend], fixes: Mapping[int, Fix]) -> list[Trend]:
    """The patterns for which nobody has proposed a fix."""
    return [each for each in found if each.class_id not in fixes]
