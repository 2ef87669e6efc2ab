"""Lists of action items: counted and paged in the database, private ones left out."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem, ItemState
from domain.coming import OpenItems
from domain.item_search import PAGE, Asker, ItemsPage, ItemsWanted, Which
from domain.people import Person
from storage import action_items, item_search, people
from storage.engine import Database, Sessions
from storage.statements import run
from storage.tables import ActionItemRow
from tests.storage.samples import FACTS, ITEM, NOW, started
from tests.storage.test_plans import plans, read_whole

TODAY = date(2026, 12, 10)
DAY = timedelta(days=1)
LATE = ITEM
COMING = replace(ITEM, due_on=TODAY + DAY)
ANA = Asker(id="U9")


async def keep(
    sessions: Sessions, *items: ActionItem, channel: str | None = "C1", **other: Any
) -> None:
    """Store a postmortem with these items."""
    facts = replace(FACTS, service=other.pop("service", FACTS.service))
    async with sessions.begin() as session:
        made = await started(session, channel=channel, facts=facts, **other)
        for place, item in enumerate(items, start=1):
            placed = replace(item, position=place)
            await action_items.add(session, "T1", made.id, placed, by="U1", now=NOW, submission="")


async def page(sessions: Sessions, asker: Asker = ANA, **wanted: Any) -> ItemsPage:
    async with sessions() as session:
        return await item_search.find(session, "T1", ItemsWanted(**wanted), asker, TODAY)


async def keys(sessions: Sessions, asker: Asker = ANA, **wanted: Any) -> list[str]:
    return [each.key for each in (await page(sessions, asker, **wanted)).found]


async def test_what_has_expired_comes_first_then_the_longest_overdue(sessions: Sessions) -> None:
    expired = replace(COMING, reviews_seen=2, reschedules=1)
    await keep(sessions, COMING, expired, LATE)

    found = await page(sessions)

    assert [each.key for each in found.found] == ["PM-1/2", "PM-1/3", "PM-1/1"]
    assert found.standing == OpenItems(open=3, overdue=1, expired=1)
    first = found.found[0]
    assert (first.has_expired, first.reschedules, first.service) == (True, 1, "checkout")


@pytest.mark.parametrize(
    ("which", "wanted"),
    [
        (Which.GOING_ON, ["PM-1/1", "PM-1/2", "PM-2/1", "PM-2/3"]),
        (Which.OPEN, ["PM-1/1", "PM-1/2"]),
        (Which.OVERDUE, ["PM-1/2"]),
        (Which.EXPIRED, ["PM-1/1"]),
        (Which.EVIDENCE, ["PM-2/1"]),
        (Which.INEFFECTIVE, ["PM-2/3"]),
        (Which.ALL, ["PM-1/1", "PM-1/2", "PM-2/1", "PM-2/3", "PM-2/2"]),
    ],
)
async def test_a_list_is_narrowed_by_how_items_stand(
    sessions: Sessions, which: Which, wanted: list[str]
) -> None:
    await keep(sessions, replace(COMING, reviews_seen=2), LATE)
    done = replace(COMING, state=ItemState.IMPLEMENTED, reviews_seen=2)
    others = (ItemState.CANCELLED, ItemState.INEFFECTIVE)
    await keep(sessions, done, *(replace(done, state=each) for each in others), channel="C2")

    found = await page(sessions, which=which)

    assert [each.key for each in found.found] == wanted
    assert found.total == len(wanted) == sum(found.states.values())
    assert found.standing.open == sum(each.is_open for each in found.found)


async def test_what_goes_on_comes_by_its_day_and_what_ended_the_newest_first(
    sessions: Sessions,
) -> None:
    soaking = replace(LATE, state=ItemState.IMPLEMENTED, due_on=LATE.due_on - 9 * DAY)
    await keep(sessions, COMING, LATE, replace(LATE, due_on=LATE.due_on - DAY))
    ended = replace(LATE, state=ItemState.VERIFIED)
    await keep(sessions, ended, replace(ended, due_on=TODAY), soaking, channel="C2")

    found = await keys(sessions, which=Which.ALL)

    assert found == ["PM-1/3", "PM-1/2", "PM-2/3", "PM-1/1", "PM-2/2", "PM-2/1"]


async def test_an_owner_who_left_is_known_in_the_list(sessions: Sessions) -> None:
    await keep(sessions, LATE, replace(COMING, owner="U2"))
    async with sessions.begin() as session:
        await people.remember(session, "T1", [Person(id="U1", name="A", is_deactivated=True)], NOW)

    assert [each.has_left for each in (await page(sessions)).found] == [True, False]


async def test_a_list_is_narrowed_by_owner_and_service(sessions: Sessions) -> None:
    await keep(sessions, LATE, replace(COMING, owner="U2"))
    await keep(sessions, COMING, channel="C2", service="Search")

    assert await keys(sessions, owner="U1") == ["PM-1/1", "PM-2/1"]
    assert await keys(sessions, owner="U2") == ["PM-1/2"]
    assert await keys(sessions, service="search") == ["PM-2/1"]
    assert (await page(sessions, owner="U2")).standing == OpenItems(open=1, overdue=0, expired=0)


async def test_items_of_private_channels_are_for_members_and_owners(sessions: Sessions) -> None:
    await keep(sessions, ITEM)
    await keep(sessions, ITEM, channel="G2", is_private=True)

    assert await keys(sessions) == ["PM-1/1"]
    assert (await page(sessions)).standing.open == 1
    assert await keys(sessions, Asker(id="U9", channels={"G2"})) == ["PM-1/1", "PM-2/1"]
    assert await keys(sessions, Asker(id=ITEM.owner)) == ["PM-1/1", "PM-2/1"]
    assert await keys(sessions, Asker(id="U9", channels={"G3"}, is_lead=True)) == ["PM-1/1"]


async def test_private_items_without_a_channel_are_for_the_lead_and_owners(
    sessions: Sessions,
) -> None:
    await keep(sessions, ITEM, channel=None, is_private=True)

    assert await keys(sessions, Asker(id="U9", is_lead=True)) == ["PM-1/1"]
    assert await keys(sessions, Asker(id=ITEM.owner)) == ["PM-1/1"]
    assert await keys(sessions, Asker(id="U9", channels={"C1"})) == []


async def test_a_long_list_has_pages_and_other_workspaces_are_not_in_it(
    sessions: Sessions,
) -> None:
    for number in range(PAGE + 2):
        await keep(sessions, ITEM, channel=f"C{number}")

    first, second = await page(sessions), await page(sessions, page=1)

    assert (first.total, len(first.found), len(second.found)) == (PAGE + 2, PAGE, 2)
    assert not {each.id for each in first.found} & {each.id for each in second.found}
    async with sessions() as session:
        other = await item_search.find(session, "T2", ItemsWanted(), ANA, TODAY)
    assert (other.total, other.standing.open) == (0, 0)


async def test_a_person_is_found_by_name(sessions: Sessions) -> None:
    bobs = [Person(id="U2", name="Bob Stone"), Person(id="U3", name="Bob")]
    async with sessions.begin() as session:
        await people.remember(session, "T1", bobs, NOW)

    async with sessions() as session:
        assert await item_search.called(session, "T1", "bob stone") == ["U2"]
        assert await item_search.called(session, "T1", "ana") == []
        assert await item_search.called(session, "T2", "Bob") == []


async def many(session: AsyncSession, number: int) -> None:
    """Store so many items, of a hundred owners; one in ten is open still."""
    postmortems, items = (SQLModel.metadata.tables[name] for name in ("postmortem", "action_item"))
    made = await started(session)
    await action_items.add(session, "T1", made.id, ITEM, by="U1", now=NOW, submission="")
    row = (await run(session, select(*postmortems.columns))).one()._asdict()
    more = range(2, number // 3 + 2)
    copies = [row | {"id": each, "number": each, "channel": f"C{each}"} for each in more]
    await run(session, insert(postmortems), copies)
    item = (await run(session, select(*items.columns))).one()._asdict()
    rows = [
        item
        | {"id": 3 * each + place, "postmortem_id": each, "position": place + 1}
        | {"owner": f"U{each % 100}", "due_on": TODAY - DAY * (each % 90)}
        | {"state": ItemState.VERIFIED if each % 10 else ItemState.OPEN}
        for each in more
        for place in range(3)
    ]
    await run(session, insert(ActionItemRow), rows)
    await run(session, text("ANALYZE"))


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (ItemsWanted(owner="U7"), "ix_action_item_workspace_id_owner_state"),
        # PostgreSQL may take the one over all workspaces where there is a single one.
        (ItemsWanted(which=Which.OVERDUE), "ix_action_item_((workspace_id_)?state_due_on|age)"),
    ],
)
async def test_a_list_is_answered_from_an_index(
    database: Database, wanted: ItemsWanted, index: str
) -> None:
    async with database.sessions.begin() as session:
        await many(session, 6_000)

    async def ask(session: AsyncSession) -> object:
        return await item_search.find(session, "T1", wanted, ANA, TODAY)

    for plan in await plans(database, ask):
        assert re.search(f"{index}|person_1|pk_person", plan), plan
        assert not read_whole(plan), plan
