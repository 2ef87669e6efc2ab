from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from integrations.trackers import TrackerRefused
from integrations.trackers.jira import Jira
from integrations.trackers.jira.asking import Asking
from integrations.trackers.jira.fields import Field, shaped
from integrations.trackers.jira.flavours import DataCenter
from integrations.trackers.jira.screens import FRESH, chosen_type
from tests.integrations.trackers.every_tracker import Clock
from tests.integrations.trackers.jira_played import OURS, SHOP, WANTED, playing
from tests.trackers.jira import JiraStandIn

Played = tuple[JiraStandIn, Jira]


@pytest.fixture(params=["cloud", "data center"])
async def played(request: pytest.FixtureRequest) -> AsyncIterator[Played]:
    async with playing(cloud=request.param == "cloud") as both:
        yield both


async def test_the_priority_is_the_projects_own_of_the_usual_name(played: Played) -> None:
    stand_in, jira = played

    seen = await jira.create(SHOP, OURS, WANTED)

    assert stand_in.project.issues[int(seen.ref)].fields["priority"] == {"id": "1"}


async def test_a_project_without_the_usual_priorities_is_given_none(played: Played) -> None:
    stand_in, jira = played
    stand_in.project.form["priority"]["allowedValues"] = [{"id": "7", "name": "Blocker"}]

    seen = await jira.create(SHOP, OURS, WANTED)

    assert "priority" not in stand_in.project.issues[int(seen.ref)].fields


async def test_what_the_form_has_no_place_for_is_left_out(played: Played) -> None:
    stand_in, jira = played
    del stand_in.project.form["duedate"], stand_in.project.form["priority"]

    seen = await jira.create(SHOP, OURS, WANTED)

    assert seen.due_on is None
    assert (await jira.update(SHOP, seen.ref, None, WANTED)).due_on is None


async def test_a_required_field_is_named_with_what_to_write_where(played: Played) -> None:
    stand_in, jira = played
    stand_in.project.require("customfield_10010")

    with pytest.raises(TrackerRefused) as refused:
        await jira.create(SHOP, OURS, WANTED)

    assert str(refused.value) == (
        "Jira wants the field “Team” (customfield_10010) filled in: Team is required. "
        "Write it in `/postmortem settings trackers`, as customfield_10010 = …"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Team", "payments"),
        ("customfield_10011", "4711"),
        ("Points", "2.5"),
        ("Approver", "ada@example.com"),
        ("Areas", "Payments, Search"),
        ("Background", "h1. Not a heading"),
        ("Watch", "ada, ben"),
        ("Site", "Europe > Paris"),
        ("Components", "Cart"),
    ],
)
async def test_a_required_field_takes_the_text_of_the_settings_in_its_own_shape(
    played: Played, name: str, said: str
) -> None:
    stand_in, jira = played
    form = stand_in.project.form
    required = next(key for key, one in form.items() if name in {key, one["name"]})
    stand_in.project.require(required)
    place = replace(SHOP, fields={name: said})

    assert await jira.check(place) == []
    seen = await jira.create(place, OURS, WANTED)

    assert required in stand_in.project.issues[int(seen.ref)].fields


async def test_the_form_is_read_once_for_many_tickets(played: Played) -> None:
    stand_in, jira = played

    for _ in range(3):
        await jira.create(SHOP, OURS, WANTED)

    assert stand_in.calls.count("form") == 2


def field(kind: str, **more: Any) -> Field:
    """A field whose values Jira does not list."""
    return Field(id="customfield_1", name="One", required=False, kind=kind, **more)


@pytest.mark.parametrize(
    ("one", "said", "value"),
    [
        (field("string"), "text", "text"),
        (field("array", items="string"), "a, b,", ["a", "b"]),
        (field("issuelink"), "SHOP-1", {"key": "SHOP-1"}),
        (field("option"), "Payments", {"value": "Payments"}),
        (field("group"), "bakers", {"name": "bakers"}),
        (field("array", items="version"), "1.0", [{"name": "1.0"}]),
        (field("user"), "ada", {"name": "ada"}),
        (field("number"), "3", 3),
    ],
)
def test_a_value_has_the_shape_of_its_type(one: Field, said: str, value: object) -> None:
    flavour = DataCenter(Asking("http://jira.test", "", "token"))

    assert shaped(one, said, flavour) == value


def test_the_first_of_two_lists_may_do_alone() -> None:
    tree = [{"id": "5", "value": "Europe", "children": []}]
    flavour = DataCenter(Asking("http://jira.test", "", "token"))

    assert shaped(field("option-with-child", allowed=tree), "europe", flavour) == {"id": "5"}


@pytest.mark.parametrize(
    ("wanted", "types", "chosen"),
    [
        ("", ["Story", "Task"], "Task"),
        ("", ["Sub-task", "Story"], "Story"),
        ("", ["Sub-task"], "Sub-task"),
        ("story", ["Task", "Story"], "Story"),
    ],
)
def test_the_type_is_the_one_of_the_settings_or_a_task(
    wanted: str, types: list[str], chosen: str
) -> None:
    found = [{"name": name, "subtask": name == "Sub-task"} for name in types]

    assert chosen_type(replace(SHOP, issue_type=wanted), found)["name"] == chosen


def test_a_project_in_which_nothing_may_be_made_is_said() -> None:
    with pytest.raises(TrackerRefused, match="the permission Create Issues"):
        chosen_type(SHOP, [])


async def test_a_form_is_read_anew_when_it_is_old_or_did_not_fit() -> None:
    clock = Clock()
    async with JiraStandIn(now=clock) as stand_in:
        jira = Jira(stand_in.url, stand_in.user, stand_in.token, clock)
        await jira.create(SHOP, OURS, WANTED)
        del stand_in.project.form["duedate"]
        with pytest.raises(TrackerRefused, match="duedate"):
            await jira.create(SHOP, OURS, WANTED)
        await jira.create(SHOP, OURS, WANTED)
        clock.at += FRESH
        await jira.create(SHOP, OURS, WANTED)
        await jira.close()

    assert stand_in.calls.count("form") == 6
