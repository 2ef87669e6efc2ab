from datetime import date, timedelta
from uuid import uuid4

import pytest

from domain.tickets import Aspect, Change
from integrations.trackers import TicketGone, TrackerBusy, TrackerRefused
from integrations.trackers.linear import Linear
from tests.trackers.linear import LinearStandIn
from tests.trackers.linear_stage import NOW, SHOP, WANTED


async def test_whatever_is_asked_of_a_ticket_that_is_gone_says_so(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    await linear.delete(seen.ref)
    linear.empty_bin()
    for asking in (
        linear_tracker.read(SHOP, seen.ref),
        linear_tracker.update(SHOP, seen.ref, None, WANTED),
        linear_tracker.comment(SHOP, seen.ref, "text", str(uuid4())),
        linear_tracker.plan(SHOP, seen.ref),
        linear_tracker.changed(SHOP, seen.ref, Aspect.DUE),
    ):
        with pytest.raises(TicketGone):
            await asking


async def test_a_comment_is_written_once(linear: LinearStandIn, linear_tracker: Linear) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    mark = str(uuid4())
    linear.lose_next_answer(on="comment")
    with pytest.raises(TrackerBusy):
        await linear_tracker.comment(SHOP, seen.ref, "Promoted to a *project*.", mark)
    await linear_tracker.comment(SHOP, seen.ref, "Promoted to a *project*.", mark)
    assert linear.tickets()[0].comments == ("Promoted to a \\*project\\*.",)


async def test_a_comment_that_came_in_between_is_as_good(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    mark = str(uuid4())
    written = {"id": mark, "body": "text"}
    linear.meanwhile["comment"] = lambda: linear.world.issues[seen.ref]["_comments"].append(written)
    await linear_tracker.comment(SHOP, seen.ref, "text", mark)
    assert linear.tickets()[0].comments == ("text",)


async def test_a_change_by_a_bot_has_its_name(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    await linear.assign(seen.ref, "ben", by="cleo")
    bot = {"name": "GitHub", "userDisplayName": None, "type": "github"}
    linear.world.issues[seen.ref]["_history"][-1] |= {"actor": None, "botActor": bot}
    change = await linear_tracker.changed(SHOP, seen.ref, Aspect.OWNER)
    assert change == Change(at=NOW, name="GitHub")


async def test_a_ticket_of_a_team_without_cycles_cannot_be_planned(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    linear.world.teams["SHOP"] |= {"cyclesEnabled": False, "_cycles": []}
    with pytest.raises(TrackerRefused, match="Switch them on in Linear"):
        await linear_tracker.plan(SHOP, seen.ref)


async def test_a_ticket_is_planned_in_the_next_cycle_of_its_team(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    assert await linear_tracker.plan(SHOP, seen.ref) == "Cycle 8"
    assert linear.tickets()[0].sprint == "Cycle 8"
    assert await linear_tracker.plan(SHOP, seen.ref) == "Cycle 8"
    assert linear.calls.count("plan") == 1


async def test_a_ticket_in_the_running_cycle_is_left_there(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    linear.world.issues[seen.ref]["cycle"] = linear.world.teams["SHOP"]["_cycles"][0]
    assert await linear_tracker.plan(SHOP, seen.ref) == "Cycle 7"


async def test_who_changed_what_last_is_told_by_the_history(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    assert await linear_tracker.changed(SHOP, seen.ref, Aspect.OWNER) is None
    linear.world.now = lambda: NOW + timedelta(minutes=1)
    await linear.assign(seen.ref, "ben", by="cleo")
    linear.world.now = lambda: NOW + timedelta(minutes=2)
    await linear.set_due(seen.ref, None, by="dan")
    change = await linear_tracker.changed(SHOP, seen.ref, Aspect.OWNER)
    assert change is not None
    assert (change.name, change.account) == ("cleo", linear.account_of("cleo"))
    assert change.at == NOW + timedelta(minutes=1)
    due = await linear_tracker.changed(SHOP, seen.ref, Aspect.DUE)
    assert due == Change(
        at=NOW + timedelta(minutes=2), name="dan", account=linear.account_of("dan")
    )


async def test_a_status_that_means_the_same_to_us_is_no_change_of_state(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    await linear.put(seen.ref, "started", by="ben")
    assert await linear_tracker.changed(SHOP, seen.ref, Aspect.STATE) is None
    await linear.close(seen.ref, by="dan")
    change = await linear_tracker.changed(SHOP, seen.ref, Aspect.STATE)
    assert change is not None
    assert change.name == "dan"


async def test_all_pages_of_a_history_are_read(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    await linear.assign(seen.ref, "ben", by="cleo")
    for day in range(1, 29):
        await linear.set_due(seen.ref, date(2026, 8, day), by="dan")
        await linear.set_due(seen.ref, date(2026, 9, day), by="dan")
    assert await linear_tracker.changed(SHOP, seen.ref, Aspect.OWNER) is not None
    assert linear.calls.count("changed") == 2


async def test_a_team_that_we_may_not_see_any_more_has_not_lost_its_tickets(
    linear: LinearStandIn, linear_tracker: Linear
) -> None:
    seen = await linear_tracker.create(SHOP, str(uuid4()), WANTED)
    linear.world.issues.clear()
    with pytest.raises(TicketGone):
        await linear_tracker.read(SHOP, seen.ref)
    del linear.world.teams["SHOP"]
    for asked in (
        linear_tracker.read(SHOP, seen.ref),
        linear_tracker.update(SHOP, seen.ref, None, WANTED),
        linear_tracker.comment(SHOP, seen.ref, "Shipped.", str(uuid4())),
        linear_tracker.plan(SHOP, seen.ref),
        linear_tracker.changed(SHOP, seen.ref, Aspect.STATE),
    ):
        with pytest.raises(TrackerRefused, match="our key may not see it"):
            await asked
