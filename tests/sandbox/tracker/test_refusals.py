"""The tracker says no where GitHub does, and as GitHub says it."""

from typing import Any

import httpx
import pytest

from sandbox.tracker import Tracker

ISSUES = "repos/acme/shop/issues"
LONG = "a" * 65_537


def shop(tracker: Tracker) -> Any:
    return tracker.backlog.repository("acme/shop")


@pytest.mark.parametrize("said", ["", "Bearer nothing", "Basic abc", "Bearer a.b.c"])
async def test_nobody_comes_without_a_good_token(anybody: httpx.AsyncClient, said: str) -> None:
    headers = {"Authorization": said} if said else {}
    answer = await anybody.get("api/v3/repos/acme/shop", headers=headers)

    assert answer.status_code == 401
    assert answer.json()["status"] == "401"


async def test_a_token_that_was_taken_back_is_bad(api: httpx.AsyncClient, tracker: Tracker) -> None:
    tracker.access.revoke_all()
    answer = await api.get("user")
    assert (answer.status_code, answer.json()["message"]) == (401, "Bad credentials")


@pytest.mark.parametrize(
    "path", ["repos/acme/none", "repositories/1", f"{ISSUES}/9", "users/none", "none"]
)
async def test_what_is_not_there_is_not_found(api: httpx.AsyncClient, path: str) -> None:
    answer = await api.get(path)
    assert (answer.status_code, answer.json()["message"]) == (404, "Not Found")


async def test_what_a_token_may_not_see_is_not_found_either(
    anybody: httpx.AsyncClient, tracker: Tracker
) -> None:
    token = tracker.access.new_token(repositories=("acme/attic",))
    seen = [
        await anybody.get(f"api/v3/{path}", headers={"Authorization": f"token {token}"})
        for path in ("repos/acme/attic", "repos/acme/shop")
    ]
    assert [one.status_code for one in seen] == [200, 404]


async def test_a_token_that_only_reads_changes_nothing(
    anybody: httpx.AsyncClient, tracker: Tracker
) -> None:
    token = tracker.access.new_token(may_write=False)
    said = {"Authorization": f"Bearer {token}"}
    answer = await anybody.post(f"api/v3/{ISSUES}", headers=said, json={"title": "No"})

    assert answer.status_code == 403
    assert answer.json()["message"] == "Resource not accessible by personal access token"
    home = (await anybody.get("api/v3/repos/acme/shop", headers=said)).json()
    assert home["permissions"]["push"] is False
    assert tracker.hands.tickets() == []


async def test_an_archived_repository_is_read_only(
    api: httpx.AsyncClient, tracker: Tracker
) -> None:
    shop(tracker).archived = True
    answer = await api.post(ISSUES, json={"title": "No"})
    assert (answer.status_code, answer.json()["message"]) == (
        403,
        "Repository was archived so is read-only.",
    )


async def test_issues_that_are_switched_off_are_gone(
    api: httpx.AsyncClient, tracker: Tracker
) -> None:
    await api.post(ISSUES, json={"title": "Before"})
    shop(tracker).has_issues = False

    refused = [await api.post(ISSUES, json={"title": "After"}), await api.get(f"{ISSUES}/1")]
    assert [one.status_code for one in refused] == [410, 410]
    assert refused[0].json()["message"] == "Issues are disabled for this repo"


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"title": "a" * 257}, "title", "custom"),
        ({"title": " "}, "title", "missing_field"),
        ({"title": "A", "body": LONG}, "body", "custom"),
        ({"title": "A", "labels": ["a" * 51]}, "name", "custom"),
        ({"title": "A", "labels": [f"{one}" for one in range(101)]}, "labels", "invalid"),
        ({"title": "A", "assignees": ["outsider"]}, "assignees", "invalid"),
        ({"title": "A", "assignee": "nobody-at-all"}, "assignees", "invalid"),
        ({"title": "A", "assignees": ["ada"] * 11}, "assignees", "invalid"),
        ({"title": "A", "milestone": 9}, "milestone", "invalid"),
    ],
)
async def test_what_cannot_be_is_named_and_nothing_is_made(
    api: httpx.AsyncClient, tracker: Tracker, said: dict[str, Any], field: str, code: str
) -> None:
    answer = await api.post(ISSUES, json=said)

    assert (answer.status_code, answer.json()["message"]) == (422, "Validation Failed")
    error = answer.json()["errors"][0]
    assert (error["field"], error["code"]) == (field, code)
    assert tracker.hands.tickets() == []


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"title": None},
        {"title": ["A"]},
        {"title": "A", "body": 1},
        {"title": "A", "labels": "closedloop"},
        {"title": "A", "labels": [1]},
        {"title": "A", "state": "done"},
    ],
)
async def test_what_the_description_does_not_allow_is_an_invalid_request(
    api: httpx.AsyncClient, said: dict[str, Any]
) -> None:
    answer = await api.post(ISSUES, json=said)
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("Invalid request.")


@pytest.mark.parametrize("text", ["{", "[1]"])
async def test_what_is_no_json_object_is_a_bad_request(api: httpx.AsyncClient, text: str) -> None:
    assert (await api.post(ISSUES, content=text)).status_code == 400


async def test_the_longest_texts_are_taken(api: httpx.AsyncClient) -> None:
    longest = {"title": "a" * 256, "body": LONG[:-1], "labels": ["a" * 50]}
    assert (await api.post(ISSUES, json=longest)).status_code == 201
    assert (await api.post(f"{ISSUES}/1/comments", json={"body": LONG})).status_code == 422
    for said in ({}, {"body": " "}):
        assert (await api.post(f"{ISSUES}/1/comments", json=said)).status_code == 422
    for said in ({}, {"name": "a" * 51}, {"name": "a" * 50}):
        assert (await api.post("repos/acme/shop/labels", json=said)).status_code == 422


@pytest.mark.parametrize("query", [{"state": "done"}, {"since": "yesterday"}, {"sort": "size"}])
async def test_a_list_that_is_asked_for_in_vain(
    api: httpx.AsyncClient, query: dict[str, str]
) -> None:
    await api.post(ISSUES, json={"title": "A"})
    assert (await api.get(ISSUES, params=query)).status_code == 422


async def test_a_deleted_issue_is_gone(api: httpx.AsyncClient, tracker: Tracker) -> None:
    await api.post(ISSUES, json={"title": "A"})
    tracker.hands.delete("acme/shop/1", by="dan")

    answer = await api.get(f"{ISSUES}/1")
    assert (answer.status_code, answer.json()["message"]) == (410, "This issue was deleted")
    assert (await api.get(ISSUES)).json() == []


async def test_a_transferred_issue_leads_to_where_it_is(
    api: httpx.AsyncClient, tracker: Tracker
) -> None:
    await api.post(ISSUES, json={"title": "A", "assignees": ["ada"], "labels": ["closedloop"]})
    assert tracker.hands.move("acme/shop/1", by="dan") == "acme/attic/1"

    moved = await api.get(f"{ISSUES}/1/comments")
    assert moved.status_code == 301
    attic = tracker.backlog.repository("acme/attic")
    assert attic
    assert moved.headers["Location"].endswith(f"/repositories/{attic.id}/issues/1/comments")
    found = (await api.get(f"{ISSUES}/1", follow_redirects=True)).json()
    assert found["html_url"] == f"{tracker.url}acme/attic/issues/1"
    assert [one["name"] for one in found["labels"]] == ["closedloop"]


async def test_an_issue_that_went_where_the_token_may_not_look_is_not_found(
    api: httpx.AsyncClient, tracker: Tracker
) -> None:
    await api.post(ISSUES, json={"title": "A"})
    tracker.hands.move("acme/shop/1", by="dan", to="acme/attic")
    token = tracker.access.new_token(repositories=("acme/shop",))

    answer = await api.get(f"{ISSUES}/1", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 404
