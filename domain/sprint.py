"""The sprint list: open items of the last 90 days, by the risk that their incident comes again.

risk = 4 · min(R, 5) + min(A, 3) + 2 · min(M, 3) + P + B, as docs/measures.md has it.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.action_items import ItemState, Progress
from domain.programme import Priority
from domain.services import percent
from domain.workdays import WorkingTime

#: Items written longer ago are for the monthly review, which walks through all there are.
LISTED_FOR = timedelta(days=90)
#: Incidents of so long make an item's own come again more likely.
A_YEAR = timedelta(days=365)
#: More of a list than this nobody takes into a sprint.
SHOWN_MAX = 20

#: What each counts, and from where on more of it counts no more.
PER_REPEAT, REPEATS_MOST = 4, 5
MONTHS_MOST = 3
PER_MOVE, MOVES_MOST = 2, 3
BY_PRIORITY = {Priority.P1: 3, Priority.P2: 2, Priority.P3: 1}
BURNING, QUARTERS_MOST, A_QUARTER = 4, 3, 25


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An open item with what its risk is made of.

    `repeats` are the other incidents of the last year that have a class of its incident, of the
    class that came most often: `causal_class` is its name. `burned` is how many percent of its
    service's error budget are spent.
    """

    id: int
    number: int
    position: int
    what: str
    owner: str
    priority: Priority
    due_on: date
    written_on: date
    reschedules: int
    progress: Progress
    link: str
    service: str
    has_expired: bool = False
    repeats: int = 0
    causal_class: str = ""
    burned: float | None = None
    is_burning: bool = False
    ticket: str = ""
    ticket_url: str = ""
    ticket_closed: bool = False
    ticket_trouble: str = ""

    @property
    def key(self) -> str:
        """How people name it."""
        return f"PM-{self.number}/{self.position}"

    @property
    def state(self) -> ItemState:
        """Where it stands: only what is open is listed."""
        return ItemState.OPEN


@dataclass(frozen=True, kw_only=True)
class Risk:
    """What an item's place in the list rests on, part by part."""

    repeats: int
    age: int
    moves: int
    priority: int
    budget: int

    @property
    def total(self) -> int:
        """The sum, by which items are put in order."""
        return self.repeats + self.age + self.moves + self.priority + self.budget


@dataclass(frozen=True, kw_only=True)
class SprintList:
    """The first of the items that the reader may see, riskiest first, and how many there are.

    `private` are those of private channels that they may not see: these are only counted. `older`
    are open as well, of those that they may see, and were written before.
    """

    items: Sequence[Candidate]
    total: int
    private: int = 0
    older: int = 0


def risk(item: Candidate, today: date) -> Risk:
    """How likely it is that the item's incident comes again, and how much is at stake."""
    return Risk(
        repeats=PER_REPEAT * min(item.repeats, REPEATS_MOST),
        age=months(item.written_on, today),
        moves=PER_MOVE * min(item.reschedules, MOVES_MOST),
        priority=BY_PRIORITY[item.priority],
        budget=_budget(item),
    )


def _budget(item: Candidate) -> int:
    if item.is_burning:
        return BURNING
    return min(int((item.burned or 0) // A_QUARTER), QUARTERS_MOST)


def months(since: date, today: date) -> int:
    """How many whole months have gone by since a day, MONTHS_MOST at most."""
    return sum(since <= each for each in months_ago(today))


def months_ago(today: date) -> list[date]:
    """The days on which one, two, ... months ended today; the last of a month that is shorter."""
    return [_earlier(today, each) for each in range(1, MONTHS_MOST + 1)]


def _earlier(day: date, by: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - by, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_order(items: Sequence[Candidate], today: date) -> list[Candidate]:
    """The riskiest first; of like risk what is due first, then what was written down first."""
    return sorted(items, key=lambda one: (-risk(one, today).total, one.due_on, one.id))


def why(item: Candidate, today: date) -> list[str]:
    """What its place rests on, in words, what weighs most first."""
    return [
        *_repeated(item),
        *_spent(item),
        *([f"moved {_times(item.reschedules)}"] if item.reschedules else []),
        *_old(months(item.written_on, today)),
        str(item.priority),
    ]


def _repeated(item: Candidate) -> list[str]:
    if not item.repeats:
        return []
    what = f"“{item.causal_class}”" if item.causal_class else "its class"
    often = "one other incident" if item.repeats == 1 else f"{item.repeats} other incidents"
    return [f"{what}: {often} in 12 months"]


def _spent(item: Candidate) -> list[str]:
    if not _budget(item):
        return []
    spent = f"{percent(item.burned or 0)} of the error budget of {item.service} is spent"
    return [f"{spent}: it burns" if item.is_burning else spent]


def _old(number: int) -> list[str]:
    if not number:
        return []
    return ["written a month ago" if number == 1 else f"written {number} months ago"]


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def week_of(day: date) -> str:
    """What a week is called, by the calendar of ISO 8601: 2026-W48."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(week: str) -> date:
    """The day on which a week begins."""
    year, _, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def posted_at(week: str, now: datetime, hours: WorkingTime) -> datetime | None:
    """When the list of a week is posted: as its first working day begins, or once people work next.

    None when nobody works any more before the week is over: then the next week's is worth more.
    """
    monday = monday_of(week)
    at = hours.next_at_work(max(now, hours.morning(monday)))
    return at if hours.today(at) < monday + timedelta(weeks=1) else None
