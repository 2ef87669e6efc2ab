"""What owners are owed by rule 11, worked out from what happened alone, and who got what.

Nothing of the app's own reckoning is used here: neither its rules of hearing nor its tables.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from domain.decisions import Decision
from tests.faults.lives import ENDINGS, SOAK, Act
from tests.faults.organisation import END, Down, Owner

WORK = (time(9, 30), time(17))
BEFORE = EVERY = timedelta(days=7)
AN_HOUR = timedelta(hours=1)
_A_DAY = timedelta(days=1)
_A_MINUTE = timedelta(minutes=1)
_SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Stand:
    """An item between two things that happened to it; `asks_from` is None once it has ended."""

    item: int
    owner: Owner
    since: datetime
    until: datetime
    asks_from: date | None
    due: date

    def needs(self, day: date) -> bool:
        """Whether its owner has to look at it on this day."""
        return self.asks_from is not None and self.asks_from <= day

    def told_on(self) -> Iterator[date]:
        """The days on which rule 11 has its owner hear of it, before weekends are looked at."""
        if self.asks_from is not None:
            yield self.asks_from
            day = self.due
            while day <= END.date():
                yield day
                day += EVERY


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A digest that has to arrive between two instants, for these items.

    One that is not `certain` need not: the item was decided about while it could be sent.
    """

    owner: Owner
    opens: datetime
    closes: datetime
    certain: bool


def stands(acts: Iterable[Act]) -> dict[int, list[Stand]]:
    """How each item stood, and from when until when."""
    lives: dict[int, list[Act]] = defaultdict(list)
    for act in acts:
        lives[act.item].append(act)
    return {item: list(_of_one(life)) for item, life in lives.items()}


def _of_one(life: list[Act]) -> Iterator[Stand]:
    owner, due, asks_from = life[0].by, life[0].day or date.min, None
    for act, after in zip(life, [*life[1:], None], strict=True):
        if act.decision is Decision.IMPLEMENT:
            due = asks_from = owner.today(act.at) + timedelta(days=SOAK)
        elif act.decision in {*ENDINGS, Decision.VERIFY}:
            asks_from = None
        elif act.day is not None:
            due, asks_from = act.day, act.day - BEFORE
        if act.decision is Decision.TAKE:
            owner = act.by
        until = after.at if after else END
        yield Stand(
            item=act.item, owner=owner, since=act.at, until=until, asks_from=asks_from, due=due
        )


@cache
def _holidays(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)


def works_on(owner: Owner, day: date) -> bool:
    """Whether they work on this day."""
    return day.weekday() < _SATURDAY and day not in _holidays(owner.country)


def is_at_work(owner: Owner, at: datetime) -> bool:
    """Whether this is within their hours."""
    day = owner.today(at)
    return works_on(owner, day) and owner.instant(day, WORK[0]) <= at < owner.instant(day, WORK[1])


def owed(lives: Iterable[Sequence[Stand]], away: Sequence[Down]) -> dict[str, list[Owed]]:
    """Every digest that is owed, by owner, in order; what can first be sent together is one."""
    found: dict[tuple[Owner, datetime], Owed] = {}
    for life in lives:
        for owner, morning in sorted(set(_mornings(life)), key=lambda each: each[1]):
            opens, closes = _window(owner, morning, away)
            key = owner, opens
            certain = _needs_throughout(life, owner, morning, closes)
            before = found.get(key)
            certain = certain or (before is not None and before.certain)
            found[key] = Owed(owner=owner, opens=opens, closes=closes, certain=certain)
    by_owner: dict[str, list[Owed]] = defaultdict(list)
    for each in sorted(found.values(), key=lambda each: each.opens):
        if each.opens < END:
            by_owner[each.owner.id].append(each)
    return by_owner


def _mornings(life: Sequence[Stand]) -> Iterator[tuple[Owner, datetime]]:
    """When its owners hear of an item: on the next day on which they work, as they begin."""
    for stand in life:
        for day in stand.told_on():
            while not works_on(stand.owner, day):
                day += _A_DAY  # noqa: PLW2901 - it is moved
            morning = stand.owner.instant(day, WORK[0])
            if stand.since < morning <= stand.until:
                yield stand.owner, morning


def _window(owner: Owner, morning: datetime, away: Sequence[Down]) -> tuple[datetime, datetime]:
    """The first hour of their work from then on in which a message could reach them."""
    if not any(down.begin < morning + AN_HOUR and morning < down.end for down in away):
        return morning, morning + AN_HOUR
    minute = opens = morning
    reached = 0
    while reached < AN_HOUR // _A_MINUTE:
        if is_at_work(owner, minute) and not any(down.covers(minute) for down in away):
            opens = opens if reached else minute
            reached += 1
        minute += _A_MINUTE
    return opens, minute


def _needs_throughout(life: Sequence[Stand], owner: Owner, begin: datetime, end: datetime) -> bool:
    """Whether the item was theirs to look at all the time; a race decides nothing."""
    within = [stand for stand in life if stand.since <= end and begin <= stand.until]
    return all(stand.owner == owner and stand.needs(owner.today(begin)) for stand in within)
