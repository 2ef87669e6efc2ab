"""The incidents behind a number are as many as it says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain import counting
from domain.behind import Asked, Behind, Which
from domain.counting import Incident, is_within
from domain.measures import SIX_MONTHS
from domain.windows import Scope, Window
from storage import causal_classes
from storage.engine import Sessions
from storage.incidents_behind import incidents_behind
from tests.storage.kept_incidents import ALWAYS, BASE, Kept, Stored, kept, scopes, store, windows

OF_INCIDENTS = [
    *(Which.INCIDENTS, Which.TAGGED, Which.UNTAGGED, Which.REPEATS, Which.OLD, Which.RECURRED),
    *(Which.OLD_UNTAGGED, Which.DETECTED, Which.NOT_DETECTED, Which.RECOVERED),
    *(Which.NOT_RECOVERED, Which.P1, Which.P2, Which.P3),
]


def counted(incidents: Sequence[Incident], window: Window, scope: Scope) -> dict[Which, int]:
    repeats = counting.repeats(incidents, window, scope)
    recurrence = counting.recurrence(incidents, window.until, scope)
    times = counting.times(incidents, window, scope)
    mix = counting.severities(incidents, window, scope)
    return {
        Which.INCIDENTS: repeats.incidents,
        Which.TAGGED: repeats.tagged,
        Which.UNTAGGED: repeats.untagged,
        Which.REPEATS: repeats.repeats,
        Which.OLD: recurrence.tagged,
        Which.RECURRED: recurrence.recurred,
        Which.OLD_UNTAGGED: recurrence.untagged,
        Which.DETECTED: times.detect.known,
        Which.NOT_DETECTED: times.detect.unknown,
        Which.NOT_RECOVERED: times.recover.unknown,
        Which.RECOVERED: times.recover.known,
        Which.P1: sum(each.p1 for each in mix),
        Which.P2: sum(each.p2 for each in mix),
        Which.P3: sum(each.p3 for each in mix),
    }


def in_order(stored: Stored, found: Behind) -> None:
    """Those shown are public, and the newest come first."""
    began = [(each.started_at, each.id) for each in found.incidents]
    assert began == sorted(began, reverse=True)
    assert not stored.private & {each.id for each in found.incidents}


def reasons(stored: Stored, asked: Asked) -> dict[int, int]:
    """By the id of each public incident that counts: the number of the one that makes it count."""
    chosen = [one for one in stored.incidents if is_asked(one, asked)]
    nearest_of = max if asked.which is Which.REPEATS else min
    nearest = {one.id: nearest_of(others(stored, asked, one), default=None) for one in chosen}
    return {
        which: 0 if it[1] in stored.private else stored.numbers[it[1]]
        for which, it in nearest.items()
        if it is not None and which not in stored.private
    }


def is_asked(one: Incident, asked: Asked) -> bool:
    """Whether it is one of those that are looked at."""
    is_old = one.started_at <= asked.window.until - SIX_MONTHS
    there = one.started_at in asked.window if asked.which is Which.REPEATS else is_old
    return there and is_within(one, asked.scope)


def others(stored: Stored, asked: Asked, this: Incident) -> list[tuple[datetime, int]]:
    """Those that this one repeats, or that followed it within six months."""
    of_class = asked.scope.class_id
    classes = this.classes if of_class is None else {of_class}
    orders = [(one.started_at, one.id) for one in stored.incidents if one.classes & classes]
    own = (this.started_at, this.id)
    if asked.which is Which.REPEATS:
        return [it for it in orders if it < own]
    return [it for it in orders if own < it and it[0] <= this.started_at + SIX_MONTHS]


@ALWAYS
@given(kept, windows(), scopes, st.sampled_from(OF_INCIDENTS))
async def test_behind_a_number_are_as_many_as_it_counts(
    sessions: Sessions, those: list[Kept], asked: list[Window], of: Scope, which: Which
) -> None:
    stored = await store(sessions, those)
    it = Asked(which=which, window=asked[0], scope=stored.scoped(of))
    async with sessions() as session:
        found = await incidents_behind(session, stored.workspace, it, most=100)
        page = await incidents_behind(session, stored.workspace, it, most=2, after=1)
    assert found.public + found.private == counted(stored.incidents, it.window, it.scope)[which]
    assert page == replace(found, incidents=found.incidents[1:3])
    assert len(found.incidents) == found.public
    in_order(stored, found)


@ALWAYS
@given(kept, windows(), scopes, st.sampled_from([Which.REPEATS, Which.RECURRED]))
async def test_each_says_which_other_makes_it_count(
    sessions: Sessions, those: list[Kept], asked: list[Window], of: Scope, which: Which
) -> None:
    stored = await store(sessions, those)
    it = Asked(which=which, window=asked[0], scope=stored.scoped(of))
    async with sessions() as session:
        found = await incidents_behind(session, stored.workspace, it, most=100)
    assert {each.id: each.because for each in found.incidents} == reasons(stored, it)


async def test_of_two_that_began_at_once_only_the_later_written_repeats(sessions: Sessions) -> None:
    one = Incident(id=0, started_at=BASE, classes=frozenset({0}), service="mail")
    stored = await store(sessions, [Kept(incident=one), Kept(incident=one)])
    window = Window(since=BASE, until=BASE + timedelta(days=190), zone=ZoneInfo("UTC"))
    found = []
    async with sessions() as session:
        for which in (Which.REPEATS, Which.RECURRED):
            asked = Asked(which=which, window=window)
            shown = (await incidents_behind(session, stored.workspace, asked)).incidents
            found.append([(each.number, each.because) for each in shown])
    assert found == [[(2, 1)], [(1, 2)]]


async def test_the_classes_of_an_incident_are_named(sessions: Sessions) -> None:
    one = Incident(id=0, started_at=BASE, classes=frozenset({2, 0}), service="mail")
    stored = await store(sessions, [Kept(incident=one)])
    window = Window(since=BASE, until=BASE + timedelta(days=1), zone=ZoneInfo("UTC"))
    async with sessions() as session:
        names = [each.name for each in await causal_classes.taxonomy(session, stored.workspace)]
        asked = Asked(which=Which.INCIDENTS, window=window)
        [found] = (await incidents_behind(session, stored.workspace, asked)).incidents
    assert found.classes == (names[0], names[2])
    assert (found.number, found.because) == (1, 0)
