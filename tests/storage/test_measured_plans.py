"""A report reads what it counts from indexes, and looks nothing up in a whole table."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.behind import OF_ITEMS, Asked, Which
from domain.windows import Dimension, Window
from storage import measures
from storage.engine import Database
from storage.incidents_behind import incidents_behind
from tests.storage.kept_incidents import BASE
from tests.storage.test_plans import plans, read_whole

WINDOW = Window(since=BASE, until=BASE + timedelta(days=99), zone=ZoneInfo("UTC"))


async def test_no_measure_reads_a_whole_table(database: Database) -> None:
    async def ask(session: AsyncSession) -> object:
        await measures.repeats(session, "T1", [WINDOW])
        await measures.times(session, "T1", [WINDOW])
        await measures.class_trend(session, "T1", [WINDOW])
        for by in Dimension:
            await measures.parts(session, "T1", WINDOW, by=by)
        return await measures.recurrence(session, "T1", WINDOW.until)

    for plan in await plans(database, ask):
        assert not read_whole(plan), plan


async def test_no_list_behind_a_number_reads_a_whole_table(database: Database) -> None:
    async def ask(session: AsyncSession) -> None:
        for which in set(Which) - OF_ITEMS:
            await incidents_behind(session, "T1", Asked(which=which, window=WINDOW))

    for plan in await plans(database, ask):
        assert not read_whole(plan), plan


async def test_recurrence_reads_no_row_of_a_postmortem(database: Database) -> None:
    async def ask(session: AsyncSession) -> object:
        return await measures.recurrence(session, "T1", WINDOW.until)

    [plan] = await plans(database, ask)
    assert "ix_postmortem_workspace_id_started_at" in plan, plan
