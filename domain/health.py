"""The numbers of the programme that everybody's Home shows, worked out now and then and kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.measures import Completion, OpenItems, Recurrence, Repeats, Times
from domain.report import OfQuarter, Report, quarters_until
from domain.windows import EVERYTHING, USUAL_MONTHS, Window, before, last_months

#: Whoever opened their Home so recently may still be looking at it.
LOOKING = timedelta(hours=1)
#: Whoever opens their Home wants the numbers anew where they are older than this.
FRESH = timedelta(minutes=5)
#: However much changes, the numbers are worked out no more often than this, where few look.
REST = timedelta(seconds=10)

#: Slack takes 100 Homes a minute (Tier 4), and some are owed for what is their reader's own: for
#: the numbers they are published one after the other, this far apart, so many at a time.
BETWEEN, TOGETHER = timedelta(seconds=1), 30

#: How the numbers are kept: what an older version of the app has kept is worked out anew.
_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Table:
    """How much is on the table of the monthly review of a day: the next, or one under way.

    `undecided` of it must be decided, as it is expired or overdue, and `settled` was decided.
    """

    due_on: date
    total: int
    undecided: int
    settled: int = 0


@dataclass(frozen=True, kw_only=True)
class Health:
    """What a Home shows of the programme.

    The report holds what it says there, and nothing of recurrence, times, classes and decisions.
    """

    report: Report
    table: Table | None = None

    @property
    def taken_at(self) -> datetime:
        """When the numbers were these."""
        return self.report.taken_at


def rest(looking: int) -> timedelta:
    """How long the numbers stand at least, where so many look: until all of them have seen them."""
    return max(REST, looking * BETWEEN)


def windows_of(now: datetime, zone: ZoneInfo) -> list[Window]:
    """What is counted over: the last six months, the six before, and quarter by quarter."""
    window = last_months(USUAL_MONTHS, now, zone)
    return [window, before(window, USUAL_MONTHS), *(each for _, each in quarters_until(window))]


def health_of(
    windows: Sequence[Window],
    repeats: Sequence[Repeats],
    kept: Sequence[Completion],
    open_items: OpenItems,
    table: Table | None = None,
) -> Health:
    """Put the numbers of these windows together, each in its place."""
    window, earlier = windows[:2]
    report = Report(
        months=USUAL_MONTHS,
        scope=EVERYTHING,
        window=window,
        earlier=earlier,
        repeats=repeats[0],
        repeats_before=repeats[1],
        recurrence=Recurrence(),
        completion=kept[0],
        completion_before=kept[1],
        times=Times(),
        times_before=Times(),
        quarters=tuple(_quarters(window, repeats[2:], kept[2:])),
        open_items=open_items,
        decisions={},
    )
    return Health(report=report, table=table)


def _quarters(
    window: Window, repeats: Sequence[Repeats], kept: Sequence[Completion]
) -> Iterator[OfQuarter]:
    quarters = quarters_until(window)
    for (quarter, each), repeated, done in zip(quarters, repeats, kept, strict=True):
        yield OfQuarter(
            quarter=quarter,
            window=each,
            repeats=repeated,
            completion=done,
            is_running=quarter == quarters[-1][0],
        )


def to_json(health: Health) -> dict[str, Any]:
    """The numbers as they are kept."""
    report, table = health.report, health.table
    repeats = [report.repeats, report.repeats_before, *(each.repeats for each in report.quarters)]
    kept = [
        *(report.completion, report.completion_before),
        *(each.completion for each in report.quarters),
    ]
    return {
        "version": _VERSION,
        "zone": report.window.zone.key,
        "at": report.taken_at.isoformat(),
        "repeats": [astuple(each) for each in repeats],
        "kept": [astuple(each) for each in kept],
        "open": [[*where, number] for where, number in report.open_items.counts.items()],
        "table": table and [table.due_on.isoformat(), table.total, table.undecided, table.settled],
    }


def from_json(said: Mapping[str, Any]) -> Health | None:
    """The numbers as they were kept; None of none, or those of an older version of the app."""
    if said.get("version") != _VERSION:
        return None
    windows = windows_of(datetime.fromisoformat(said["at"]), ZoneInfo(said["zone"]))
    return health_of(
        windows,
        [Repeats(repeats=r, tagged=t, untagged=u) for r, t, u in said["repeats"]],
        [_completion(each) for each in said["kept"]],
        OpenItems(counts={(age, moves): number for age, moves, number in said["open"]}),
        _table(said["table"]),
    )


def _completion(said: Sequence[int]) -> Completion:
    names = Completion.__dataclass_fields__
    return Completion(**dict(zip(names, said, strict=True)))


def _table(said: Sequence[Any] | None) -> Table | None:
    if said is None:
        return None
    due_on, total, undecided, settled = said
    on = date.fromisoformat(due_on)
    return Table(due_on=on, total=total, undecided=undecided, settled=settled)
