"""What Jira does not show us: it was made all the same, and is not gone."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from domain.tickets import Aspect
from integrations.trackers import TrackerRefused
from integrations.trackers.jira import Jira
from tests.integrations.trackers.jira_played import OURS, SHOP, WANTED, playing
from tests.trackers.jira import JiraStandIn

Played = tuple[JiraStandIn, Jira]


@pytest.fixture(params=["cloud", "data center"])
async def played(request: pytest.FixtureRequest) -> AsyncIterator[Played]:
    async with playing(cloud=request.param == "cloud") as both:
        yield both


@pytest.mark.parametrize("status", [403, 404, 429, 500])
async def test_a_ticket_that_was_made_and_cannot_be_read_is_made(
    played: Played, status: int
) -> None:
    stand_in, jira = played
    owned = replace(WANTED, account=stand_in.account_of("ada"))
    stand_in.fail_next(status, on="read")

    made = await jira.create(SHOP, OURS, owned)

    read = await jira.read(SHOP, made.ref)
    assert replace(made, updated_at=read.updated_at) == read
    assert len(stand_in.tickets()) == 1


async def test_a_ticket_that_we_may_not_see_says_only_what_jira_took(played: Played) -> None:
    stand_in, jira = played
    stand_in.fail_next(404, on="read")
    del stand_in.project.form["duedate"]

    made = await jira.create(SHOP, OURS, replace(WANTED, account=stand_in.account_of("outsider")))

    assert (made.key, made.account, made.due_on) == ("SHOP-1", "", None)
    assert made.url.endswith("/browse/SHOP-1")


async def test_a_token_that_ran_out_lets_no_ticket_be_taken_for_deleted(played: Played) -> None:
    stand_in, jira = played
    seen = await jira.create(SHOP, OURS, WANTED)
    stand_in.token = "another"

    for asked in (
        jira.read(SHOP, seen.ref),
        jira.update(SHOP, seen.ref, None, WANTED),
        jira.comment(SHOP, seen.ref, "Shipped.", OURS),
        jira.plan(SHOP, seen.ref),
        jira.changed(SHOP, seen.ref, Aspect.STATE),
    ):
        with pytest.raises(TrackerRefused, match="sets a new one in JIRA_TOKEN"):
            await asked
    [sentence] = await jira.check(SHOP)
    assert "JIRA_TOKEN" in sentence


async def test_a_token_that_ran_out_is_said_though_jira_answers_as_to_anybody(
    played: Played,
) -> None:
    stand_in, jira = played
    reason = {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}
    stand_in.fail_next(404, headers=reason, on="form")

    with pytest.raises(TrackerRefused, match="JIRA_TOKEN"):
        await jira.create(SHOP, OURS, WANTED)


async def test_a_project_that_we_may_not_see_any_more_has_not_lost_its_tickets(
    played: Played,
) -> None:
    stand_in, jira = played
    seen = await jira.create(SHOP, OURS, WANTED)
    stand_in.project.hidden = True

    with pytest.raises(TrackerRefused, match="our account may not see it"):
        await jira.read(SHOP, seen.ref)
