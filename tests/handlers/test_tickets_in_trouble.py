"""What keeps a ticket from being made or kept is said by its item, and of its place told once."""

import asyncio
from datetime import timedelta

import pytest

from domain.decisions import Decision
from domain.ticket_turns import REFUSED_WAIT, UNSURE_WAIT
from handlers.ticket_news import TROUBLE
from storage import ticket_places, tickets, tracker_accounts, workspaces
from storage.engine import Database, Sessions, open_database
from tests.handlers.ticketed import A_LOOK, A_MINUTE, JIRA, SLACK, Desk

WHY = "Jira wants the field “Team” filled in."


@pytest.fixture
async def desk(sessions: Sessions) -> Desk:
    """A workspace with a place for tickets, that Cleo leads."""
    desk = Desk(sessions=sessions)
    await desk.open()
    async with sessions.begin() as session:
        await (await session.connection()).exec_driver_sql("UPDATE workspace SET lead = 'U3'")
        assert (await workspaces.programme(session, "T1")).lead == "U3"
    return desk


async def refused(desk: Desk, items: int = 3) -> None:
    """Let the tickets of some items be refused."""
    desk.tracker.refuses = {"create": WHY}
    for number in range(items):
        await desk.promise(number)
    await desk.strike()


async def test_items_say_why_and_the_lead_hears_once(desk: Desk) -> None:
    await refused(desk)
    assert [(await desk.item(each)).ticket_trouble for each in (1, 2, 3)] == [WHY] * 3
    assert ((await desk.place()).trouble, await desk.owed(TROUBLE)) == (WHY, ["U3"])
    await desk.strike(REFUSED_WAIT)
    assert (len(desk.tracker.calls), await desk.owed(TROUBLE)) == (9, ["U3"])


async def test_the_lead_hears_once_of_what_somebody_found_who_tried_the_place(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        await ticket_places.tell_trouble(session, 1, WHY, desk.at)
    await refused(desk)
    assert await desk.owed(TROUBLE) == ["U3"]
    told = await desk.wanted(TROUBLE)
    await desk.strike(REFUSED_WAIT)
    assert (await desk.owed(TROUBLE), await desk.wanted(TROUBLE)) == (["U3"], told)


async def test_a_tracker_that_wants_to_be_left_alone_is(desk: Desk) -> None:
    desk.tracker.wait, desk.tracker.silent = A_MINUTE * 10, {"create": 1}
    await desk.promise()
    await desk.strike()
    await desk.promise(2)
    await desk.strike(A_MINUTE * 9)
    assert desk.tracker.calls == ["create"]
    await desk.strike(A_MINUTE * 2)
    assert len(desk.tracker.tickets) == 2


async def test_all_are_tried_at_once_as_soon_as_one_goes_well(desk: Desk) -> None:
    await refused(desk)
    desk.tracker.refuses = {}
    async with desk.sessions.begin() as session:
        await tickets.retry(session, 2, desk.at)
    await desk.strike()
    assert (await desk.place()).trouble == WHY
    await desk.strike(timedelta(0))
    assert [(await desk.item(each)).ticket_trouble for each in (1, 2, 3)] == [""] * 3
    assert ((await desk.place()).trouble, len(desk.tracker.tickets)) == ("", 3)


async def test_one_that_is_given_up_troubles_its_place_no_more(desk: Desk) -> None:
    await refused(desk, items=1)
    await desk.decides(Decision.CANCEL)
    await desk.strike()
    assert ((await desk.item()).ticket_trouble, (await desk.place()).trouble) == ("", "")


async def test_what_no_ticket_says_any_more_is_over(desk: Desk) -> None:
    await desk.promise()
    await desk.strike()
    async with desk.sessions.begin() as session:  # as by a stop after the last one went well
        await ticket_places.tell_trouble(session, 1, WHY, desk.at)
    await desk.strike(A_LOOK)
    assert (await desk.place()).trouble == ""


async def test_silence_is_said_once_it_lasts(desk: Desk) -> None:
    desk.tracker.silent["create"] = 99
    await desk.promise()
    for _ in range(3):
        await desk.strike(UNSURE_WAIT)
    assert (await desk.item()).ticket_trouble == ""
    await desk.strike(UNSURE_WAIT)
    assert (await desk.item()).ticket_trouble == "Jira did not answer."
    assert (await desk.place()).trouble == ""
    await desk.strike(A_MINUTE * 5)
    assert (await desk.place()).trouble == "Jira did not answer."
    desk.tracker.silent.clear()
    await desk.strike(A_MINUTE * 5)
    assert ((await desk.item()).ticket, (await desk.place()).trouble) == ("SHOP-1", "")


async def test_what_is_refused_of_one_ticket_is_its_own(desk: Desk) -> None:
    await desk.promise()
    await desk.strike()
    desk.tracker.refuses = {"update": "Jira has no way to close it."}
    await desk.decides(Decision.IMPLEMENT)
    await desk.strike()
    assert (await desk.item()).ticket_trouble == "Jira has no way to close it."
    assert (await desk.place()).trouble == ""
    desk.tracker.refuses = {}
    await desk.strike(REFUSED_WAIT)
    assert (await desk.item()).ticket_trouble == ""


async def test_one_that_nobody_may_read_any_more_is_trouble_of_its_place(desk: Desk) -> None:
    await desk.promise()
    await desk.strike()
    desk.tracker.refuses = {"read": "Jira does not know our token any more."}
    await desk.strike(A_LOOK)
    assert (await desk.place()).trouble == "Jira does not know our token any more."
    desk.tracker.refuses = {}
    await desk.strike(REFUSED_WAIT)
    assert ((await desk.item()).ticket_trouble, (await desk.place()).trouble) == ("", "")


async def test_no_next_sprint_keeps_no_ticket_from_being_there(sessions: Sessions) -> None:
    desk = Desk(sessions=sessions)
    desk.tracker.refuses = {"plan": "Board 7 has no next sprint."}
    item = await desk.made(board="7")
    assert (item.ticket, item.ticket_trouble) == (
        "SHOP-1",
        "not in a sprint: Board 7 has no next sprint.",
    )
    assert (await desk.place()).trouble == ""
    desk.tracker.refuses = {}
    await desk.strike(A_LOOK)
    assert ((await desk.item()).ticket_trouble, (await desk.ticket()).sprint) == ("", "Next of 7")


async def test_an_owner_whom_the_tracker_does_not_know_is_named(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        await tracker_accounts.found(session, "T1", JIRA, "U1", None, desk.at)
    await desk.promise()
    await desk.strike()
    assert (await desk.item()).ticket_trouble == (
        "nobody is assigned: I know no account of Ann in Jira"
    )
    assert (await desk.place()).trouble == ""


async def test_what_somebody_writes_of_an_owner_is_looked_for(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        await tracker_accounts.found(session, "T1", JIRA, "U1", None, desk.at)
    await desk.promise()
    await desk.strike()
    async with desk.sessions.begin() as session:
        await tracker_accounts.chosen(session, "T1", JIRA, "U1", "ann@here", by="U3")
        await tickets.want(session, 1, desk.at)
    desk.tracker.people["ann@here"] = desk.tracker.person("ann")
    await desk.strike()
    assert (desk.tracker.of("1").seen.account, (await desk.item()).ticket_trouble) == ("ann", "")


async def test_an_assignee_that_the_tracker_does_not_take_is_said_once(desk: Desk) -> None:
    desk.tracker.unassignable = {"ann"}
    await desk.promise()
    await desk.strike()
    said = "nobody is assigned: Jira did not take Ann"
    assert (await desk.item()).ticket_trouble == said
    desk.tracker.calls.clear()
    await desk.strike(A_LOOK)
    assert desk.tracker.calls == ["read"]


async def test_a_mistake_of_ours_is_said_and_tried_again(desk: Desk) -> None:
    async def breaks() -> None:
        raise ZeroDivisionError

    await desk.promise()
    desk.tracker.meanwhile["create"] = breaks
    with pytest.raises(ExceptionGroup):
        await desk.strike()
    assert (await desk.item()).ticket_trouble.startswith("Something went wrong here")
    await desk.strike(A_MINUTE * 5)
    assert (await desk.item()).ticket == "SHOP-1"


async def test_two_workers_mend_one_place_together(database: Database) -> None:
    desk = Desk(sessions=database.sessions)
    await desk.open()
    await refused(desk, items=14)
    other = open_database(database.url.render_as_string(hide_password=False))
    duties = [(desk.duty, desk.sessions), (desk.worker(), other.sessions)]
    desk.tracker.refuses = {}
    for _ in range(6):
        desk.at += REFUSED_WAIT
        await asyncio.gather(*(duty(of, SLACK, desk.at) for duty, of in duties))
    await other.close()
    assert ((await desk.place()).trouble, len(desk.tracker.tickets)) == ("", 14)
