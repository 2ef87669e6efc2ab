"""What two processes do to the same items in the same moment, on each database, is done once."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem, ItemState
from domain.causal_classes import CausalClass
from domain.people import Person
from domain.postmortems import Postmortem
from handlers import comings, ineffective, kept_items
from handlers.handovers import return_unanswered
from handlers.kept_items import ADDED, Deed
from storage import causal_classes, postmortems, workspaces
from storage.engine import Database, Sessions, open_database
from tests.storage.samples import FACTS, ITEM, NOW, started

SLACK = AsyncWebClient()
A_WEEK = timedelta(days=7)
GONE = Person(id="U1", name="Ann", is_deactivated=True)
ASKED = replace(ITEM, proposed_owner="U2", proposed_by="U1")
VERIFIED = replace(ITEM, state=ItemState.VERIFIED, verified_at=NOW)


async def owned(session: AsyncSession, number: int, *items: ActionItem) -> Postmortem:
    """Keep an incident, the later the higher its number, with items of U1."""
    facts = replace(FACTS, started_at=NOW + number * A_WEEK)
    made = await started(session, channel=f"C{number}", submission=f"V{number}", facts=facts)
    for place, item in enumerate(items, start=1):
        deed = Deed(by="U1", at=NOW, event=ADDED)
        await kept_items.add(session, "T1", made.id, replace(item, position=place), deed)
    return made


async def told(sessions: Sessions, what: str) -> int:
    """Give how many rows there are."""
    async with sessions() as session:
        rows = await (await session.connection()).execute(text(f"SELECT count(*) FROM {what}"))  # noqa: S608 - tests name it
        return int(rows.scalar_one())


async def test_two_replicas_return_a_question_once(database: Database) -> None:
    other = open_database(database.url.render_as_string(hide_password=False))
    async with database.sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        for number in range(5):
            await owned(session, number, ASKED)
    both = [return_unanswered(each.sessions, SLACK, NOW + A_WEEK) for each in (database, other)]

    await asyncio.gather(*both)

    assert await told(database.sessions, "item_history WHERE event = 'returned'") == 5
    assert await told(database.sessions, "delivery WHERE kind = 'item_news' AND wanted = 1") == 5
    await other.close()


async def of_one_class(session: AsyncSession, made: Sequence[Postmortem]) -> list[CausalClass]:
    """Let these incidents be of one causal class; gives it."""
    await causal_classes.begin_taxonomy(session, "T1")
    [first, *_] = await causal_classes.taxonomy(session, "T1")
    for each in made:
        await causal_classes.tag(session, "T1", each.id, [first.id], by="U1", now=NOW)
    return [first]


async def waited_for(session: AsyncSession) -> None:
    """Return when somebody waits for us; SQLite lets nobody begin, which cannot be seen."""
    if session.get_bind().dialect.name == "postgresql":
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        while not (await (await session.connection()).execute(waiting)).scalar_one():
            pass


async def leaves(sessions: Sessions) -> None:
    """Let the app hear that Ann has left."""
    async with sessions.begin() as session:
        await comings.take_over(session, "T1", GONE, NOW + A_WEEK)


async def test_an_owner_leaves_while_an_incident_marks_an_item_of_theirs(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        made = [await owned(session, 0, VERIFIED, ITEM), await owned(session, 1, ITEM)]
        classes = await of_one_class(session, made)

    async with sessions.begin() as session:
        own = await postmortems.lock(session, "T1", made[1].id)
        leaving = asyncio.create_task(leaves(sessions))
        await waited_for(session)
        await ineffective.mark(session, own, classes, NOW + A_WEEK)
    await leaving

    assert await told(sessions, "item_history WHERE event = 'ineffective'") == 1
    assert await told(sessions, "item_history WHERE event = 'owner left' AND item_id > 1") == 2
