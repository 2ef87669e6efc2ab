"""The database counts what `domain.counting` counts, whatever there is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from sqlalchemy import text

from domain import counting
from domain.counting import Incident, is_within
from domain.measures import Recurrence
from domain.postmortems import Tier
from domain.windows import Dimension, Scope, Window
from storage import measures
from storage.engine import Sessions
from storage.statements import run
from tests.storage.kept_incidents import ALWAYS, BASE, Kept, instants, kept, scopes, store, windows


@ALWAYS
@given(kept, windows(), scopes)
async def test_repeats_are_those_that_are_counted(
    sessions: Sessions, those: list[Kept], asked: list[Window], of: Scope
) -> None:
    stored = await store(sessions, those)
    scope = stored.scoped(of)
    async with sessions() as session:
        found = await measures.repeats(session, stored.workspace, asked, scope)
    assert found == [counting.repeats(stored.incidents, each, scope) for each in asked]


@ALWAYS
@given(kept, instants, scopes)
async def test_recurrence_is_what_is_counted(
    sessions: Sessions, those: list[Kept], at: datetime, of: Scope
) -> None:
    stored = await store(sessions, those)
    scope = stored.scoped(of)
    async with sessions() as session:
        found = await measures.recurrence(session, stored.workspace, at, scope)
    assert found == counting.recurrence(stored.incidents, at, scope)


@ALWAYS
@given(kept, windows(), scopes)
async def test_times_and_severities_are_those_that_are_counted(
    sessions: Sessions, those: list[Kept], asked: list[Window], of: Scope
) -> None:
    stored = await store(sessions, those)
    scope = stored.scoped(of)
    async with sessions() as session:
        found = await measures.times(session, stored.workspace, asked, scope)
        mix = await measures.severities(session, stored.workspace, asked[0], scope)
    assert found == [counting.times(stored.incidents, each, scope) for each in asked]
    assert mix == counting.severities(stored.incidents, asked[0], scope)


@ALWAYS
@given(kept, windows(), scopes)
async def test_classes_over_time_are_those_of_the_incidents(
    sessions: Sessions, those: list[Kept], asked: list[Window], of: Scope
) -> None:
    stored = await store(sessions, those)
    scope = stored.scoped(of)
    async with sessions() as session:
        found = await measures.class_trend(session, stored.workspace, asked, scope)
    expected = {
        which: counts
        for which in (stored.classes if scope.class_id is None else [scope.class_id])
        if any(counts := _of_class(stored.incidents, asked, replace(scope, class_id=which), scope))
    }
    assert {each.class_id: each.counts for each in found} == expected
    assert [each.total for each in found] == sorted((each.total for each in found), reverse=True)


def _of_class(
    incidents: Sequence[Incident], asked: Sequence[Window], of_it: Scope, scope: Scope
) -> tuple[int, ...]:
    chosen = [one for one in incidents if is_within(one, of_it) and is_within(one, scope)]
    return tuple(sum(one.started_at in window for one in chosen) for window in asked)


@ALWAYS
@given(kept, windows(), scopes)
async def test_each_part_is_what_is_counted_of_it_alone(
    sessions: Sessions, those: list[Kept], asked: list[Window], of: Scope
) -> None:
    stored = await store(sessions, those)
    scope, window = stored.scoped(of), asked[0]
    async with sessions() as session:
        for by in Dimension:
            found = await measures.parts(session, stored.workspace, window, scope, by)
            chosen = [one for one in stored.incidents if one.started_at in window]
            within = [one for one in chosen if is_within(one, scope)]
            assert {each.key: each.repeats.incidents for each in found} == _sizes(within, scope, by)
            for part in (each for each in found if each.key):
                alone = _alone(scope, by, part.key)
                assert part.repeats == counting.repeats(stored.incidents, window, alone)
                assert part.times == counting.times(stored.incidents, window, alone)


def _sizes(incidents: Sequence[Incident], scope: Scope, by: Dimension) -> dict[str, int]:
    return Counter(key for one in incidents for key in _keys(one, scope, by))


def _keys(one: Incident, scope: Scope, by: Dimension) -> list[str]:
    if by is Dimension.CLASS:
        classes = one.classes if scope.class_id is None else [scope.class_id]
        return [str(each) for each in classes] or [""]
    told = {Dimension.SERVICE: one.service.lower(), Dimension.CHANNEL: one.channel}
    return [told.get(by, str(int(one.tier)))]


def _alone(scope: Scope, by: Dimension, key: str) -> Scope:
    if by is Dimension.CLASS:
        return replace(scope, class_id=int(key))
    if by is Dimension.TIER:
        return replace(scope, tier=Tier(int(key)))
    return replace(scope, service=key) if by is Dimension.SERVICE else replace(scope, channel=key)


async def test_nothing_is_asked_about_no_window(sessions: Sessions) -> None:
    async with sessions() as session:
        assert await measures.repeats(session, "T1", []) == []
        assert await measures.times(session, "T1", []) == []
        assert await measures.class_trend(session, "T1", []) == []


@pytest.mark.parametrize(("late", "recurred"), [(0, 1), (1, 0)])
async def test_six_months_are_as_long_whatever_zone_the_connection_has(
    sessions: Sessions, late: int, recurred: int
) -> None:
    began = BASE + timedelta(microseconds=7)
    later = began + timedelta(days=183, microseconds=late)
    one = Incident(id=0, started_at=began, classes=frozenset({0}), service="mail")
    both = [Kept(incident=each) for each in (one, replace(one, started_at=later))]
    stored = await store(sessions, both)
    async with sessions() as session:
        if session.get_bind().dialect.name == "postgresql":
            await run(session, text("SET TIME ZONE 'Europe/Berlin'"))
        found = await measures.recurrence(session, stored.workspace, later)
    assert found == Recurrence(recurred=recurred, tagged=1)


async def test_parts_are_named_and_what_has_no_name_is_one_too(sessions: Sessions) -> None:
    stored = await store(sessions, [Kept(incident=Incident(id=0, started_at=BASE, service="mail"))])
    window = Window(since=BASE, until=BASE + timedelta(days=1), zone=ZoneInfo("UTC"))
    async with sessions() as session:
        ask = partial(measures.parts, session, stored.workspace, window)
        assert [(each.key, each.name) for each in await ask(by=Dimension.SERVICE)] == [
            ("mail", "mail")
        ]
        assert [(each.key, each.name) for each in await ask(by=Dimension.TIER)] == [("2", "tier 2")]
        for by in (Dimension.CHANNEL, Dimension.CLASS):
            assert [(each.key, each.name) for each in await ask(by=by)] == [("", "")]
