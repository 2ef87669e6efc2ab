"""A ticket is made once by whoever stalls, loses an answer, or finds its place elsewhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.decisions import Decision
from domain.ticket_turns import UNSURE_WAIT
from domain.tickets import Place
from handlers.ticketing import LEASE, Ticketing
from storage import ticket_places, tickets, tracker_accounts
from storage.engine import Sessions
from tests.handlers.ticketed import A_MINUTE, JIRA, SLACK, Desk

A_MOMENT, AN_HOUR = timedelta(seconds=5), timedelta(hours=1)


@pytest.fixture
async def desk(sessions: Sessions) -> Desk:
    """An item that is to get its ticket, and whose owner's account is looked for."""
    desk = Desk(sessions=sessions)
    await desk.open()
    await desk.promise()
    async with sessions.begin() as session:
        await tracker_accounts.found(session, "T1", JIRA, "U1", None, desk.at)
        await tracker_accounts.chosen(session, "T1", JIRA, "U1", "ann@example.com", "U3")
    return desk


async def moves(desk: Desk) -> None:
    """Let somebody say that tickets are made in another project."""
    async with desk.sessions.begin() as session:
        await ticket_places.keep(session, "T1", Place(kind=JIRA, project="ELSE"), desk.at)


async def test_whoever_stalls_until_another_has_it_makes_none(desk: Desk) -> None:
    async def stalls() -> None:
        await desk.strike(LEASE)

    desk.tracker.meanwhile["account"] = stalls
    await desk.strike()
    assert (desk.tracker.calls.count("create"), len(desk.tracker.tickets)) == (1, 1)
    assert (await desk.item()).ticket == "SHOP-1"


async def test_whoever_takes_long_has_a_whole_lease_to_make_it_in(desk: Desk) -> None:
    async def looks() -> None:
        kept = await desk.ticket()
        assert kept.lease_until == desk.at + took + LEASE

    desk.tracker.meanwhile["create"] = looks
    took = timedelta(seconds=200)
    slow = Ticketing(desk.tracker, "T1", lambda: desk.at + took)
    await slow(desk.sessions, SLACK, desk.at)
    assert (await desk.item()).ticket == "SHOP-1"


async def test_while_nobody_knows_whether_it_was_made_nobody_makes_it(desk: Desk) -> None:
    desk.tracker.loses = {"create"}
    await desk.strike()
    await desk.decides(Decision.RESCOPE, what="Another thing", done_when="It is done")
    async with desk.sessions.begin() as session:
        await tickets.retry(session, 1, desk.at)
    await desk.strike(A_MOMENT)
    assert desk.tracker.calls == ["account", "create"]
    await desk.strike(UNSURE_WAIT)
    assert "find" in desk.tracker.calls
    assert (await desk.item()).ticket == "SHOP-1"


async def test_one_that_may_be_made_is_looked_for_where_it_was_asked_for(desk: Desk) -> None:
    desk.tracker.loses = {"create"}
    await desk.strike()
    await moves(desk)
    await desk.strike(UNSURE_WAIT)
    assert (await desk.item()).ticket == "SHOP-1"
    assert len(desk.tracker.tickets) == 1


async def test_one_that_was_not_made_is_made_where_they_are_now(desk: Desk) -> None:
    desk.tracker.refuses = {"create": "No.", "find": "No."}
    await desk.strike()
    await moves(desk)
    await desk.strike(AN_HOUR)
    desk.tracker.refuses = {}
    await desk.strike()
    assert (await desk.item()).ticket == "ELSE-1"


async def test_nobody_waits_for_one_who_is_silent_where_no_tickets_are_made(desk: Desk) -> None:
    desk.tracker.silent = {"create": 1, "find": 9}
    await desk.strike()
    await moves(desk)
    for _ in range(4):
        await desk.strike(A_MINUTE * 6)
    desk.tracker.silent = {}
    await desk.strike()
    assert (await desk.item()).ticket == "ELSE-1"


async def test_that_its_address_is_another_is_no_deed(desk: Desk) -> None:
    await desk.strike()
    ticket, before = desk.tracker.of("1"), await desk.history()
    ticket.seen = replace(ticket.seen, url="https://other.example/SHOP-1")
    await desk.strike(AN_HOUR)
    assert (await desk.item()).ticket_url == "https://other.example/SHOP-1"
    assert await desk.history() == before
