"""Behind each number about items are exactly the items that it was counted from."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.action_items import ItemState
from domain.behind import Asked, Behind, Which
from domain.decisions import Decision
from domain.windows import Scope, Window
from storage import kept_promises
from storage.engine import Sessions
from storage.items_behind import items_behind
from tests.storage.promised import HISTORIES, NOON, SCOPES, TODAY, WINDOWS, Past, kept
from tests.storage.test_kept_promises import A_PAST, AN_ITEM, DAY, UTC, happened, random

OF_COMPLETION = (
    *(Which.DUE, Which.BY_DATE, Which.LATER, Which.CANCELLED, Which.ACCEPTED),
    *(Which.PROMOTED, Which.WAITS),
)
NOW = Window(since=NOON - timedelta(days=180), until=NOON, zone=UTC)


def counted(behind: Behind) -> int:
    """How many there are; those of public channels are all on the page."""
    assert len(behind.items) == behind.public
    return behind.public + behind.private


@random
@given(pasts=HISTORIES, windows=WINDOWS, drawn=SCOPES, which=st.sampled_from(OF_COMPLETION))
async def test_behind_completion_are_as_many_items_as_it_counts(
    sessions: Sessions, pasts: Sequence[Past], windows: list[Window], drawn: Scope, which: Which
) -> None:
    async with sessions.begin() as session:
        past = await kept(session, pasts, UTC)
        team, scope = past.workspace, past.scope(drawn)
        numbers = await kept_promises.completion(session, team, windows, scope)
        for window, number in zip(windows, numbers, strict=True):
            asked = Asked(which=which, window=window, scope=scope)
            found = await items_behind(session, team, asked, most=99)
            assert counted(found) == asdict(number)[which.value]


@random
@given(pasts=HISTORIES, drawn=SCOPES)
async def test_behind_open_items_are_as_many_as_are_counted(
    sessions: Sessions, pasts: Sequence[Past], drawn: Scope
) -> None:
    async with sessions.begin() as session:
        past = await kept(session, pasts, UTC)
        team, scope = past.workspace, past.scope(drawn)
        asked = Asked(which=Which.OPEN, window=NOW, scope=scope)
        number = await kept_promises.open_items(session, team, TODAY, UTC, scope)
        assert counted(await items_behind(session, team, asked, most=99)) == number.total
        for (age, moves), counts in number.counts.items():
            some = replace(asked, age=age, moves=moves)
            assert counted(await items_behind(session, team, some, most=99)) == counts


@pytest.mark.parametrize(("event", "number"), [("", 3), ("rescheduled", 2), ("cancelled", 1)])
async def test_an_item_comes_as_often_as_it_was_decided_about(
    sessions: Sessions, event: str, number: int
) -> None:
    decided = (Decision.RESCHEDULE, "added", Decision.CANCEL, Decision.RESCHEDULE)
    team = await happened(sessions, *decided)
    async with sessions() as session:
        asked = Asked(which=Which.DECIDED, window=DAY, event=event)
        found = await items_behind(session, team, asked)
    assert [each.key for each in found.items] == ["PM-1/1"] * number
    assert (found.public, found.private) == (number, 0)


async def test_items_come_by_pages_with_what_is_told_of_them(sessions: Sessions) -> None:
    items = [replace(AN_ITEM, due=due, state=ItemState.IMPLEMENTED) for due in (1, -1, 0)]
    async with sessions.begin() as session:
        past = await kept(session, [replace(A_PAST, items=items)], UTC)
        asked = Asked(which=Which.DUE, window=replace(DAY, until=NOON + timedelta(days=9)))
        found = await items_behind(session, past.workspace, asked, most=1, after=1)
        [item] = found.items
    assert (found.public, item.key, item.original_due_on) == (3, "PM-1/3", TODAY)
    assert (item.state, item.owner, item.what) == ("implemented", "U1", "Drain connections")


async def test_those_of_private_channels_and_other_workspaces_are_not_named(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        past = await kept(session, [replace(A_PAST, is_private=True)], UTC)
        await kept(session, [A_PAST], UTC)
        found = await items_behind(session, past.workspace, Asked(which=Which.DUE, window=DAY))
    assert found == Behind(public=0, private=1)
