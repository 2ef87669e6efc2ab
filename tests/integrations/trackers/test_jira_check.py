from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from domain.tickets import Place
from integrations.trackers import TrackerBusy
from integrations.trackers.jira import Jira
from tests.integrations.trackers.jira_played import NOON, SHOP, playing
from tests.trackers.jira import JiraStandIn

Played = tuple[JiraStandIn, Jira]


@pytest.fixture(params=["cloud", "data center"])
async def played(request: pytest.FixtureRequest) -> AsyncIterator[Played]:
    async with playing(cloud=request.param == "cloud") as both:
        yield both
        assert both[0].tickets() == []


async def test_a_place_that_works_has_nothing_said_of_it(played: Played) -> None:
    assert await played[1].check(SHOP) == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (replace(SHOP, project="NOPE"), "no project NOPE"),
        (replace(SHOP, project="a/b ü"), "no project a/b ü"),
        (replace(SHOP, issue_type="Bug"), "Write one of these in `/postmortem settings trackers`:"),
        (replace(SHOP, board="7"), "no sprints for board 7"),
        (replace(SHOP, board="Shop"), "is not the number of a Jira board"),
        (replace(SHOP, fields={"Tema": "x"}), "has no field “Tema”"),
        (replace(SHOP, fields={"Team": "Bakers"}), "these in `/postmortem settings trackers`: Pay"),
        (replace(SHOP, fields={"Site": "Europe > Oslo"}), "settings trackers`: Paris"),
        (replace(SHOP, fields={"Points": "many"}), "takes a number, and “many” is none"),
        (replace(SHOP, fields={"Points": "inf"}), "takes a number"),
    ],
)
async def test_what_is_wrong_in_the_settings_is_said(
    played: Played, place: Place, said: str
) -> None:
    [sentence] = await played[1].check(place)

    assert said in sentence


async def test_all_required_fields_are_named_at_once(played: Played) -> None:
    stand_in, jira = played
    stand_in.project.require("customfield_10010")
    stand_in.project.require("customfield_10012")

    sentences = await jira.check(replace(SHOP, fields={"Points": "3"}))

    expected = (
        "Jira wants the field “Team” (customfield_10010) filled in. "
        "Write it in `/postmortem settings trackers`, as customfield_10010 = …"
    )
    assert sentences == [expected]


async def test_a_form_without_labels_is_said(played: Played) -> None:
    stand_in, jira = played
    del stand_in.project.form["labels"]

    [sentence] = await jira.check(SHOP)

    assert "Labels is not on the create screen of SHOP" in sentence


async def test_an_archived_project_is_said(played: Played) -> None:
    stand_in, jira = played
    stand_in.project.archived = True

    [sentence] = await jira.check(SHOP)

    assert sentence.startswith("SHOP in Jira is archived.")


async def test_permissions_that_lack_are_said_and_sprints_matter_only_with_a_board(
    played: Played,
) -> None:
    stand_in, jira = played
    stand_in.project.forbidden = {"CREATE_ISSUES", "SCHEDULE_ISSUES"}

    [sentence] = await jira.check(SHOP)
    [without] = await jira.check(replace(SHOP, board=""))

    assert "lacks in SHOP: Create Issues, Schedule Issues." in sentence
    assert "Schedule" not in without


async def test_a_board_without_a_next_sprint_or_any_is_said(played: Played) -> None:
    stand_in, jira = played
    del stand_in.project.sprints[1:]

    [none] = await jira.check(SHOP)
    stand_in.project.kanban = True
    [kanban] = await jira.check(SHOP)

    assert none.startswith("Board 1 in Jira has no next sprint.")
    assert "The board does not support sprints." in kanban


async def test_a_token_that_is_gone_is_said_once(played: Played) -> None:
    stand_in, _ = played
    jira = Jira(stand_in.url, stand_in.user, "revoked", lambda: NOON)

    [sentence] = await jira.check(SHOP)
    await jira.close()

    assert sentence.startswith("Jira does not know our token any more.")


async def test_a_tracker_that_does_not_answer_is_not_called_wrong(played: Played) -> None:
    stand_in, jira = played
    stand_in.fail_next(503)

    with pytest.raises(TrackerBusy):
        await jira.check(SHOP)
