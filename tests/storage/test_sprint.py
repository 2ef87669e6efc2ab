"""The database puts the sprint list in the order of the rules, and knows whose is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.item_search import Asker
from domain.programme import Priority
from domain.sprint import LISTED_FOR, in_order
from domain.windows import EVERYTHING, Scope
from storage import deliveries, sprint
from storage.engine import Database, Sessions
from storage.sprint_order import When
from storage.statements import run
from storage.tables import ActionItemRow, PostmortemRow, ServiceRow
from tests.storage.promised import HISTORIES, NOON, ZONES, Kept, Past, kept
from tests.storage.test_kept_promises import A_PAST, AN_ITEM, UTC, random
from tests.storage.test_plans import plans, read_whole

ANYBODY = Asker(id="U9")
WHEN = When(now=NOON, zone=UTC)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How much of a service's error budget is spent."""

    burned: float | None = None
    is_burning: bool = False


BUDGETS = st.builds(Budget, burned=st.none() | st.floats(0, 130), is_burning=st.booleans())
PRIORITIES = st.lists(st.sampled_from(Priority), min_size=18, max_size=18)


async def spread(
    session: AsyncSession, past: Kept, budget: Budget, priorities: Sequence[Priority]
) -> None:
    """Let items be of different priorities, incidents lie apart, and a service spend its budget."""
    mine = select(col(ActionItemRow.id)).where(col(ActionItemRow.workspace_id) == past.workspace)
    for which, priority in zip(
        (await run(session, mine)).scalars().all(), priorities, strict=False
    ):
        this = col(ActionItemRow.id) == which
        await run(session, update(ActionItemRow).where(this).values(priority=priority))
    since = NOON if budget.is_burning else None
    burns = {"burned": budget.burned, "burning_since": since}
    checkout = (col(ServiceRow.workspace_id) == past.workspace, col(ServiceRow.name) == "Checkout")
    await run(session, update(ServiceRow).where(*checkout).values(**burns))
    ids = select(col(PostmortemRow.id)).where(col(PostmortemRow.workspace_id) == past.workspace)
    for place, which in enumerate((await run(session, ids)).scalars().all()):
        began = {"started_at": NOON - 120 * place * A_DAY}
        await run(
            session, update(PostmortemRow).where(col(PostmortemRow.id) == which).values(began)
        )


async def private_ones(session: AsyncSession, team: str) -> set[int]:
    """The ids of the postmortems of private channels."""
    query = select(col(PostmortemRow.id)).where(
        col(PostmortemRow.workspace_id) == team, col(PostmortemRow.is_private).is_(True)
    )
    return set((await run(session, query)).scalars())


@random
@given(pasts=HISTORIES, budget=BUDGETS, priorities=PRIORITIES, zone=ZONES)
async def test_the_order_is_that_of_the_rules(
    sessions: Sessions,
    pasts: Sequence[Past],
    budget: Budget,
    priorities: Sequence[Priority],
    zone: ZoneInfo,
) -> None:
    when = When(now=NOON, zone=zone)
    async with sessions.begin() as session:
        past = await kept(session, pasts, zone)
        await spread(session, past, budget, priorities)
        found = await sprint.listed(session, past.workspace, EVERYTHING, ANYBODY, when)
        private = await private_ones(session, past.workspace)
    wanted = [one for one in past.promises if one.state is ItemState.OPEN]
    new = [one for one in wanted if one.created_on >= when.today - LISTED_FOR]
    theirs = sum(one.incident.id in private for one in new)
    assert (len(found.items), found.total) == (len(new) - theirs, len(new) - theirs)
    assert found.private == theirs
    old = [one for one in wanted if one.created_on < when.today - LISTED_FOR]
    assert found.older == sum(one.incident.id not in private for one in old)
    assert in_order(found.items, when.today) == found.items


async def of_class(sessions: Sessions, *pasts: Past) -> tuple[int, str]:
    """How often the class of the first one came beside it, and what that class is called."""
    async with sessions.begin() as session:
        past = await kept(session, pasts, UTC)
        found = await sprint.listed(session, past.workspace, EVERYTHING, ANYBODY, WHEN)
    [first] = [each for each in found.items if each.number == 1]
    return first.repeats, first.causal_class


NO_ITEMS = replace(A_PAST, items=[])
OTHER_CLASS = replace(NO_ITEMS, classes=frozenset({1}))
META = replace(NO_ITEMS, is_meta=True)


@pytest.mark.parametrize(
    ("others", "number", "name"),
    [
        ([], 0, "config change without validation"),
        ([NO_ITEMS], 1, "config change without validation"),
        ([OTHER_CLASS, NO_ITEMS], 2, "expired credential"),
        ([META], 0, "config change without validation"),
        ([replace(NO_ITEMS, classes=frozenset({2}))], 0, "config change without validation"),
    ],
)
async def test_other_incidents_of_the_commonest_class_count(
    sessions: Sessions, others: list[Past], number: int, name: str
) -> None:
    assert await of_class(sessions, A_PAST, *others) == (number, name)


@pytest.mark.parametrize(("days", "number"), [(364, 1), (366, 1)])
async def test_an_incident_is_none_of_the_others_however_old_it_is(
    sessions: Sessions, days: int, number: int
) -> None:
    async with sessions.begin() as session:
        past = await kept(session, [A_PAST, NO_ITEMS], UTC)
        its = (col(PostmortemRow.workspace_id) == past.workspace, col(PostmortemRow.number) == 1)
        began = {"started_at": NOON - days * A_DAY}
        await run(session, update(PostmortemRow).where(*its).values(began))
        found = await sprint.listed(session, past.workspace, EVERYTHING, ANYBODY, WHEN)
    assert [each.repeats for each in found.items] == [number]


@pytest.mark.parametrize(
    ("asker", "hidden"),
    [
        (ANYBODY, True),
        (Asker(id="U1"), False),
        (Asker(id="U9", channels=["C7"]), False),
        (Asker(id="U9", channels=["C8"], is_lead=True), True),
    ],
)
async def test_items_of_a_private_channel_are_listed_for_its_members_and_the_owner(
    sessions: Sessions,
    asker: Asker,
    hidden: bool,  # noqa: FBT001 - the expectation itself
) -> None:
    async with sessions.begin() as session:
        past = await kept(session, [replace(A_PAST, is_private=True)], UTC)
        mine = col(PostmortemRow.workspace_id) == past.workspace
        await run(session, update(PostmortemRow).where(mine).values(channel="C7"))
        found = await sprint.listed(session, past.workspace, EVERYTHING, asker, WHEN)
    assert (len(found.items), found.total, found.private) == ((0, 0, 1) if hidden else (1, 1, 0))


async def test_what_is_private_and_imported_is_the_leads(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        past = await kept(session, [replace(A_PAST, is_private=True)], UTC)
        for asker in (Asker(id="U9", is_lead=True), ANYBODY):
            found = await sprint.listed(session, past.workspace, EVERYTHING, asker, WHEN)
            assert (found.total, found.private) == ((1, 0) if asker.is_lead else (0, 1))


async def test_what_is_private_takes_no_place_however_risky(sessions: Sessions) -> None:
    risky = replace(A_PAST, is_private=True, items=[replace(AN_ITEM, moved=3)] * 3)
    async with sessions.begin() as session:
        past = await kept(session, [risky, replace(A_PAST, items=[AN_ITEM] * 3)], UTC)
        found = await sprint.listed(session, past.workspace, EVERYTHING, ANYBODY, WHEN, most=2)
    assert [each.key for each in found.items] == ["PM-2/1", "PM-2/2"]
    assert (found.total, found.private) == (3, 3)


async def test_the_order_is_worked_out_without_reading_a_whole_table(database: Database) -> None:
    async def ask(session: AsyncSession) -> object:
        return await sprint.listed(session, "T1", EVERYTHING, ANYBODY, WHEN)

    for plan in await plans(database, ask):
        assert not read_whole(plan), plan


async def test_of_a_long_list_the_first_are_given_and_all_are_counted(sessions: Sessions) -> None:
    moved = [replace(AN_ITEM, moved=each) for each in (0, 2, 1)]
    async with sessions.begin() as session:
        past = await kept(session, [replace(A_PAST, items=moved)], UTC)
        scope = Scope(service="CHECKOUT")
        found = await sprint.listed(session, past.workspace, scope, ANYBODY, WHEN, most=2)
        none = await sprint.listed(session, past.workspace, Scope(channel="C2"), ANYBODY, WHEN)
    assert ([each.key for each in found.items], found.total) == (["PM-1/2", "PM-1/3"], 3)
    assert (none.items, none.total) == ([], 0)


async def test_a_channel_waits_until_it_is_owed_the_list_of_the_week(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        past = await kept(session, [], UTC)
        team = past.workspace
        await run(session, insert(ServiceRow).values(**_another(team)))
        assert await sprint.waiting(session, "sprint", "2026-W48") == [(team, "C1"), (team, "C2")]
        which = (team, "sprint", "C1:2026-W48")
        await deliveries.enqueue(session, *which, channel="C1", due_at=NOON)
        assert await sprint.waiting(session, "sprint", "2026-W48", team) == [(team, "C2")]
        assert len(await sprint.waiting(session, "sprint", "2026-W49")) == 2
        assert await sprint.waiting(session, "sprint", "2026-W48", "T0") == []
        assert await sprint.services_of(session, team, "C1") == ["Cart", "Checkout"]


def _another(team: str) -> dict[str, str]:
    """A second service of the same team."""
    said = {"workspace_id": team, "name": "Cart", "channel": "C1", "query": ""}
    return said | {"source": "nobody", "told_by": "", "trouble": ""}
