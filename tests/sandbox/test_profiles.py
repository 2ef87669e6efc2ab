"""People who move to another zone or leave, and how the app reads of all of them."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Person, Sandbox

Json = dict[str, Any]


async def test_the_app_hears_of_a_new_time_zone(
    ana: Person, told: list[Json], client: AsyncWebClient
) -> None:
    await ana.set_time_zone("Asia/Kolkata")
    (event,) = (one["event"] for one in told)
    assert (event["type"], event["user"]["id"], event["user"]["tz"]) == (
        "user_change",
        ana.id,
        "Asia/Kolkata",
    )
    assert event["user"]["tz_offset"] == 19_800
    assert (await client.users_info(user=ana.id))["user"] == event["user"]


async def test_a_zone_that_does_not_exist_is_refused(ana: Person, told: list[Json]) -> None:
    with pytest.raises(ValueError, match="no time zone Mars/Base: choose one such as"):
        await ana.set_time_zone("Mars/Base")
    assert told == []


async def test_whoever_left_changes_nothing_any_more(slack: Sandbox) -> None:
    with pytest.raises(LookupError, match="is deactivated"):
        await slack.person("otto").set_time_zone("Asia/Kolkata")


async def test_everybody_is_listed_page_by_page(ana: Person, client: AsyncWebClient) -> None:
    await ana.deactivate("bob")
    listed: list[Json] = []
    cursor = ""
    while True:
        page = await client.users_list(limit=4, cursor=cursor)
        listed += page["members"]
        if not (cursor := page["response_metadata"]["next_cursor"]):
            break
        assert len(page["members"]) == 4
    by_name = {one["name"]: one for one in listed}
    assert len(by_name) == len(listed) == len(ana.workspace.people)
    assert (by_name["bob"]["deleted"], "tz" in by_name["bob"]) == (True, False)
    assert [by_name[name]["is_bot"] for name in ("pager", "closed_loop", "ana")] == [
        True,
        True,
        False,
    ]
