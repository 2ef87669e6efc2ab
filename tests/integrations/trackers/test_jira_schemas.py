from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from tests.trackers.jira import JiraStandIn
from tests.trackers.jira_schemas import CLOUD, SERVER

DOCUMENT = {"type": "doc", "version": 1, "content": []}
NEEDED = {"project": {"key": "SHOP"}, "issuetype": {"id": "10002"}, "summary": "One"}


def asked(stand_in: JiraStandIn, method: str, path: str, **more: Any) -> httpx.Request:
    """A request of our account's."""
    headers = {"Authorization": f"Bearer {stand_in.token}"}
    auth = httpx.BasicAuth(stand_in.user, stand_in.token)
    request = httpx.Request(method, stand_in.url + path, headers=headers, **more)
    return next(auth.auth_flow(request)) if stand_in.cloud else request


@pytest.mark.parametrize("schema", [*CLOUD.values(), *SERVER.values()])
def test_every_schema_is_one_and_says_where_it_comes_from(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)

    assert "atlassian.com" in schema["$comment"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {**NEEDED, "summary": "two\nlines"},
        {**NEEDED, "summary": "x" * 256},
        {**NEEDED, "labels": ["a label"]},
        {**NEEDED, "duedate": "20.3.2026"},
        {**NEEDED, "assignee": {"email": "ada@example.com"}},
        {**NEEDED, "priority": "High"},
        {**NEEDED, "description": 1},
        {**NEEDED, "customfield_10010": {"text": "Payments"}},
        {**NEEDED, "environment": "somewhere"},
    ],
)
@pytest.mark.parametrize("schemas", [CLOUD, SERVER])
def test_what_jira_does_not_take_breaks_the_schema(
    schemas: dict[str, Any], fields: dict[str, Any]
) -> None:
    check = Draft202012Validator(schemas["create"])

    assert not check.is_valid({"fields": fields})
    assert check.is_valid({"fields": NEEDED})


@pytest.mark.parametrize(("schemas", "other"), [(CLOUD, "h1. markup"), (SERVER, DOCUMENT)])
def test_each_flavour_takes_its_own_format_only(schemas: dict[str, Any], other: object) -> None:
    assert not Draft202012Validator(schemas["comment"]).is_valid({"body": other})


@pytest.mark.parametrize("cloud", [True, False])
async def test_the_stand_in_refuses_what_breaks_its_schema(cloud: bool) -> None:  # noqa: FBT001 - a case of the table
    async with JiraStandIn(cloud=cloud) as stand_in, httpx.AsyncClient() as client:
        path = f"/rest/api/{3 if cloud else 2}/issue"
        wrong, right = {"fields": {**NEEDED, "surprise": 1}}, {"fields": NEEDED}
        body = await client.send(asked(stand_in, "POST", path, json=wrong))
        query = await client.send(asked(stand_in, "POST", f"{path}?fast=1", json=right))

        assert (body.status_code, query.status_code) == (400, 400)
        assert "surprise" in stand_in.broken[0]
        assert stand_in.broken[1] == "parameter fast"
        assert stand_in.tickets() == []


@pytest.mark.parametrize(("cloud", "told"), [(True, [404, 401]), (False, [401, 401])])
async def test_the_stand_in_knows_whom_it_answers(cloud: bool, told: list[int]) -> None:  # noqa: FBT001 - a case of the table
    api = "/rest/api/3" if cloud else "/rest/api/2"
    async with (
        JiraStandIn(cloud=cloud) as stand_in,
        httpx.AsyncClient(base_url=stand_in.url) as client,
    ):
        answers = [await client.get(f"{api}/project/SHOP"), await client.get(f"{api}/myself")]

    assert [answer.status_code for answer in answers] == told
