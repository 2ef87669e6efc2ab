import asyncio
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from domain.tickets import TicketState, TrackerKind
from integrations.trackers import TicketGone, Tracker, TrackerBusy
from integrations.trackers.linear import Linear
from tests.trackers.linear import API_KEY, LinearStandIn
from tests.trackers.linear_stage import NOW, SHOP, WANTED
from tests.trackers.standin import StandIn


def test_linear_is_a_tracker_and_its_stand_in_a_stand_in() -> None:
    tracker: Tracker = Linear(API_KEY, now=lambda: NOW)
    standin: StandIn = LinearStandIn()
    assert (tracker.kind, standin.calls) == (TrackerKind.LINEAR, [])


async def test_a_ticket_says_all_that_is_wanted(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(
        SHOP, str(uuid4()), replace(WANTED, account=linear.account_of("ada"))
    )
    [ticket] = linear.tickets()
    assert (ticket.title, ticket.assignee, ticket.due_on) == (WANTED.title, "ada", WANTED.due_on)
    assert ticket.body == "**Done when:** an alert fires at 80 %"
    assert ticket.labels == ("closedloop", "Postmortem")
    assert linear.world.issues[seen.ref]["priority"] == 2
    assert (seen.key, seen.state) == ("SHOP-1", TicketState.OPEN)
    assert seen.url == "https://linear.app/acme/issue/SHOP-1"


async def test_a_ticket_is_found_by_our_key_once_it_is_made(linear_tracker: Linear) -> None:
    ours = str(uuid4())
    assert await linear_tracker.find(SHOP, ours, NOW) is None
    made = await linear_tracker.create(SHOP, ours, WANTED)
    assert await linear_tracker.find(SHOP, ours, NOW) == made


async def test_a_ticket_whose_answer_is_lost_is_not_made_again(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    ours = str(uuid4())
    linear.lose_next_answer()
    with pytest.raises(TrackerBusy):
        await linear_tracker.create(SHOP, ours, WANTED)
    again = await linear_tracker.create(SHOP, ours, WANTED)
    assert [again.ref] == [ticket.ref for ticket in linear.tickets()]
    assert linear.calls.count("create") == 2


async def test_a_label_that_somebody_else_makes_meanwhile_is_taken(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    linear.meanwhile["label"] = lambda: linear.world.new_label("ClosedLoop", "SHOP")
    await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    assert linear.tickets()[0].labels == ("ClosedLoop", "Postmortem")


async def test_two_tickets_at_once_make_a_label_once(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    await asyncio.gather(*(linear_tracker.create(SHOP, str(uuid4()), WANTED) for _ in range(3)))
    assert sorted(label["name"] for label in linear.world.labels) == ["Postmortem", "closedloop"]
    assert len(linear.tickets()) == 3


async def test_labels_of_the_workspace_are_used_and_those_of_other_teams_are_not(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    shared = linear.world.new_label("postmortem")
    foreign = linear.world.new_label("closedloop", "ATTIC")
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    used = [label["id"] for label in linear.world.issues[seen.ref]["_labels"]]
    assert shared["id"] in used
    assert foreign["id"] not in used


async def test_an_owner_who_cannot_be_assigned_keeps_no_ticket_from_being_made(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    stranger = replace(WANTED, account=linear.account_of("outsider"))
    seen = await linear_tracker.create(SHOP, str(uuid4()), stranger)
    assert (seen.account, len(linear.tickets())) == ("", 1)


@pytest.mark.parametrize("state", list(TicketState))
async def test_a_ticket_goes_to_every_state_and_back(
    linear_tracker: Linear, state: TicketState
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    other = replace(WANTED, state=state)
    assert (await linear_tracker.update(SHOP, seen.ref, WANTED, other)).state is state
    assert (await linear_tracker.update(SHOP, seen.ref, other, WANTED)).state is TicketState.OPEN


async def test_a_ticket_can_be_made_closed(linear_tracker: Linear) -> None:
    done = replace(WANTED, state=TicketState.DONE)
    assert (await linear_tracker.create(SHOP, str(uuid4()), done)).state is TicketState.DONE


async def test_an_update_leaves_what_is_not_new_as_people_put_it(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    await linear.assign(seen.ref, "ben", "ben")
    await linear.set_due(seen.ref, date(2026, 8, 1), "ben")
    await linear.put(seen.ref, "started", "ben")
    await linear_tracker.update(SHOP, seen.ref, WANTED, replace(WANTED, title="Alert sooner"))
    [ticket] = linear.tickets()
    assert (ticket.title, ticket.assignee) == ("Alert sooner", "ben")
    assert ticket.due_on == date(2026, 8, 1)
    assert linear.world.issues[seen.ref]["state"]["type"] == "started"


async def test_an_update_without_anything_new_writes_nothing(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    await linear_tracker.update(SHOP, seen.ref, WANTED, WANTED)
    assert "update" not in linear.calls


async def test_without_the_old_all_is_written(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    await linear.set_due(seen.ref, None, "ben")
    await linear.close(seen.ref, "ben")
    again = await linear_tracker.update(SHOP, seen.ref, None, WANTED)
    assert (again.due_on, again.state) == (WANTED.due_on, TicketState.OPEN)


async def test_a_new_owner_without_an_account_takes_it_from_the_old(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    adas = replace(WANTED, account=linear.account_of("ada"))
    seen = await linear_tracker.create(SHOP, str(uuid4()), adas)
    assert (await linear_tracker.update(SHOP, seen.ref, adas, WANTED)).account == ""


async def test_a_moved_ticket_is_read_and_closed_where_it_is_now(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    await linear.move(seen.ref)
    assert (await linear_tracker.read(SHOP, seen.ref)).key == "ATTIC-1"
    done = await linear_tracker.update(
        SHOP, seen.ref, WANTED, replace(WANTED, state=TicketState.DONE)
    )
    assert (done.ref, done.state) == (seen.ref, TicketState.DONE)


async def test_a_ticket_in_the_bin_is_gone_but_was_made(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    ours = str(uuid4())
    seen = await linear_tracker.create(SHOP, ours, WANTED)
    await linear.delete(seen.ref)
    with pytest.raises(TicketGone):
        await linear_tracker.read(SHOP, seen.ref)
    assert await linear_tracker.find(SHOP, ours, NOW) is not None
    assert (await linear_tracker.create(SHOP, ours, WANTED)).ref == seen.ref
