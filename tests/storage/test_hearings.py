"""Whose promises are due to be heard of: found by an index, taken by one, planned once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, text, update
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import HistoryEntry
from storage import accepted_risks, action_items, hearings, item_history
from storage.engine import Database, Sessions
from storage.hearings import Whose
from storage.statements import run
from storage.tables import AcceptedRiskRow, ActionItemRow
from tests.storage.samples import ITEM, NOW, started
from tests.storage.test_plans import plans, read_whole

LATER = NOW + timedelta(days=3)
WHOSE = Whose(workspace_id="T1", person="U1")
WAITING = 4_000


async def promised(session: AsyncSession, owner: str = "U1", **other: object) -> int:
    """Keep an item of a postmortem of its own; returns its id."""
    made = await started(session, channel=None, submission=f"V{owner}{other}")
    item = replace(ITEM, owner=owner)
    kept = await action_items.add(
        session, "T1", made.id, item, by="U1", now=NOW, submission=f"V{owner}"
    )
    return kept.id or 0


async def hear_at(session: AsyncSession, item_id: int, at: datetime | None) -> None:
    await run(
        session, update(ActionItemRow).where(col(ActionItemRow.id) == item_id).values(hear_at=at)
    )


async def planned(session: AsyncSession) -> list[datetime | None]:
    query = select(col(ActionItemRow.hear_at)).order_by(col(ActionItemRow.id))
    return list((await run(session, query)).scalars())


@pytest.fixture
async def three(sessions: Sessions) -> list[int]:
    """Two items of one owner and one of another; the first and the last are due."""
    async with sessions.begin() as session:
        ids = [await promised(session, who, n=n) for n, who in enumerate(("U1", "U1", "U2"))]
        for item_id, at in zip(ids, (NOW, LATER, NOW - timedelta(hours=1)), strict=True):
            await hear_at(session, item_id, at)
    return ids


async def risk(session: AsyncSession, at: datetime) -> AcceptedRisk:
    """Keep a risk that is heard of then."""
    made = await started(session, channel=None, submission="VR")
    accepted = AcceptedRisk(risk="r", accepter="U1", reason="w", until=date(2026, 12, 1))
    kept = await accepted_risks.add(
        session, "T1", made.id, accepted, by="U1", now=NOW, submission="VR"
    )
    await run(session, update(AcceptedRiskRow).values(hear_at=at))
    return kept


async def test_whoever_waits_longest_comes_first_and_each_once(
    sessions: Sessions, three: list[int]
) -> None:
    assert three
    async with sessions.begin() as session:
        await risk(session, NOW)
        assert [each.person for each in await hearings.waiting(session, NOW, 9)] == ["U2", "U1"]
        assert [each.person for each in await hearings.waiting(session, NOW, 1)] == ["U2", "U1"]
        assert await hearings.waiting(session, NOW - timedelta(days=1), 9) == []


async def test_only_what_is_due_is_taken(sessions: Sessions, three: list[int]) -> None:
    async with sessions.begin() as session:
        kept = await risk(session, NOW)
        taken = await hearings.take(session, WHOSE, NOW, 9)
    assert [(each.promise.id, each.since) for each in taken] == [(three[0], NOW), (kept.id, NOW)]


async def test_an_item_has_changed_when_its_history_says_so(
    sessions: Sessions, three: list[int]
) -> None:
    async with sessions.begin() as session:
        for at in (NOW, LATER):
            entry = HistoryEntry(item_id=three[0], actor="U1", at=at, event="moved", changes={})
            await item_history.append(session, "T1", entry)
        [taken] = await hearings.take(session, WHOSE, LATER - timedelta(seconds=1), 9)
    assert taken.since == LATER


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer
async def test_of_two_that_take_at_once_one_gets_it(sessions: Sessions, three: list[int]) -> None:
    async with sessions.begin() as first, sessions.begin() as second:
        assert [each.promise.id for each in await hearings.take(first, WHOSE, NOW, 9)] == three[:1]
        assert await hearings.take(second, WHOSE, NOW, 9) == []


async def test_what_is_planned_is_not_due_any_more(sessions: Sessions, three: list[int]) -> None:
    async with sessions.begin() as session:
        taken = [each.promise for each in await hearings.take(session, WHOSE, NOW, 9)]
        await hearings.plan(session, [(each, LATER) for each in taken])
        assert await planned(session) == [LATER, LATER, NOW - timedelta(hours=1)]
        await hearings.plan(session, [(each, None) for each in taken])
        assert (await planned(session))[0] is None
    assert three


async def test_planning_anew_leaves_alone_what_is_due_and_what_is_never_heard_of(
    sessions: Sessions, three: list[int]
) -> None:
    async with sessions.begin() as session:
        await hear_at(session, three[0], None)
        await hearings.anew(session, "T1", NOW)
        assert await planned(session) == [None, NOW, NOW - timedelta(hours=1)]


async def test_planning_anew_for_one_person_leaves_the_others_alone(
    sessions: Sessions, three: list[int]
) -> None:
    async with sessions.begin() as session:
        await hear_at(session, three[2], LATER)
        await hearings.anew(session, "T1", NOW, "U2")
        await hearings.anew(session, "T2", NOW)
        assert await planned(session) == [NOW, LATER, NOW]


async def many(session: AsyncSession) -> None:
    """Thousands of items of one workspace, none of them due."""
    row = (await run(session, select(*SQLModel.metadata.tables["action_item"].columns))).one()
    alike = row._asdict() | {"hear_at": LATER, "position": 1, "submission": None}
    columns = SQLModel.metadata.tables["postmortem"].columns
    first = (await run(session, select(*columns))).one()._asdict()
    numbers = range(2, WAITING)
    posts = [first | {"id": n, "number": n, "submission": f"V{n}"} for n in numbers]
    await run(session, insert(SQLModel.metadata.tables["postmortem"]), posts)
    rows = [alike | {"id": n, "postmortem_id": n, "owner": f"U{n % 300}"} for n in numbers]
    await run(session, insert(ActionItemRow), rows)
    await run(session, text("ANALYZE"))


async def test_a_tick_does_not_look_at_what_is_heard_of_later(database: Database) -> None:
    async with database.sessions.begin() as session:
        await promised(session)
        await many(session)

    async def ask(session: AsyncSession) -> None:
        assert await hearings.waiting(session, NOW, 500) == []

    items, risks = await plans(database, ask, small=False)
    assert "ix_action_item_hear_at_id" in items, items
    assert "action_item" not in read_whole(items), items
    risks = (await plans(database, ask))[1]
    assert "ix_accepted_risk_hear_at_id" in risks, risks


async def test_what_is_due_to_one_person_is_found_by_an_index(database: Database) -> None:
    async with database.sessions.begin() as session:
        await promised(session)
        await many(session)

    async def ask(session: AsyncSession) -> None:
        await hearings.take(session, WHOSE, NOW, 500)

    items, _ = await plans(database, ask, small=False)
    assert "action_item" not in read_whole(items), items
