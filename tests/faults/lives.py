"""What happens to action items in a year: written down, moved, done, forgotten, handed over."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from domain.decisions import Decision
from domain.programme import Priority
from tests.faults.organisation import BEGIN, END, Down, Owner

ITEMS = 1200
#: Rule 2, and rule 13.
DAYS_TO_DO = {Priority.P1: 14, Priority.P2: 30, Priority.P3: 60}
SOAK = 30
#: Decisions after which nobody has to see to an item any more.
ENDINGS = (Decision.CANCEL, Decision.ACCEPT, Decision.PROMOTE)
#: People decide at these minutes, so that nothing but what is meant to happens with a strike.
_MINUTES = (*range(3, 28), *range(33, 58))
#: One decision in so many is made in the very second in which digests are owed.
_IN_A_RACE = 25
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody does to an item; without a decision it is written down.

    `person` is who is to take it on, `day` the date it is due from now on.
    """

    at: datetime
    item: int
    by: Owner
    decision: Decision | None = None
    person: Owner | None = None
    day: date | None = None
    priority: Priority = Priority.P2


def year(chance: random.Random, everybody: Sequence[Owner], away: Sequence[Down]) -> list[Act]:
    """Everything that happens to the items, in order; while the app is away nobody decides."""
    acts = [act for item in range(ITEMS) for act in _life(item, chance, everybody, away)]
    return sorted((act for act in acts if act.at < END), key=lambda act: act.at)


def _waited(at: datetime, away: Sequence[Down]) -> datetime:
    """Whoever meets a silent app tries again soon after it is back, in the same order."""
    for down in away:
        if down.begin <= at <= down.end:
            return down.end + timedelta(minutes=1) + (at - down.begin) / 200
    return at


def _life(
    item: int, chance: random.Random, everybody: Sequence[Owner], away: Sequence[Down]
) -> Iterator[Act]:
    priority, owner = chance.choice(list(Priority)), chance.choice(everybody)
    day = BEGIN.date() + timedelta(days=chance.randint(1, 330))
    life = _Life(item=item, chance=chance, away=away, owner=owner, due=day, now=BEGIN)
    written = life.act(day, None, day=day + DAYS_TO_DO[priority] * _A_DAY)
    yield replace(written, priority=priority)
    fates = (_in_time, _moved, _overdue, _ended, _handed_over)
    yield from chance.choices(fates, (30, 20, 25, 13, 12))[0](life, everybody)


@dataclass
class _Life:
    """An item as it goes on: nothing happens to it earlier than what has happened."""

    item: int
    chance: random.Random
    away: Sequence[Down]
    owner: Owner
    due: date
    now: datetime

    def act(
        self,
        on: date,
        decision: Decision | None,
        *,
        day: date | None = None,
        person: Owner | None = None,
        in_a_race: bool = False,
    ) -> Act:
        """Do something on a day or, if that has passed, soon after the last thing."""
        at = self._instant(max(on, self.owner.today(self.now)), in_a_race=in_a_race)
        while at < self.now + timedelta(hours=1):
            at = self._instant(self.owner.today(at) + _A_DAY)
        self.now, self.due = at, day or self.due
        return Act(at=at, item=self.item, by=self.owner, decision=decision, day=day, person=person)

    def about(self, first: int, last: int) -> date:
        """Some day between so many days before and after it is due."""
        return self.due + self.chance.randint(first, last) * _A_DAY

    def _instant(self, day: date, *, in_a_race: bool = False) -> datetime:
        if in_a_race or self.chance.randrange(_IN_A_RACE) == 0:
            return _waited(self.owner.instant(day, time(9, 30)), self.away)
        at = time(self.chance.randint(8, 18), self.chance.choice(_MINUTES))
        return _waited(self.owner.instant(day, at), self.away)


def _in_time(life: _Life, _everybody: Sequence[Owner]) -> Iterator[Act]:
    if life.chance.random() < 0.4:
        yield life.act(life.about(-12, -8), Decision.START)
    yield from _done(life, life.about(-10, 0))


def _moved(life: _Life, _everybody: Sequence[Owner]) -> Iterator[Act]:
    for _ in range(life.chance.randint(1, 3)):
        on = life.due + life.chance.choice((-9, -7, -1, 0, 0, 3, 7, 20)) * _A_DAY
        on = max(on, life.owner.today(life.now) + 2 * _A_DAY)
        day = on + life.chance.randint(3, 40) * _A_DAY
        day += _A_DAY * (day == life.due)  # to the same day nothing moves
        yield life.act(on, Decision.RESCHEDULE, day=day)
    yield from _done(life, life.about(-5, 5))


def _overdue(life: _Life, _everybody: Sequence[Owner]) -> Iterator[Act]:
    if life.chance.random() < 0.3:
        on = life.due + life.chance.choice((7, 7, 14, 16)) * _A_DAY
        yield life.act(on, Decision.BLOCK, in_a_race=life.chance.random() < 0.5)
    yield from _done(life, life.about(7, 50))


def _ended(life: _Life, _everybody: Sequence[Owner]) -> Iterator[Act]:
    yield life.act(life.about(-10, 20), life.chance.choice(ENDINGS))


def _handed_over(life: _Life, everybody: Sequence[Owner]) -> Iterator[Act]:
    other = life.chance.choice([one for one in everybody if one != life.owner])
    asked = life.act(life.about(-12, 15), Decision.REASSIGN, person=other)
    yield asked
    if life.chance.random() < 0.75:
        later = timedelta(hours=life.chance.randint(1, 28), minutes=1)
        soon = _waited(asked.at + later, life.away)
        yield Act(at=soon, item=life.item, by=other, decision=Decision.TAKE, person=other)
        life.owner, life.now = other, soon
    else:  # nobody answers: it stays with whoever it was with
        life.now = asked.at + 5 * _A_DAY
    yield from _done(life, life.about(-3, 20))


def _done(life: _Life, on: date) -> Iterator[Act]:
    done = life.act(on, Decision.IMPLEMENT)
    yield done
    shipped = life.owner.today(done.at)
    ending = life.chance.random()
    if ending < 0.1:
        again = shipped + life.chance.randint(5, 25) * _A_DAY
        yield life.act(again, Decision.REOPEN, day=again + life.chance.randint(5, 20) * _A_DAY)
        yield life.act(life.about(-5, 10), Decision.IMPLEMENT)
    elif ending < 0.96:
        soaked = shipped + SOAK * _A_DAY
        yield life.act(soaked + life.chance.randint(0, 15) * _A_DAY, Decision.VERIFY)
