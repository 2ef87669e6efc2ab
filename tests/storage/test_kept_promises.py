"""The database counts what became of promises as the rules do, over random histories."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from domain import counting
from domain.action_items import HistoryEntry, ItemState
from domain.decisions import Decision
from domain.measures import Completion
from domain.postmortems import Tier
from domain.windows import EVERYTHING, Dimension, Scope, Window
from storage import item_history, kept_promises
from storage.engine import Sessions
from storage.statements import run
from storage.tables import ActionItemRow
from tests.storage.promised import (
    A_DAY,
    HISTORIES,
    NOON,
    SCOPES,
    TODAY,
    WINDOWS,
    ZONES,
    Item,
    Past,
    kept,
)

UTC = ZoneInfo("UTC")
DAY = Window(since=NOON - A_DAY, until=NOON + A_DAY, zone=UTC)
AN_ITEM = Item(state=ItemState.OPEN, due=0, created=0, implemented=None, moved=0)
A_PAST = Past(
    service="checkout",
    classes=frozenset({0, 1}),
    tier=Tier.FULL,
    is_private=False,
    is_meta=False,
    items=[AN_ITEM],
)
OTHER = Scope(service="payments")
#: One database for all examples, each in a workspace of its own.
random = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@random
@given(pasts=HISTORIES, windows=WINDOWS, drawn=SCOPES, zone=ZONES)
async def test_sql_counts_as_the_rules_do(
    sessions: Sessions, pasts: Sequence[Past], windows: list[Window], drawn: Scope, zone: ZoneInfo
) -> None:
    async with sessions.begin() as session:
        past = await kept(session, pasts, zone)
        scope = past.scope(drawn)
        completion = await kept_promises.completion(session, past.workspace, windows, scope)
        is_open = await kept_promises.open_items(session, past.workspace, TODAY, zone, scope)
    assert completion == [counting.completion(past.promises, each, scope) for each in windows]
    assert is_open == counting.open_items(past.promises, TODAY, scope)


def keys(incident: counting.Incident, by: Dimension) -> set[str]:
    """What an incident is told apart by."""
    return {
        Dimension.SERVICE: {incident.service.lower()},
        Dimension.CLASS: {str(each) for each in incident.classes} or {""},
        Dimension.TIER: {str(int(incident.tier))},
        Dimension.CHANNEL: {incident.channel},
    }[by]


@random
@given(pasts=HISTORIES, windows=WINDOWS, drawn=SCOPES, by=st.sampled_from(Dimension))
async def test_what_is_told_apart_is_counted_by_each_part(
    sessions: Sessions, pasts: Sequence[Past], windows: list[Window], drawn: Scope, by: Dimension
) -> None:
    async with sessions.begin() as session:
        past = await kept(session, pasts, UTC)
        scope = replace(past.scope(drawn), class_id=None)
        for window in windows:
            found = await kept_promises.completion_by(session, past.workspace, window, scope, by)
            for key in found.keys() | {
                it for one in past.promises for it in keys(one.incident, by)
            }:
                mine = [one for one in past.promises if key in keys(one.incident, by)]
                assert found.get(key, Completion()) == counting.completion(mine, window, scope)


async def test_by_class_only_the_one_that_is_measured_is_told(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        past = await kept(session, [A_PAST], UTC)
        scope = Scope(class_id=past.classes[0])
        asked = (session, past.workspace, DAY, scope, Dimension.CLASS)
        found = await kept_promises.completion_by(*asked)
    assert found == {str(past.classes[0]): Completion(due=1, waits=1)}


async def test_nothing_is_asked_where_no_window_is_named(sessions: Sessions) -> None:
    async with sessions() as session:
        assert await kept_promises.completion(session, "T1", []) == []


async def happened(sessions: Sessions, *events: str, at: datetime = NOON) -> str:
    """Let these things happen to an item, one a second; gives its workspace."""
    async with sessions.begin() as session:
        past = await kept(session, [A_PAST], UTC)
        [row] = await run(
            session,
            select(col(ActionItemRow.id)).where(col(ActionItemRow.workspace_id) == past.workspace),
        )
        for place, event in enumerate(events):
            entry = HistoryEntry(
                item_id=row.id,
                actor="U1",
                at=at + timedelta(seconds=place),
                event=event,
                changes={},
            )
            await item_history.append(session, past.workspace, entry)
    return past.workspace


async def test_decisions_are_counted_by_kind_and_nothing_else_that_happened(
    sessions: Sessions,
) -> None:
    both = (Decision.RESCHEDULE, Decision.CANCEL)
    team = await happened(sessions, Decision.RESCHEDULE, "added", "expired", *both)
    async with sessions() as session:
        for scope, number in ((EVERYTHING, 1), (Scope(tier=Tier.FULL), 1), (OTHER, 0)):
            found = await kept_promises.decisions(session, team, DAY, scope)
            assert found == ({"rescheduled": 2, "cancelled": 1} if number else {})
        assert await kept_promises.decisions(session, "T9", DAY) == {}


@pytest.mark.parametrize(("at", "number"), [(DAY.since, 1), (DAY.until, 0)])
async def test_a_decision_belongs_to_the_window_in_which_it_was_made(
    sessions: Sessions, at: datetime, number: int
) -> None:
    team = await happened(sessions, Decision.ACCEPT, at=at)
    async with sessions() as session:
        found = await kept_promises.decisions(session, team, DAY)
    assert sum(found.values()) == number


async def test_the_list_of_open_items_has_expired_ones_first(sessions: Sessions) -> None:
    items = [
        replace(AN_ITEM, due=due, reviews=reviews) for due, reviews in ((3, 0), (-2, 0), (2, 2))
    ]
    async with sessions.begin() as session:
        past = await kept(session, [replace(A_PAST, items=items)], UTC)
        rows, total = await kept_promises.open_list(session, past.workspace, TODAY, most=2)
        both = await kept_promises.open_list(session, past.workspace, TODAY, OTHER)
    assert [(each.key, each.stands, each.overdue) for each in rows] == [
        ("PM-1/3", "expired", 0),
        ("PM-1/2", "overdue", 2),
    ]
    assert (total, both) == (3, ([], 0))


async def test_of_a_private_item_the_list_has_no_words(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        past = await kept(session, [replace(A_PAST, is_private=True)], UTC)
        [[row], total] = await kept_promises.open_list(session, past.workspace, TODAY)
    assert (row.key, row.what, row.service, row.owner, total) == ("PM-1/1", "", "", "U1", 1)


async def test_an_age_is_counted_in_days_of_a_zone(sessions: Sessions) -> None:
    item = replace(AN_ITEM, created=-13)
    async with sessions.begin() as session:
        past = await kept(session, [replace(A_PAST, items=[item])], UTC)
        for zone, age in (("UTC", 1), ("Asia/Kathmandu", 0)):
            asked = (session, past.workspace, TODAY)
            [[row], _] = await kept_promises.open_list(*asked, zone=ZoneInfo(zone))
            assert row.age == age
