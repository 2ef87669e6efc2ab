"""What a programme is measured by (rules 22 and 23): each number with what it is counted from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

#: Within so long a class recurs, or an incident counts as one that did not (rule 23): six months.
SIX_MONTHS = timedelta(days=183)
#: Of fewer than these a percentage says nothing: then only the counts are told.
FEW = 5
#: The ages of open items are told apart at so many days since they were written.
AGES = (30, 60, 90)
#: Items moved this often, or more, are told as one.
MOVES_MOST = 3


def percent(part: int, whole: int) -> int | None:
    """How many of a hundred, rounded half up; None where it would be a percentage of few."""
    return None if whole < FEW else (200 * part + whole) // (2 * whole)


@dataclass(frozen=True, kw_only=True)
class Repeats:
    """Of the incidents of a window: how many share a class with an earlier one (rule 22).

    `untagged` have no class, so nobody can say of them whether they repeat anything.
    """

    repeats: int = 0
    tagged: int = 0
    untagged: int = 0

    @property
    def incidents(self) -> int:
        """How many there were in all."""
        return self.tagged + self.untagged

    @property
    def rate(self) -> int | None:
        """The repeat rate in percent; None where there are too few."""
        return percent(self.repeats, self.tagged)


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """Of the incidents older than six months: how many had a class that came again within them.

    Those without a class are `untagged`, and are no part of `tagged`.
    """

    recurred: int = 0
    tagged: int = 0
    untagged: int = 0

    @property
    def rate(self) -> int | None:
        """In percent; None where there are too few."""
        return percent(self.recurred, self.tagged)


@dataclass(frozen=True, kw_only=True)
class Completion:
    """What became of the items whose original due date lies in a window (rule 23).

    Each of the `due` is one of the others: implemented `by_date`, or `later`; `cancelled`,
    `accepted` as a risk or `promoted` to a project; or it `waits` still.
    """

    due: int = 0
    by_date: int = 0
    later: int = 0
    cancelled: int = 0
    accepted: int = 0
    promoted: int = 0
    waits: int = 0

    @property
    def rate(self) -> int | None:
        """Implemented by their original date, in percent; None where there are too few."""
        return percent(self.by_date, self.due)

    @property
    def rate_in_the_end(self) -> int | None:
        """Implemented by now, in percent; None where there are too few."""
        return percent(self.by_date + self.later, self.due)


@dataclass(frozen=True, kw_only=True)
class Durations:
    """How long something took, in whole seconds; `unknown` are the incidents that do not say."""

    known: int = 0
    unknown: int = 0
    total: int = 0
    median: float | None = None

    @property
    def mean(self) -> float | None:
        """In seconds; None where nothing is known."""
        return self.total / self.known if self.known else None


@dataclass(frozen=True, kw_only=True)
class Times:
    """How long it took from the start of an incident to its detection and to its recovery."""

    detect: Durations = Durations()
    recover: Durations = Durations()


@dataclass(frozen=True, kw_only=True)
class SeverityMix:
    """How many incidents of each severity began in a month, told by its first day."""

    month: date
    p1: int = 0
    p2: int = 0
    p3: int = 0


@dataclass(frozen=True, kw_only=True)
class ClassTrend:
    """How many incidents of a class began in each of some windows in a row."""

    class_id: int
    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many in all of them."""
        return sum(self.counts)


@dataclass(frozen=True, kw_only=True)
class OpenItems:
    """How many items are open, by place of their age among AGES and by how often they moved.

    `counts` has no entry where there is none: (0, 2) are the items of up to 30 days that were moved
    twice, (3, 0) those of more than 90 days that never were. MOVES_MOST means so often or more.
    """

    counts: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many in all."""
        return sum(self.counts.values())

    def of_age(self, place: int) -> int:
        """How many of this age."""
        return sum(number for (age, _), number in self.counts.items() if age == place)

    def moved(self, times: int) -> int:
        """How many were moved so often."""
        return sum(number for (_, moves), number in self.counts.items() if moves == times)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One row of a breakdown: a service, a class, a tier or a team's channel, and its numbers.

    `key` is what a `Scope` takes: the service's name, the class's id, the tier's number or the
    channel's id, as text; empty where nothing is named. `name` is what people call it.
    """

    key: str
    name: str
    repeats: Repeats
    times: Times = Times()
    completion: Completion = Completion()
