"""A year of an organisation: every digest that is owed arrives once, and no other does."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.faults.conftest import Report
from tests.faults.deeds import Deeds
from tests.faults.lives import Act, year
from tests.faults.oracle import WORK, owed, stands
from tests.faults.organisation import BEGIN, END, Down, Owner, outages, owners, stops
from tests.faults.received import changed, costs, posted, quiet
from tests.faults.verdict import Verdict, judge
from tests.faults.world import World, opened

pytestmark = [pytest.mark.faults, pytest.mark.timeout(2400)]

_A_WHILE = timedelta(hours=3)


@dataclass(frozen=True, kw_only=True)
class Year:
    """An organisation with all that happens in its year."""

    people: Mapping[str, Owner]
    acts: Sequence[Act]
    away: Sequence[Down]


def _strikes(year: Year) -> tuple[set[datetime], set[datetime]]:
    """When the clocks strike: as somebody's day begins, be it a weekend or a holiday; in between.

    Then also at once when something is over.
    """
    one_each = {owner.zone: owner for owner in year.people.values()}.values()
    days = [BEGIN.date() + timedelta(days=number) for number in range((END - BEGIN).days + 1)]
    mornings = {owner.instant(day, WORK[0]) for owner in one_each for day in days}
    between = {BEGIN + number * _A_WHILE for number in range((END - BEGIN) // _A_WHILE)}
    return mornings, between | {down.end for down in year.away}


async def _turn(world: World, deeds: Deeds, year: Year) -> None:
    """Turn the clock from one thing to the next: a strike, a decision, an end of an outage."""
    mornings, between = _strikes(year)
    decided: dict[datetime, list[Act]] = defaultdict(list)
    for act in year.acts:
        decided[act.at].append(act)
    everything = {*mornings, *between, *decided, *(down.begin for down in year.away)}
    for at, after in pairwise(sorted({at for at in everything if BEGIN < at < END} | {END})):
        world.turn_to(at)
        if world.is_stopped:
            continue
        work = [deeds.do(act, at) for act in decided[at]]
        if at in mornings or at in between:
            work.append(world.strike(is_morning=at in mornings))
        await asyncio.gather(*work)
        await world.send(after)


def _planned(chance: random.Random) -> Year:
    everybody, stopped = owners(), stops(chance)
    return Year(
        people={owner.id: owner for owner in everybody},
        acts=year(chance, everybody, stopped),
        away=sorted([*outages(), *stopped], key=lambda down: down.begin),
    )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How the year went."""

    verdict: Verdict
    updated: int
    #: Digests on days on which nothing else happened, and the most calls that one of them took.
    quiet: int
    most: int


def _outcome(world: World, year: Year, keys: Mapping[str, int]) -> Outcome:
    came = posted(world.calls, year.people, keys)
    updates = changed(world.calls, year.people, keys)
    lives = stands(year.acts).values()
    calm = quiet(came, year.acts, world.trouble, year.away)
    spent = costs(world.calls, year.people)
    return Outcome(
        verdict=judge(owed(lives, year.away), came, lives, updates),
        updated=len(updates),
        quiet=len(calm),
        most=max(spent[mail.owner.id, mail.owner.today(mail.at)] for mail in calm),
    )


@pytest.fixture
def planned(seed: int) -> tuple[Year, random.Random]:
    """The year to be, and the chance that will meddle with it."""
    chance = random.Random(seed)  # noqa: S311 - chance, not a secret
    return _planned(chance), chance


async def test_everybody_hears_in_time_of_what_they_promised_and_of_nothing_else(
    database_url: str, planned: tuple[Year, random.Random], seed: int, report: Report
) -> None:
    year, chance = planned
    async with opened(database_url, list(year.people.values()), year.away, chance) as world:
        deeds = Deeds(world.replicas[0].database.sessions)
        await _turn(world, deeds, year)

    went = _outcome(world, year, deeds.keys)
    report("a year", seed=seed, **went.verdict.table())
    report("its cost", updated=went.updated, kills=world.kills, calls_at_most=went.most)
    assert went.verdict.wrong == {}
    assert (went.quiet > 1000, went.most) == (True, 1)
