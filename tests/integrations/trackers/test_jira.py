from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from domain.tickets import Aspect, TicketState
from integrations.trackers import TicketGone, TrackerBusy, TrackerRefused
from integrations.trackers.jira import Jira
from tests.integrations.trackers.jira_played import NOON, OURS, SHOP, WANTED, playing
from tests.trackers.jira import JiraStandIn
from tests.trackers.jira_project import Sprint

Played = tuple[JiraStandIn, Jira]


@pytest.fixture(params=["cloud", "data center"])
async def played(request: pytest.FixtureRequest) -> AsyncIterator[Played]:
    async with playing(cloud=request.param == "cloud") as both:
        yield both


async def test_a_ticket_carries_our_key_as_a_label_beside_the_places_own(played: Played) -> None:
    stand_in, jira = played

    await jira.create(replace(SHOP, labels=("post mortem", "closedloop")), OURS, WANTED)

    expected = ("closedloop", "closedloop-7b7a6c3e2f0d4f6e9a550d6f5f1c2b3a", "post-mortem")
    assert stand_in.tickets()[0].labels == expected


async def test_an_owner_who_cannot_be_assigned_keeps_no_ticket_from_being_made(
    played: Played,
) -> None:
    stand_in, jira = played
    outsider = stand_in.account_of("outsider")

    seen = await jira.create(SHOP, OURS, replace(WANTED, account=outsider))

    assert seen.account == ""
    assert len(stand_in.tickets()) == 1
    assert stand_in.calls.count("create") == 2


async def test_an_owner_who_cannot_be_assigned_is_said_where_nothing_else_is_written(
    played: Played,
) -> None:
    stand_in, jira = played
    seen = await jira.create(SHOP, OURS, WANTED)
    theirs = replace(WANTED, account=stand_in.account_of("outsider"))

    with pytest.raises(TrackerRefused, match="cannot be assigned issues"):
        await jira.update(SHOP, seen.ref, WANTED, theirs)


async def test_a_closed_ticket_is_told_done_or_dropped_by_its_resolution(played: Played) -> None:
    _, jira = played
    done = await jira.create(SHOP, OURS, replace(WANTED, state=TicketState.DONE))
    dropped = replace(WANTED, state=TicketState.DROPPED)

    assert done.state is TicketState.DONE
    opened = await jira.update(SHOP, done.ref, replace(WANTED, state=TicketState.DONE), WANTED)
    assert opened.state is TicketState.OPEN
    assert (await jira.update(SHOP, done.ref, WANTED, dropped)).state is TicketState.DROPPED


async def test_a_workflow_that_cannot_close_is_said_with_what_to_do(played: Played) -> None:
    stand_in, jira = played
    seen = await jira.create(SHOP, OURS, WANTED)
    stand_in.project.transitions = ("To Do", "In Progress")

    with pytest.raises(TrackerRefused, match="no transition that closes SHOP-1"):
        await jira.update(SHOP, seen.ref, WANTED, replace(WANTED, state=TicketState.DONE))


async def test_the_sprint_that_starts_first_is_the_next(played: Played) -> None:
    stand_in, jira = played
    early = Sprint(id=9, name="Early", state="future", start="2026-03-09T09:00:00.000Z")
    stand_in.project.sprints.append(early)
    seen = await jira.create(SHOP, OURS, WANTED)

    assert await jira.plan(SHOP, seen.ref) == "Early"


async def test_a_ticket_of_the_running_sprint_stays_there(played: Played) -> None:
    stand_in, jira = played
    seen = await jira.create(SHOP, OURS, WANTED)
    stand_in.project.issues[int(seen.ref)].sprint = 1

    assert await jira.plan(SHOP, seen.ref) == "SHOP Sprint 1"
    assert "plan" not in stand_in.calls


async def test_one_of_two_who_are_called_alike_is_nobody(played: Played) -> None:
    stand_in, jira = played

    assert await jira.account(SHOP, "c") is None
    found = await jira.account(SHOP, stand_in.account_of("cleo"))
    assert found is not None
    assert found.name == "Cleo"


async def test_a_jira_that_moved_elsewhere_is_said(played: Played) -> None:
    stand_in, jira = played
    stand_in.fail_next(302, headers={"Location": "/elsewhere"}, on="create")

    with pytest.raises(TrackerRefused, match="JIRA_URL"):
        await jira.create(SHOP, OURS, WANTED)


async def test_a_captcha_is_said_as_what_it_is(played: Played) -> None:
    stand_in, jira = played
    stand_in.fail_next(401, headers={"X-Seraph-LoginReason": "AUTHENTICATION_DENIED"})

    with pytest.raises(TrackerRefused, match="CAPTCHA"):
        await jira.find(SHOP, OURS, NOON)


async def test_a_hundred_changes_are_all_read(played: Played) -> None:
    stand_in, jira = played
    seen = await jira.create(SHOP, OURS, WANTED)
    for number in range(120):
        await stand_in.assign(seen.ref, ("ada", "ben")[number % 2], "cleo")
    await stand_in.assign(seen.ref, None, "dan")

    changes = await jira.changed(SHOP, seen.ref, Aspect.OWNER)

    assert changes is not None
    assert changes.name == "Dan"


async def test_what_is_gone_or_busy_is_not_taken_for_refused(played: Played) -> None:
    stand_in, jira = played

    with pytest.raises(TicketGone):
        await jira.read(SHOP, "4711")
    stand_in.fail_next(503, headers={"Retry-After": "7"})
    with pytest.raises(TrackerBusy) as busy:
        await jira.read(SHOP, "4711")
    assert busy.value.wait is not None
    assert busy.value.wait.total_seconds() == 7
