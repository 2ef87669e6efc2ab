"""What waits at a place of tickets, and how a closed ticket is to be open again."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.programme import Priority
from domain.tickets import Seen, TicketState, TrackerKind, Wanted
from storage import deliveries, reopened_tickets, ticket_waiting, tickets
from storage.engine import Database
from storage.statements import run
from storage.ticket_waiting import Waiting
from tests.storage.samples import NOW
from tests.storage.test_ticket_people import JIRA, begun, kept, promised, ticket_of

LEASE = timedelta(minutes=5)
TOLD = Wanted(title="Renew", lines=(), priority=Priority.P1, due_on=date(2026, 12, 4))
CLOSED = Seen(
    ref="1", key="SHOP-1", url="https://a.example/1", state=TicketState.DONE, updated_at=NOW
)


async def waiting(database: Database, place: int | None) -> Waiting:
    async with database.sessions() as session:
        return await ticket_waiting.at_place(session, place or 0)


async def seen_to(database: Database, *, trouble: str = "", **settled: Any) -> None:
    """Let a worker see to the ticket that is due, and it go well, or not."""
    async with database.sessions.begin() as session:
        kind = TrackerKind.JIRA
        [mine] = await tickets.claim(session, "T1", kind, NOW, lease=LEASE, limit=1)
        if settled:
            said = {"told": TOLD, "next_at": NOW + LEASE, "trouble": trouble, **settled}
            await tickets.settle(session, mine, now=NOW, **said)
        else:
            await tickets.failed(session, mine, trouble, NOW, NOW)


async def test_what_has_no_ticket_yet_waits_and_what_has_one_does_not(database: Database) -> None:
    place = await kept(database.sessions, JIRA)
    await begun(database.sessions, await promised(database.sessions))
    assert await waiting(database, place.id) == Waiting(unmade=1, behind=0)
    await seen_to(database, seen=CLOSED)
    assert await waiting(database, place.id) == Waiting(unmade=0, behind=0)
    assert await waiting(database, 99) == Waiting(unmade=0, behind=0)


async def test_a_ticket_that_could_not_be_told_is_behind_its_item(database: Database) -> None:
    place = await kept(database.sessions, JIRA)
    item = await promised(database.sessions)
    await begun(database.sessions, item)
    await seen_to(database, seen=CLOSED, trouble="nobody is assigned")
    assert await waiting(database, place.id) == Waiting(unmade=0, behind=0)
    async with database.sessions.begin() as session:
        await tickets.want(session, item, NOW)
    await seen_to(database, trouble="Jira does not know our token any more.")
    assert await waiting(database, place.id) == Waiting(unmade=0, behind=1)


async def test_the_last_messages_about_something_are_found_by_how_it_begins(
    database: Database,
) -> None:
    async with database.sessions.begin() as session:
        for subject in ("1:5:U1", "1:5:U2", "1:5:U3", "1:55:U1", "11:5:U1"):
            await deliveries.enqueue(session, "T1", "ticket", subject, channel="U1", due_at=NOW)
        found = await run(session, ticket_waiting.told_of("T1", "ticket", "1:5", 2))
        ids = [row[0] for row in found]
        others = await run(session, ticket_waiting.told_of("T1", "other", "1:5", 2))
        assert others.all() == []
    assert ids == [3, 2]


async def test_a_closed_ticket_is_to_be_open_whoever_has_it_in_hand(database: Database) -> None:
    await kept(database.sessions, JIRA)
    item = await promised(database.sessions)
    await begun(database.sessions, item)
    await seen_to(database, seen=CLOSED)
    async with database.sessions.begin() as session:
        await tickets.want(session, item, NOW)
        mine = await tickets.claim(session, "T1", TrackerKind.JIRA, NOW, lease=LEASE, limit=1)
        assert await reopened_tickets.reopen(session, item, NOW)
        assert await tickets.held(session, mine[0]) is None
    ticket = await ticket_of(database.sessions, item)
    assert ticket.told == replace(TOLD, state=TicketState.DONE)
    assert ticket.due_at == NOW


async def test_one_that_was_never_made_is_not_reopened(database: Database) -> None:
    await kept(database.sessions, JIRA)
    item = await promised(database.sessions)
    async with database.sessions.begin() as session:
        assert not await reopened_tickets.reopen(session, item, NOW)
    await begun(database.sessions, item)
    async with database.sessions.begin() as session:
        assert not await reopened_tickets.reopen(session, item, NOW)
