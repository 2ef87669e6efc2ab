"""The incidents behind a number are as many as it says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain import counting
from domain.behind import Asked, Behind, Which
from domain.counting import Incident
from domain.windows import Scope, Window
from storage import causal_classes
from storage.engine import Sessions
from storage.incidents_behind import incidents_behind
from tests.storage.kept_incidents import ALWAYS, BASE, Kept, Stored, kept, scopes, store, windows

OF_INCIDENTS = [
    *(Which.INCIDENTS, Which.TAGGED, Which.UNTAGGED, Which.REPEATS, Which.OLD, Which.RECURRED),
    *(Which.DETECTED, Which.RECOVERED, Which.P1, Which.P2, Which.P3),
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
        Which.DETECTED: times.detect.known,
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


def because(stored: Stored, asked: Asked, which: int) -> int:
    """The number of the incident that makes another one count; 0 where that is private."""
    this = next(one for one in stored.incidents if one.id == which)
    of_class = asked.scope.class_id
    classes = this.classes if of_class is None else {of_class}
    own = (this.started_at, this.id)
    orders = [
        (one.started_at, one.id)
        for one in stored.incidents
        if one.classes & classes and one.id != which
    ]
    earlier, later = [it for it in orders if it < own], [it for it in orders if it > own]
    found = min(earlier if asked.which is Which.REPEATS else later)[1]
    return 0 if found in stored.private else stored.numbers[found]


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
    assert {each.id: each.because for each in found.incidents} == {
        each.id: because(stored, it, each.id) for each in found.incidents
    }


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
