"""What shows the name of a class follows a change of it, some at a time, and once."""

from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import class_names
from handlers.class_changes import changing
from handlers.class_names import AT_ONCE, EACH_MESSAGE, IN_A_TICK
from storage import causal_classes, class_readers, deliveries, workspaces
from storage.engine import Database, Sessions, open_database
from storage.statements import columns, run
from storage.tables import DeliveryRow
from tests.storage.samples import NOW
from tests.storage.test_class_readers import indexed

SLACK = AsyncWebClient()
SECOND = timedelta(seconds=1)
MANY = AT_ONCE * IN_A_TICK


async def written(session: AsyncSession, number: int) -> None:
    """So many incidents of a class, each with a card that was sent."""
    await workspaces.ensure(session, "T1")
    for each in range(number):
        which = str(await indexed(session, each, "capacity"))
        await deliveries.enqueue(session, "T1", "card", which, channel=f"C{each}", due_at=NOW)
    await run(session, DeliveryRow.__table__.update().values(sent=1, due_at=None))  # type: ignore[attr-defined] # a table has it


async def renamed(sessions: Sessions) -> None:
    async with changing(sessions, "T1", "U1", NOW) as change:
        found = await causal_classes.by_name(change.session, "T1", ["capacity"])
        await change.rename(found["capacity"].id, "capacity", "too small")


async def owed(sessions: Sessions) -> list[deliveries.Delivery]:
    async with sessions() as session:
        rows = await run(session, columns(DeliveryRow, deliveries.Delivery))
        found = [deliveries.Delivery(**row._asdict()) for row in rows]
    return [each for each in found if each.wanted == 2]


async def left(sessions: Sessions) -> int:
    """How many incidents are not told of it yet."""
    async with sessions() as session:
        (renaming,) = await class_readers.renamings(session, 0)
        return len(await class_readers.not_told(session, renaming, None, 2 * MANY))


async def test_a_renaming_is_followed_some_at_a_time(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await written(session, MANY + 1)
    await renamed(sessions)
    assert await left(sessions) == MANY + 1
    await class_names.follow(sessions, SLACK, NOW)
    assert await left(sessions) == 1
    await class_names.follow(sessions, SLACK, NOW + SECOND)
    assert await left(sessions) == 0


async def test_cards_are_owed_at_a_pace_that_slack_takes(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await written(session, AT_ONCE + 1)
    await renamed(sessions)
    await class_names.follow(sessions, SLACK, NOW)
    found = {each.due_at for each in await owed(sessions)}
    assert found == {NOW, NOW + AT_ONCE * EACH_MESSAGE}


async def test_a_second_replica_and_a_restart_owe_nothing_again(database: Database) -> None:
    other = open_database(database.url.render_as_string(hide_password=False))
    async with database.sessions.begin() as session:
        await written(session, 3)
    await renamed(database.sessions)
    for each in (database, other):
        for _ in range(2):
            await class_names.follow(each.sessions, SLACK, NOW)
    assert len(await owed(database.sessions)) == 3
    await other.close()


async def test_another_process_goes_on_where_one_was_cut_off(database: Database) -> None:
    other = open_database(database.url.render_as_string(hide_password=False))
    async with database.sessions.begin() as session:
        await written(session, MANY + 1)
    await renamed(database.sessions)
    await class_names.follow(database.sessions, SLACK, NOW)
    await class_names.follow(other.sessions, SLACK, NOW)
    assert await left(database.sessions) == 0
    assert len(await owed(database.sessions)) == MANY + 1
    await other.close()
