"""A ticket is made once, whatever happens between asking for it and keeping it."""

import asyncio
from datetime import timedelta

import pytest

from domain.action_items import ItemState
from domain.decisions import Decision
from domain.kept_tickets import MADE
from domain.ticket_turns import UNSURE_WAIT
from domain.tickets import Place, TicketState, TrackerKind
from handlers.ticketing import LEASE
from storage import ticket_places, tickets
from storage.engine import Database, Sessions, open_database
from tests.handlers.ticketed import JIRA, SLACK, Desk
from tests.trackers.in_memory import Ticket


@pytest.fixture
async def desk(sessions: Sessions) -> Desk:
    """A workspace with a place for tickets."""
    desk = Desk(sessions=sessions)
    await desk.open()
    return desk


async def test_an_item_gets_a_ticket_linked_both_ways(desk: Desk) -> None:
    await desk.promise()
    await desk.strike()
    (ticket,), item = desk.tracker.tickets, await desk.item()
    assert (item.ticket, item.ticket_url) == ("SHOP-1", "https://tracker.example/SHOP-1")
    assert (ticket.said.title, ticket.seen.account) == (item.what, "ann")
    assert (await desk.newest())[0] == MADE
    assert (await desk.history())[-1].changes["ticket"] == ("", "SHOP-1")


async def test_nothing_more_is_asked_but_how_it_stands(desk: Desk) -> None:
    await desk.promise()
    for _ in range(4):
        await desk.strike(timedelta(minutes=16))
    assert desk.tracker.calls == ["create", "read", "read", "read"]


async def test_one_that_was_made_before_a_crash_is_found(desk: Desk) -> None:
    await desk.promise()
    desk.tracker.dies = {"create"}
    await desk.strike()
    await desk.strike()  # the lease goes on
    assert (desk.tracker.calls, (await desk.item()).ticket) == (["create"], "")
    await desk.strike(LEASE)
    assert (desk.tracker.calls, len(desk.tracker.tickets)) == (["create", "find"], 1)
    assert (await desk.item()).ticket == "SHOP-1"


async def test_one_that_a_crash_kept_from_being_made_is_made(desk: Desk) -> None:
    await desk.promise()

    async def dies() -> None:
        raise asyncio.CancelledError

    desk.tracker.meanwhile["create"] = dies
    await desk.strike()
    await desk.strike(LEASE)
    assert desk.tracker.calls == ["create", "find", "create"]
    assert len(desk.tracker.tickets) == 1


async def test_an_answer_that_is_lost_makes_no_second_one(desk: Desk) -> None:
    await desk.promise()
    desk.tracker.loses = {"create"}
    await desk.strike()
    await desk.strike(UNSURE_WAIT)
    assert desk.tracker.calls == ["create", "find"]
    assert (await desk.item()).ticket == "SHOP-1"


async def test_one_that_is_found_is_told_what_changed_meanwhile(desk: Desk) -> None:
    await desk.promise()
    desk.tracker.loses = {"create"}
    await desk.strike()
    await desk.decides(Decision.RESCOPE, what="Another thing", done_when="It is done")
    desk.tracker.put("1", TicketState.DONE)
    await desk.strike(UNSURE_WAIT)
    await desk.strike()
    (ticket,) = desk.tracker.tickets
    assert ticket.said.title == "Another thing"
    assert ((await desk.item()).ticket_closed, ticket.seen.state) == (True, TicketState.DONE)


async def test_a_retry_by_hand_looks_for_it_first(desk: Desk) -> None:
    await desk.promise()
    desk.tracker.loses = {"create"}
    await desk.strike()
    async with desk.sessions.begin() as session:
        await tickets.retry(session, 1, desk.at)
    await desk.strike(UNSURE_WAIT)
    assert (desk.tracker.calls, len(desk.tracker.tickets)) == (["create", "find"], 1)


async def test_an_item_that_ended_before_gets_none(desk: Desk) -> None:
    await desk.promise()
    await desk.decides(Decision.CANCEL)
    await desk.strike()
    assert desk.tracker.calls == []
    assert (await desk.ticket()).due_at is None
    await desk.decides(Decision.REOPEN, day=(await desk.item()).due_on)
    await desk.strike()
    assert (await desk.item()).ticket == "SHOP-1"


async def test_what_ended_after_it_was_asked_for_is_closed(desk: Desk) -> None:
    await desk.promise()
    desk.tracker.loses = {"create"}
    await desk.strike()
    await desk.decides(Decision.CANCEL)
    await desk.strike(UNSURE_WAIT)
    await desk.strike()
    assert desk.tracker.of("1").seen.state is TicketState.DROPPED
    assert (await desk.ticket()).due_at is None


async def test_imported_items_that_ended_get_none(desk: Desk) -> None:
    await desk.promise(state=ItemState.VERIFIED)
    await desk.strike()
    assert desk.tracker.calls == []


async def test_one_in_hand_stays_where_it_was_asked_for(desk: Desk) -> None:
    await desk.promise()

    async def moves() -> None:
        async with desk.sessions.begin() as session:
            place = Place(kind=TrackerKind.LINEAR, project="ELSE")
            await ticket_places.keep(session, "T1", place, desk.at)

    desk.tracker.meanwhile["create"] = moves
    await desk.strike()
    ticket = await desk.ticket()
    assert (ticket.kind, ticket.key, ticket.place_id) == (JIRA, "SHOP-1", 1)


async def test_where_no_tickets_are_made_any_more_none_is(desk: Desk) -> None:
    await desk.promise()
    async with desk.sessions.begin() as session:
        await ticket_places.end(session, await desk.place(), desk.at)
    await desk.strike()
    assert desk.tracker.calls == []
    assert (await desk.ticket()).due_at is None


async def test_two_workers_make_each_ticket_once(database: Database) -> None:
    desk = Desk(sessions=database.sessions)
    await desk.open()
    for number in range(12):
        await desk.promise(number)
    other = open_database(database.url.render_as_string(hide_password=False))
    duties = [(desk.duty, desk.sessions), (desk.worker(), other.sessions)]
    for _ in range(3):
        await asyncio.gather(*(duty(of, SLACK, desk.at) for duty, of in duties))
    await other.close()
    assert sorted(each.ours for each in desk.tracker.tickets) == sorted(
        {(await desk.ticket(which)).ours for which in range(1, 13)}
    )


async def test_the_next_sprint_is_looked_for_once(sessions: Sessions) -> None:
    desk = Desk(sessions=sessions)
    await desk.made(board="7")
    await desk.strike(timedelta(minutes=16))
    assert desk.tracker.calls == ["read"]
    assert ((await desk.ticket()).sprint, desk.tracker.of("1").sprint) == ("Next of 7",) * 2


async def test_of_a_private_item_no_word_gets_there(desk: Desk) -> None:
    await desk.promise(is_private=True, what="Secret", done_when="Hidden")
    await desk.strike()
    said = repr(desk.tracker.of("1").said)
    assert "Secret" not in said
    assert "Hidden" not in said
    assert "Action item PM-1/1 of a private incident" in said


async def test_whoever_is_not_told_in_time_looks_for_it_later(desk: Desk) -> None:
    await desk.promise()
    hangs = asyncio.Event()

    async def waits() -> None:
        await hangs.wait()

    desk.tracker.meanwhile["create"] = waits
    hurried = desk.worker(patience=timedelta(milliseconds=1))
    await hurried(desk.sessions, SLACK, desk.at)
    await desk.strike(UNSURE_WAIT - timedelta(seconds=1))
    assert desk.tracker.calls == ["create"]
    await desk.strike(timedelta(seconds=2))
    assert desk.tracker.calls == ["create", "find", "create"]


async def test_one_that_is_not_found_when_it_is_planned_is_planned_later(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        place = Place(kind=JIRA, project="SHOP", board="7")
        await ticket_places.keep(session, "T1", place, desk.at)
    await desk.promise()

    async def hides() -> None:
        hidden.append(desk.tracker.tickets.pop())

    hidden: list[Ticket] = []
    desk.tracker.meanwhile["plan"] = hides
    await desk.strike()
    assert ((await desk.item()).ticket, (await desk.item()).ticket_trouble) == ("SHOP-1", "")
    desk.tracker.tickets = hidden
    await desk.strike(timedelta(minutes=16))
    assert (await desk.ticket()).sprint == "Next of 7"
