"""`/postmortem settings trackers`: where tickets are made, who may say so, and what is told."""

import asyncio
from typing import Any

import pytest

from blocks.tracker_forms import NONE
from blocks.trackers import (
    ADD_PLACE,
    CHANGE_PLACE,
    MAKE_TICKETS,
    SETTINGS_TRACKERS,
    TRY_PLACES,
    WHOSE,
)
from domain.tickets import Place, TrackerKind
from tests.scenarios.deciding import promised
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import CHANNEL, Stage
from tests.scenarios.test_settings import form, saved
from tests.scenarios.tracked import (
    JIRA,
    all_kept,
    place_form,
    placed,
    places,
    pressed,
    where,
    window,
)

NOT_SET_UP = "Jira is not set up: whoever runs Closed Loop sets JIRA_URL and JIRA_TOKEN."


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_a_place_for_all_services_is_kept_and_tried(slack: Stage) -> None:
    assert "no tickets are made" in (await window(slack)).text()
    words = await placed(slack, labels="reliability, ops", fields="customfield_10010 = Team A")
    assert "Jira SHOP · in the next sprint of board 1" in words
    assert NOT_SET_UP in words
    assert NOT_SET_UP in slack.person("lena").messages(DM)[-1].text
    (place,) = await places(slack)
    assert (place.kind, place.project, place.board) == (TrackerKind.JIRA, "SHOP", "1")
    assert (place.labels, place.trouble) == (("reliability", "ops"), NOT_SET_UP)
    assert place.fields == {"customfield_10010": "Team A"}


async def test_a_service_has_a_place_of_its_own_and_gives_it_up(slack: Stage) -> None:
    await placed(slack)
    add = await pressed(slack, ADD_PLACE)
    github = {"kind": "github", "project": "acme/shop", "board": "milestones"}
    assert (await add.fill(service="checkout", **github).submit()).closed
    await slack.settled()
    assert "checkout · GitHub acme/shop" in (await window(slack)).text().replace("*", "")
    await placed(slack, "checkout", **github | {"kind": NONE})
    assert [each.service for each in await places(slack)] == [""]


async def test_the_same_service_is_not_added_over_what_is_set(slack: Stage) -> None:
    for project, is_kept in (("SHOP", True), ("SHOP", True), ("ATTIC", False)):
        await window(slack)
        add = await pressed(slack, ADD_PLACE)
        typed = JIRA | {"service": "Checkout" if project == "ATTIC" else "checkout"}
        answer = await add.fill(**typed | {"project": project}).submit()
        assert answer.closed is is_kept
        await slack.settled()
    assert "press Change beside it" in answer.errors["kind"]
    assert [each.project for each in await places(slack)] == ["SHOP"]


async def test_what_somebody_else_set_meanwhile_is_not_written_over(slack: Stage) -> None:
    old = await place_form(slack)
    await placed(slack, by="bob", project="ATTIC")
    answer = await old.fill(**JIRA).submit()
    assert "Somebody else set where these tickets are made" in answer.errors["kind"]
    assert [each.project for each in await places(slack)] == ["ATTIC"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("project", {"project": ""}),
        ("board", {"board": "the shop's"}),
        ("labels", {"labels": "on call"}),
        ("issue_type", {"kind": "linear", "board": "cycles", "issue_type": "Bug"}),
        ("fields", {"fields": "Team A"}),
    ],
)
async def test_what_cannot_be_is_refused_where_it_stands(
    slack: Stage, field: str, typed: dict[str, Any]
) -> None:
    answer = await (await place_form(slack)).fill(**JIRA | typed).submit()
    assert list(answer.errors) == [field]
    assert await places(slack) == []


async def test_open_items_without_a_ticket_get_theirs_once(slack: Stage) -> None:
    await promised(slack)
    assert "no ticket yet" not in (await window(slack)).text()
    assert "1 open item has no ticket yet" in await placed(slack)
    after = await pressed(slack, MAKE_TICKETS)
    assert "no ticket yet" not in after.text()
    assert "I am making a ticket for 1 open item." in slack.person("lena").messages(DM)[-1].text
    (place,) = await places(slack)
    assert await where(slack) == place.id


async def test_what_waits_where_no_tickets_are_made_any_more_goes_elsewhere(slack: Stage) -> None:
    await placed(slack)
    await promised(slack)
    first = await where(slack)
    await placed(slack, kind=NONE)
    assert await where(slack) == first
    await placed(slack, kind="linear", board="cycles")
    (place,) = await places(slack)
    assert await where(slack) == place.id != first
    await placed(slack, kind="github", project="acme/shop", board="milestones")
    (place,) = await places(slack)
    assert await where(slack) == place.id


async def test_all_places_are_tried_when_somebody_says_so(slack: Stage) -> None:
    await placed(slack)
    told = len(slack.person("lena").messages(DM))
    assert NOT_SET_UP in (await pressed(slack, TRY_PLACES)).text()
    assert len(slack.person("lena").messages(DM)) == told + 1


async def test_nobody_but_the_lead_gets_there(slack: Stage) -> None:
    bobs = await place_form(slack, by="bob")
    await saved(slack, lead=slack.id_of("lena"))
    answer = await bobs.fill(**JIRA).submit()
    assert "Lena Vogt leads the programme" in answer.errors["kind"]
    await bobs.close()
    for button in (ADD_PLACE, CHANGE_PLACE):
        assert (await pressed(slack, button, "bob")).title == "Trackers"
    await slack.person("bob").command(CHANNEL, "/postmortem settings trackers")
    assert "Ask Lena Vogt" in await slack.told("bob", "leads the programme")
    assert await places(slack) == []


async def test_the_settings_lead_to_them(slack: Stage) -> None:
    await form(slack)
    assert (await pressed(slack, SETTINGS_TRACKERS)).title == "Trackers"
    answer = await (await pressed(slack, CHANGE_PLACE, value=WHOSE)).fill(**JIRA).submit()
    assert answer.closed
    assert (await places(slack))[0].project == "SHOP"


async def test_many_places_have_pages(slack: Stage) -> None:
    kept = [Place(kind=TrackerKind.JIRA, project="SHOP", service=f"s{n:02}") for n in range(41)]
    await all_kept(slack, kept)
    assert "s40" not in (await window(slack)).text()
    assert "s40" in (await pressed(slack, "next_ticket_places")).text()


async def test_of_two_who_save_at_once_one_is_told(slack: Stage) -> None:
    lenas, bobs = await place_form(slack), await place_form(slack, by="bob")
    answers = await slack.at_once(
        lenas.fill(**JIRA).submit(), bobs.fill(**JIRA | {"project": "ATTIC"}).submit()
    )
    await slack.settled()
    assert sorted(each.closed for each in answers) == [False, True]
    assert len(await places(slack)) == 1


async def test_of_two_who_want_the_missing_tickets_each_item_gets_one(slack: Stage) -> None:
    await promised(slack)
    await placed(slack)
    await window(slack, "bob")
    await window(slack)
    await asyncio.gather(
        *(slack.person(each).press(action_id=MAKE_TICKETS) for each in ("bob", "lena"))
    )
    await slack.settled()
    assert await slack.count("ticket") == 1
