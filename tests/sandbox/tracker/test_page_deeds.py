"""The page does what people ask for, as whoever they are, and lets no other site ask."""

import httpx
import pytest

from sandbox.tracker import Tracker
from tests.sandbox.tracker.opening import ISSUE, opened

#: What somebody asks for on the page of an issue, one after the other.
ASKED = {
    "assign": {"assign": "ben"},
    "comment": {"body": "Well.\r\nDone."},
    "sprint": {"sprint": "2"},
    "close": {},
}


async def test_whoever_one_is_does_it(tracker: Tracker, anybody: httpx.AsyncClient) -> None:
    opened(tracker)
    await anybody.post("/as", data={"login": "cleo", "back": ISSUE})
    for deed, said in ASKED.items():
        assert (await anybody.post(f"{ISSUE}/{deed}", data=said)).status_code == 303

    issue = tracker.hands.issue("acme/shop/1")
    assert {one.login for one in issue.events} | {issue.comments[0].login} == {"cleo"}
    assert (issue.assignees, issue.iteration, issue.state_reason) == (["ben"], 2, "completed")
    assert issue.comments[0].body == "Well.\nDone."


async def test_dropping_reopening_and_deleting(
    tracker: Tracker, anybody: httpx.AsyncClient
) -> None:
    opened(tracker)
    await anybody.post(f"{ISSUE}/drop")
    assert tracker.hands.tickets()[0].state == "not planned"
    await anybody.post(f"{ISSUE}/reopen")
    await anybody.post(f"{ISSUE}/assign", data={"assign": "outsider"})
    assert (tracker.hands.tickets()[0].state, tracker.hands.tickets()[0].assignee) == ("open", "")
    gone = await anybody.post(f"{ISSUE}/delete")

    assert gone.headers["Location"] == "/acme/shop/issues"
    after = [await anybody.get(ISSUE), await anybody.post(f"{ISSUE}/close")]
    assert [one.status_code for one in after] == [404, 404]
    assert "Go to the board" in after[0].text


async def test_only_people_who_are_there_can_be_chosen(anybody: httpx.AsyncClient) -> None:
    refused = await anybody.post("/as", data={"login": "outsider", "back": "//example.com"})
    assert "Set-Cookie" not in refused.headers
    assert refused.headers["Location"] == "/"
    chosen = await anybody.get("/", params={"as": "dan"})
    assert '<option value="dan" selected>' in chosen.text
    assert '<option value="dan" selected>' in (await anybody.get("/")).text


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "tracker.example.com"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"},
    ],
    ids=str,
)
async def test_no_other_site_may_do_anything(
    tracker: Tracker, anybody: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    opened(tracker)
    assert (await anybody.post(f"{ISSUE}/close", headers=headers)).status_code == 403
    assert tracker.hands.tickets()[0].state == "open"


async def test_another_page_of_this_machine_may_link_here(
    tracker: Tracker, anybody: httpx.AsyncClient
) -> None:
    opened(tracker)
    link = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"}
    page = await anybody.get(ISSUE, headers=link)
    assert page.status_code == 200
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
