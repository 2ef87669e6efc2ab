"""A token with scopes is taken only behind Atlassian's gateway, where no person can look."""

from collections.abc import AsyncIterator

import httpx
import pytest

from integrations.trackers import TrackerRefused
from integrations.trackers.jira import Jira
from integrations.trackers.jira.sentences import explain
from tests.integrations.trackers.jira_played import NOON, OURS, SHOP, WANTED, playing
from tests.trackers.jira import BASE, GATEWAY, JiraStandIn

Played = tuple[JiraStandIn, Jira]


@pytest.fixture
async def played() -> AsyncIterator[Played]:
    """A Jira that is asked at the gateway."""
    async with playing(gateway=GATEWAY) as both:
        yield both


async def test_a_ticket_is_linked_where_people_see_it(played: Played) -> None:
    _, jira = played
    made = await jira.create(SHOP, OURS, WANTED)
    found = await jira.find(SHOP, OURS, NOON)
    assert found is not None
    assert {each.url for each in (made, found, await jira.read(SHOP, made.ref))} == {
        f"{BASE}/browse/{made.key}"
    }
    assert await jira.plan(SHOP, made.ref)


async def test_where_people_see_it_is_asked_once(played: Played) -> None:
    stand_in, jira = played
    made = await jira.create(SHOP, OURS, WANTED)
    stand_in.calls.clear()
    await jira.read(SHOP, made.ref)
    assert stand_in.calls == ["read"]


async def test_a_gateway_that_does_not_say_where_makes_no_ticket(played: Played) -> None:
    stand_in, jira = played
    stand_in.fail_next(200, times=2, body={"baseUrl": ""}, on="check")
    [sentence] = await jira.check(SHOP)
    assert "ends with the id of your site" in sentence
    with pytest.raises(TrackerRefused, match="does not say where people see"):
        await jira.create(SHOP, OURS, WANTED)
    assert stand_in.tickets() == []


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [
        ("https://lumen.atlassian.net/rest/api/3/myself", True),
        (f"https://api.atlassian.com{GATEWAY}/rest/api/3/myself", False),
        ("https://jira.lumen.example/rest/api/2/myself", False),
    ],
)
def test_whoever_is_refused_at_the_site_hears_where_scopes_are_taken(
    asked: str, *, is_told: bool
) -> None:
    request = httpx.Request("GET", asked, headers={"Authorization": "Basic eDp5"})
    sentence = explain(httpx.Response(401, request=request))
    assert ("https://api.atlassian.com/ex/jira/" in sentence) is is_told
