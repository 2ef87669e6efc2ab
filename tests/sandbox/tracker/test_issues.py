"""Issues are made, found, changed and told of as GitHub does."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox import Clock
from sandbox.tracker import Tracker

ISSUES = "repos/acme/shop/issues"
LABELLED: dict[str, Any] = {"title": "Alert on the queue", "labels": ["closedloop"]}


async def made(api: httpx.AsyncClient, **said: Any) -> Any:
    answer = await api.post(ISSUES, json=LABELLED | said)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_an_issue_says_what_it_was_given(api: httpx.AsyncClient) -> None:
    issue = await made(api, body="As agreed.", assignees=["Ada"], milestone=1)

    assert (issue["number"], issue["state"], issue["state_reason"]) == (1, "open", None)
    assert (issue["title"], issue["body"]) == ("Alert on the queue", "As agreed.")
    assert [one["login"] for one in issue["assignees"]] == ["ada"]
    assert [one["name"] for one in issue["labels"]] == ["closedloop"]
    assert issue["milestone"]["title"] == "Release 12"
    assert issue["user"]["login"] == "closed-loop"


async def test_a_label_nobody_knew_is_made_on_the_fly_and_once(api: httpx.AsyncClient) -> None:
    await made(api, labels=["New"])
    await made(api, labels=["new", "NEW"])

    labels = (await api.get("repos/acme/shop/labels")).json()
    assert [one["name"] for one in labels] == ["New"]


async def test_issues_are_found_by_label_state_and_time(
    api: httpx.AsyncClient, clock: Clock
) -> None:
    await made(api)
    clock.turn(timedelta(hours=1))
    await made(api, labels=["other"])
    await made(api, labels=["ClosedLoop", "P1"])
    await api.patch(f"{ISSUES}/3", json={"state": "closed"})
    since = clock.now().isoformat()

    found = await api.get(ISSUES, params={"labels": "closedloop", "state": "all", "since": since})
    assert [one["number"] for one in found.json()] == [3]
    assert [one["number"] for one in (await api.get(ISSUES)).json()] == [2, 1]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"assignee": "ada"}, [1]),
        ({"assignee": "none"}, [2]),
        ({"assignee": "*"}, [1]),
        ({"milestone": "1"}, [2]),
        ({"milestone": "none"}, [1]),
        ({"creator": "ben"}, []),
        ({"sort": "updated", "direction": "asc"}, [1, 2]),
        ({"sort": "comments"}, [2, 1]),
    ],
)
async def test_a_list_is_as_narrow_as_it_is_asked_for(
    api: httpx.AsyncClient, query: dict[str, str], numbers: list[int]
) -> None:
    await made(api, assignees=["ada"])
    await made(api, milestone="1")

    assert [one["number"] for one in (await api.get(ISSUES, params=query)).json()] == numbers


async def test_a_long_list_comes_in_pages_that_name_the_next(api: httpx.AsyncClient) -> None:
    for _ in range(5):
        await made(api)
    numbers: list[int] = []
    url = f"{ISSUES}?per_page=2"
    while url:
        page = await api.get(url)
        numbers += [one["number"] for one in page.json()]
        url = page.links.get("next", {}).get("url", "")

    assert numbers == [5, 4, 3, 2, 1]
    assert "next" not in page.links
    assert page.links["first"]["url"].endswith("per_page=2&page=1")


async def test_closing_says_why_and_reopening_takes_it_back(api: httpx.AsyncClient) -> None:
    await made(api)
    dropped = {"state": "closed", "state_reason": "not_planned"}
    closed = (await api.patch(f"{ISSUES}/1", json=dropped)).json()
    assert (closed["state"], closed["state_reason"]) == ("closed", "not_planned")
    assert (closed["closed_by"]["login"], closed["closed_at"]) == (
        "closed-loop",
        "2026-11-24T09:30:00Z",
    )

    again = (await api.patch(f"{ISSUES}/1", json={"state": "open"})).json()
    assert (again["state"], again["state_reason"], again["closed_at"]) == ("open", "reopened", None)


async def test_closing_without_a_reason_is_completed_and_leaves_another_reason(
    api: httpx.AsyncClient,
) -> None:
    await made(api)
    await made(api)
    await api.patch(f"{ISSUES}/2", json={"state": "closed", "state_reason": "duplicate"})

    closed = [
        (await api.patch(f"{ISSUES}/{number}", json={"state": "closed"})).json()["state_reason"]
        for number in (1, 2)
    ]
    assert closed == ["completed", "duplicate"]


#: What the test below does, as GitHub calls it, and who does it.
DONE = [
    *((event, "closed-loop") for event in ("labeled", "assigned", "milestoned")),
    *(("unassigned", "cleo"), ("assigned", "cleo"), ("closed", "ben")),
    *((event, "closed-loop") for event in ("renamed", "unlabeled", "demilestoned")),
]


async def test_the_history_tells_who_did_what(api: httpx.AsyncClient, tracker: Tracker) -> None:
    await made(api, assignees=["ada"], milestone=1)
    tracker.hands.assign("acme/shop/1", "ben", by="cleo")
    tracker.hands.close("acme/shop/1", by="ben")
    await api.patch(f"{ISSUES}/1", json={"title": "Another", "milestone": None, "labels": []})

    told = (await api.get(f"{ISSUES}/1/events")).json()
    assert [(one["event"], one["actor"]["login"]) for one in told] == DONE
    assert told[4]["assignee"]["login"] == "ben"
    assert told[6]["rename"] == {"from": "Alert on the queue", "to": "Another"}


async def test_comments_stand_in_order(api: httpx.AsyncClient, clock: Clock) -> None:
    await made(api)
    for text in ("First.", "Second."):
        assert (await api.post(f"{ISSUES}/1/comments", json={"body": text})).status_code == 201
        clock.turn(timedelta(minutes=1))

    said = (await api.get(f"{ISSUES}/1/comments")).json()
    assert [one["body"] for one in said] == ["First.", "Second."]
    since = {"since": said[1]["created_at"]}
    assert len((await api.get(f"{ISSUES}/1/comments", params=since)).json()) == 1
    assert (await api.get(f"{ISSUES}/1")).json()["comments"] == 2


async def test_labels_are_added_to_those_that_are_there(api: httpx.AsyncClient) -> None:
    await made(api)
    labels = await api.post(f"{ISSUES}/1/labels", json={"labels": ["P1"]})
    assert [one["name"] for one in labels.json()] == ["closedloop", "P1"]
    assert (await api.get("repos/acme/shop/labels/p1")).json()["name"] == "P1"
    assert (await api.get("repos/acme/shop/labels/none")).status_code == 404
    assert (await api.post("repos/acme/shop/labels", json={"name": "P2"})).status_code == 201


async def test_milestones_come_by_due_date_and_count_their_issues(api: httpx.AsyncClient) -> None:
    await made(api, milestone=2)
    there = (await api.get("repos/acme/shop/milestones")).json()

    assert [(one["title"], one["open_issues"]) for one in there] == [
        ("Release 12", 0),
        ("Release 13", 1),
    ]
    assert there[0]["due_on"] == "2026-12-04T09:30:00Z"
    assert (await api.get("repos/acme/shop/milestones/2")).json()["number"] == 2
    assert (await api.get("repos/acme/shop/milestones/9")).status_code == 404
