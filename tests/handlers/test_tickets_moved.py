"""Tickets that are moved, deleted or hidden, and what changes while one is in hand."""

from datetime import date, timedelta

import pytest

from domain.decisions import Decision
from domain.kept_tickets import GONE, MOVED
from domain.tickets import TicketState
from handlers.ticket_following import DELETED
from storage import tickets
from storage.engine import Sessions
from tests.handlers.ticketed import A_LOOK, Desk, rests, stands

DUE, LATER, PAST = date(2026, 12, 4), date(2026, 12, 18), date(2026, 11, 2)
OPEN, DONE, DROPPED = TicketState


@pytest.fixture
async def desk(sessions: Sessions) -> Desk:
    """An item with its ticket, assigned to its owner, Ann."""
    desk = Desk(sessions=sessions)
    await desk.made()
    return desk


async def test_one_that_was_moved_is_known_by_its_new_key(desk: Desk) -> None:
    desk.tracker.move("1", "ELSE-9")
    await desk.strike(A_LOOK)
    item = await desk.item()
    assert (item.ticket, item.ticket_url) == ("ELSE-9", "https://tracker.example/ELSE-9")
    assert await desk.newest() == (MOVED, "", "SHOP-1 is ELSE-9 now.")
    await rests(desk)


async def test_one_that_was_deleted_is_made_again_when_somebody_says_so(desk: Desk) -> None:
    desk.tracker.delete("1")
    await desk.strike(A_LOOK)
    assert (await desk.item()).ticket_trouble == DELETED.format(tracker="Jira")
    assert await desk.owed("item_news") == ["U1"]
    assert ((await desk.newest())[0], (await desk.ticket()).due_at) == (GONE, None)
    async with desk.sessions.begin() as session:
        await tickets.retry(session, 1, desk.at)
    await desk.strike()
    assert ((await desk.item()).ticket, (await desk.item()).ticket_trouble) == ("SHOP-1", "")


async def test_nobody_hears_of_the_deleted_ticket_of_an_ended_item(desk: Desk) -> None:
    await desk.decides(Decision.IMPLEMENT)
    desk.tracker.delete("1")
    await desk.strike()
    assert ((await desk.newest())[0], await desk.owed("item_news")) == (GONE, [])


async def test_one_that_was_only_hidden_goes_on(desk: Desk) -> None:
    hidden = desk.tracker.of("1")
    desk.tracker.delete("1")
    await desk.strike(A_LOOK)
    desk.tracker.tickets = [hidden]
    await desk.decides(Decision.RESCHEDULE, day=LATER)
    await desk.strike()
    assert ((await desk.ticket()).is_gone, (await desk.item()).ticket_trouble) == (False, "")
    assert stands(desk)[2] == LATER


async def test_what_changes_while_it_is_in_hand_is_seen_to_afterwards(desk: Desk) -> None:
    async def reschedules() -> None:
        await desk.decides(Decision.RESCHEDULE, day=LATER)

    await desk.decides(Decision.RESCOPE, what="Another thing", done_when="It is done")
    desk.tracker.meanwhile["update"] = reschedules
    await desk.strike()
    await desk.strike(timedelta(0))
    assert stands(desk)[2] == LATER
    await rests(desk)


async def test_what_somebody_changes_while_it_is_written_is_taken_in(desk: Desk) -> None:
    async def closes() -> None:
        desk.tracker.put("1", DONE)

    await desk.decides(Decision.RESCHEDULE, day=LATER)
    desk.tracker.meanwhile["update"] = closes
    await desk.strike()
    await desk.strike(timedelta(0))
    assert ((await desk.item()).ticket_closed, stands(desk)[2]) == (True, LATER)
    await rests(desk)


async def test_an_older_copy_of_a_ticket_is_not_believed(desk: Desk) -> None:
    old = desk.tracker.of("1").seen
    await desk.decides(Decision.RESCHEDULE, day=LATER)
    await desk.strike()
    fresh, desk.tracker.of("1").seen = desk.tracker.of("1").seen, old
    await desk.strike(A_LOOK)
    assert (await desk.item()).due_on == LATER
    desk.tracker.of("1").seen = fresh
    await desk.strike()
    await rests(desk)
