"""Whose tickets are seen to, and which open items have none though there is a place for one."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.kept_tickets import Ticket
from domain.tickets import Place, TrackerKind
from storage import action_items, missing_tickets, ticket_people, ticket_places, tickets, workspaces
from storage.engine import Database, Sessions
from tests.storage.samples import FACTS, ITEM, NOW, started
from tests.storage.test_plans import plans, read_whole

JIRA = Place(kind=TrackerKind.JIRA, project="SHOP")
GITHUB = Place(kind=TrackerKind.GITHUB, project="acme/shop")
LATER = NOW + timedelta(days=1)


async def promised(sessions: Sessions, service: str = "checkout", **item: object) -> int:
    """Store an item of a service, in an incident of its own; give its id."""
    facts = replace(FACTS, service=service)
    async with sessions.begin() as session:
        number = len(await ticket_people.owners(session, "T1"))
        made = await started(session, channel=f"C{service}{number}", facts=facts)
        wanted = replace(ITEM, **item)  # type: ignore[arg-type] # fields of it
        stored = await action_items.add(
            session, "T1", made.id, wanted, by="U1", now=NOW, submission="V"
        )
        if wanted.state is not ItemState.OPEN:
            await action_items.change(session, replace(stored, state=wanted.state))
    return stored.id or 0


async def kept(sessions: Sessions, place: Place) -> Place:
    """Let tickets be made there."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        return await ticket_places.keep(session, "T1", place, NOW)


async def begun(sessions: Sessions, item_id: int) -> None:
    """Ask for the ticket of an item, which is seen to at once."""
    async with sessions.begin() as session:
        assert await tickets.begin(session, "T1", item_id, NOW)


async def ticket_of(sessions: Sessions, item_id: int) -> Ticket:
    """Give the ticket of an item."""
    async with sessions() as session:
        found = await tickets.find(session, item_id)
    assert found is not None
    return found


async def missing(session: AsyncSession) -> list[int]:
    """Give the items that have no ticket, after their number was counted."""
    found = await missing_tickets.after(session, "T1", 0, 10)
    assert len(found) == await missing_tickets.number(session, "T1")
    return found


async def test_what_has_a_place_and_no_ticket_is_missing_one(sessions: Sessions) -> None:
    item = await promised(sessions)
    other = await promised(sessions, "search", owner="U2")
    async with sessions() as session:
        assert await missing(session) == []
    await kept(sessions, replace(JIRA, service="Checkout"))
    async with sessions() as session:
        assert await missing(session) == [item]
    await kept(sessions, GITHUB)
    await begun(sessions, item)
    async with sessions() as session:
        assert await missing(session) == [other]
        assert await missing_tickets.after(session, "T1", other, 10) == []


async def test_what_is_not_open_needs_none_and_what_did_not_work_does(sessions: Sessions) -> None:
    await kept(sessions, JIRA)
    owners = {each: f"U{number}" for number, each in enumerate(ItemState)}
    items = {
        each: await promised(sessions, each, owner=owners[each], state=each) for each in owners
    }
    still = [ItemState.OPEN, ItemState.INEFFECTIVE]
    async with sessions() as session:
        assert await missing(session) == [items[each] for each in still]
        assert await ticket_people.owners(session, "T1") == sorted(owners[each] for each in still)


async def test_the_tickets_of_one_person_in_one_tracker_are_seen_to(sessions: Sessions) -> None:
    await kept(sessions, JIRA)
    mine, theirs = await promised(sessions), await promised(sessions, "search", owner="U2")
    for each in (mine, theirs):
        await begun(sessions, each)
    async with sessions.begin() as session:
        await ticket_people.want_theirs(session, "T1", TrackerKind.JIRA, "U1", NOW)
        await ticket_people.want_theirs(session, "T1", TrackerKind.GITHUB, "U2", NOW)
    wanted = [(await ticket_of(sessions, each)).wanted for each in (mine, theirs)]
    assert wanted == [2, 1]


async def test_what_waits_where_no_tickets_are_made_moves_to_where_they_are(
    sessions: Sessions,
) -> None:
    own = await kept(sessions, replace(JIRA, service="checkout"))
    item = await promised(sessions)
    await begun(sessions, item)
    async with sessions.begin() as session:
        await ticket_places.end(session, own, NOW)
        assert await missing_tickets.astray(session, "T1", 0, 10) == [item]
        assert not await missing_tickets.move(session, "T1", item, LATER)
    assert (await ticket_of(sessions, item)).place_id == own.id
    everybodys = await kept(sessions, GITHUB)
    async with sessions.begin() as session:
        assert await missing_tickets.move(session, "T1", item, LATER)
        assert await missing_tickets.astray(session, "T1", 0, 10) == []
    moved = await ticket_of(sessions, item)
    assert (moved.place_id, moved.kind, moved.wanted) == (everybodys.id, TrackerKind.GITHUB, 3)


async def test_a_ticket_that_was_made_stays_where_it_is(sessions: Sessions) -> None:
    place = await kept(sessions, JIRA)
    item = await promised(sessions)
    await begun(sessions, item)
    async with sessions.begin() as session:
        await (await session.connection()).exec_driver_sql("UPDATE ticket SET ref = '7'")
        await ticket_places.end(session, place, NOW)
        assert await missing_tickets.astray(session, "T1", 0, 10) == []


async def test_no_item_is_looked_for_in_a_whole_table(database: Database) -> None:
    async def ask(session: AsyncSession) -> object:
        await ticket_people.owners(session, "T1")
        await missing_tickets.number(session, "T1")
        return await missing_tickets.after(session, "T1", 7, 200)

    for plan in await plans(database, ask):
        assert "action_item" not in read_whole(plan), plan
