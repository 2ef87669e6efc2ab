"""Item and ticket follow each other, each aspect both ways; the newest change of a person wins."""

from datetime import date

import pytest

from domain.decisions import Decision
from domain.kept_tickets import CLOSED, FOLLOWED, KEPT, OPENED
from domain.tickets import TicketState
from handlers.ticket_news import TICKET
from storage.engine import Sessions
from tests.handlers.ticketed import A_LOOK, A_MINUTE, Desk, below, rests, stands

DUE, LATER, PAST = date(2026, 12, 4), date(2026, 12, 18), date(2026, 11, 2)
OPEN, DONE, DROPPED = TicketState


@pytest.fixture
async def desk(sessions: Sessions) -> Desk:
    """An item with its ticket, assigned to its owner, Ann."""
    desk = Desk(sessions=sessions)
    await desk.made()
    return desk


async def test_a_later_date_goes_to_the_ticket(desk: Desk) -> None:
    await desk.decides(Decision.RESCHEDULE, day=LATER)
    await desk.strike()
    assert stands(desk) == (OPEN, "ann", LATER)
    assert ("Due", "18 Dec 2026") in [(e.label, e.text) for e in desk.tracker.of("1").said.lines]
    assert below(desk) == ["The item was moved from 4 Dec 2026 to 18 Dec 2026: So it is."]
    await rests(desk)


async def test_a_later_date_comes_from_the_ticket(desk: Desk) -> None:
    desk.tracker.set_due("1", LATER, by="ben")
    await desk.strike(A_LOOK)
    item = await desk.item()
    assert (item.due_on, item.reschedules, below(desk)) == (LATER, 1, [])
    said = "SHOP-1 was moved to 18 Dec 2026 by ben (Jira)."
    assert await desk.newest() == (FOLLOWED, "U2", said)
    assert await desk.owed("item_news") == ["U1"]
    await rests(desk)


async def test_a_date_that_has_passed_goes_back_with_a_comment(desk: Desk) -> None:
    desk.tracker.set_due("1", PAST)
    await desk.strike(A_LOOK)
    assert (stands(desk), (await desk.item()).due_on) == ((OPEN, "ann", DUE), DUE)
    event, actor, reason = await desk.newest()
    assert (event, actor, below(desk)) == (KEPT, "", [reason])
    assert "This date has passed." in reason
    await rests(desk)


async def test_what_has_expired_is_not_moved(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("UPDATE action_item SET reviews_seen = 2")
    desk.tracker.set_due("1", LATER)
    await desk.strike(A_LOOK)
    assert (stands(desk), (await desk.item()).due_on) == ((OPEN, "ann", DUE), DUE)
    assert "it has expired" in (await desk.newest())[2]


async def test_a_date_that_is_taken_away_is_put_back(desk: Desk) -> None:
    desk.tracker.set_due("1", None)
    await desk.strike(A_LOOK)
    assert stands(desk) == (OPEN, "ann", DUE)
    await rests(desk)


async def test_a_rule_of_the_tracker_that_sets_it_each_time_is_left(desk: Desk) -> None:
    for _ in range(3):
        desk.tracker.set_due("1", PAST)
        await desk.strike(A_LOOK)
    assert (stands(desk), (await desk.item()).due_on) == ((OPEN, "ann", PAST), DUE)
    assert (await desk.newest())[2].endswith("It came so again: I leave the ticket.")
    assert len([each for each in await desk.history() if each.event == KEPT]) == 2
    await rests(desk)


async def test_an_end_goes_to_the_ticket_with_what_was_said(desk: Desk) -> None:
    await desk.decides(Decision.IMPLEMENT, words="It is shipped")
    await desk.strike()
    assert stands(desk)[0] is DONE
    assert below(desk) == ["The item is implemented: So it is."]
    await desk.decides(Decision.REOPEN, day=DUE)
    await desk.strike()
    assert stands(desk)[0] is OPEN
    await rests(desk)


async def test_what_ended_for_good_is_not_looked_at_again(desk: Desk) -> None:
    await desk.decides(Decision.CANCEL)
    await desk.strike()
    assert (stands(desk)[0], (await desk.ticket()).due_at) == (DROPPED, None)


async def test_a_closed_ticket_asks_for_evidence_and_ends_nothing(desk: Desk) -> None:
    desk.tracker.put("1", DONE, by="ben")
    await desk.strike(A_LOOK)
    item = await desk.item()
    assert (item.is_open, item.ticket_closed) == (True, True)
    assert await desk.newest() == (CLOSED, "U2", "SHOP-1 was closed by ben (Jira).")
    assert await desk.owed(TICKET) == ["U1"]
    await rests(desk)


async def test_one_that_is_opened_again_asks_nothing(desk: Desk) -> None:
    desk.tracker.put("1", DROPPED)
    await desk.strike(A_LOOK)
    desk.tracker.put("1", OPEN)
    await desk.strike(A_LOOK)
    assert not (await desk.item()).ticket_closed
    assert await desk.newest() == (OPENED, "", "SHOP-1 was opened again by jane (Jira).")
    await rests(desk)


async def test_the_ticket_of_an_ended_item_that_is_opened_opens_nothing(desk: Desk) -> None:
    await desk.decides(Decision.IMPLEMENT)
    await desk.strike()
    desk.tracker.put("1", OPEN)
    await desk.strike(A_LOOK)
    event, _, reason = await desk.newest()
    assert (event, reason.endswith("The item stays implemented.")) == (OPENED, True)
    assert (await desk.item()).state == "implemented"
    assert await desk.owed("item_news") == ["U1"]
    await rests(desk)


async def test_a_hand_over_goes_to_the_ticket(desk: Desk) -> None:
    await desk.decides(Decision.REASSIGN, by="U2", person="U2")
    await desk.strike()
    assert stands(desk)[1] == "ben"
    await rests(desk)


async def test_whoever_is_assigned_is_asked_to_take_it_on(desk: Desk) -> None:
    desk.tracker.assign("1", "ben", by="cleo")
    await desk.strike(A_LOOK)
    item = await desk.item()
    assert (item.owner, item.proposed_owner, item.proposed_by) == ("U1", "U2", "U3")
    assert (await desk.owed("handover"), stands(desk)[1]) == (["U2"], "ben")
    await rests(desk)


async def test_whoever_takes_it_on_has_the_ticket(desk: Desk) -> None:
    desk.tracker.assign("1", "ben")
    await desk.strike(A_LOOK)
    await desk.decides(Decision.TAKE, by="U2")
    await desk.strike()
    assert ((await desk.item()).owner, stands(desk)[1]) == ("U2", "ben")
    await rests(desk)


async def test_of_whoever_declines_the_ticket_goes_back(desk: Desk) -> None:
    desk.tracker.assign("1", "ben")
    await desk.strike(A_LOOK)
    await desk.decides(Decision.DECLINE, by="U2")
    await desk.strike()
    assert ((await desk.item()).owner, stands(desk)[1]) == ("U1", "ann")
    assert "it stays with its owner" in below(desk)[0]
    await rests(desk)


async def test_whoever_assigns_it_to_themselves_owns_it(desk: Desk) -> None:
    desk.tracker.assign("1", "ben", by="ben")
    await desk.strike(A_LOOK)
    assert ((await desk.item()).owner, (await desk.newest())[:2]) == ("U2", (FOLLOWED, "U2"))
    await rests(desk)


@pytest.mark.parametrize(
    ("account", "why"),
    [("", "An item has one owner"), ("stranger", "I do not know whose account this is")],
)
async def test_an_assignee_who_is_nobody_here_goes_back(desk: Desk, account: str, why: str) -> None:
    desk.tracker.assign("1", account)
    await desk.strike(A_LOOK)
    assert ((await desk.item()).owner, stands(desk)[1]) == ("U1", "ann")
    assert why in below(desk)[0]
    await rests(desk)


@pytest.mark.parametrize("is_ours", [True, False])
async def test_where_both_change_the_newer_wins(desk: Desk, is_ours: bool) -> None:  # noqa: FBT001 - which of two
    if not is_ours:
        await desk.decides(Decision.RESCHEDULE, day=LATER)
    desk.at += A_MINUTE
    desk.tracker.set_due("1", date(2026, 12, 30), by="ben")
    desk.at += A_MINUTE
    if is_ours:
        await desk.decides(Decision.RESCHEDULE, day=LATER)
    await desk.strike()
    won = LATER if is_ours else date(2026, 12, 30)
    assert ((await desk.item()).due_on, stands(desk)[2]) == (won, won)
    assert (await desk.newest())[0] == (KEPT if is_ours else FOLLOWED)
    await rests(desk)


async def test_one_that_ends_while_its_ticket_is_dropped(desk: Desk) -> None:
    await desk.decides(Decision.IMPLEMENT)
    desk.at += A_MINUTE
    desk.tracker.put("1", DROPPED)
    await desk.strike()
    assert (stands(desk)[0], (await desk.newest())[0]) == (DROPPED, KEPT)
    await rests(desk)


async def test_words_go_to_the_ticket_and_nothing_else(desk: Desk) -> None:
    await desk.decides(Decision.RESCOPE, what="Another thing", done_when="It is done")
    await desk.strike()
    assert desk.tracker.of("1").said.title == "Another thing"
    assert desk.tracker.calls == ["read", "update"]
    await rests(desk)
