"""An issue is placed in a sprint of the project by GraphQL, and nothing else is answered."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox import Clock
from sandbox.tracker import Tracker
from sandbox.tracker.graphql_reading import Unreadable, read

PROJECT = """query ($number: Int!) { owner: repositoryOwner(login: "acme") { __typename
  ... on ProjectV2Owner { projectV2(number: $number) { id title
    field(name: "Sprint") { ... on ProjectV2IterationField { id configuration {
      iterations { id title startDate } completedIterations { title } } } } } } } }"""
ADD = """mutation ($input: AddProjectV2ItemByIdInput!) { addProjectV2ItemById(input: $input) {
  item { id fieldValueByName(name: "Sprint") {
    ... on ProjectV2ItemFieldIterationValue { title } } } } }"""
PUT = """mutation ($project: ID!, $item: ID!, $field: ID!, $to: String!) {
  updateProjectV2ItemFieldValue(input: {projectId: $project, itemId: $item, fieldId: $field,
    value: {iterationId: $to}}) { projectV2Item { id } } }"""


class GraphQL:
    """Asks."""

    def __init__(self, tracker: Tracker, api: httpx.AsyncClient) -> None:
        self._url, self._api = f"{tracker.url}api/graphql", api

    async def __call__(self, query: str, **variables: Any) -> Any:
        """What is answered to this query."""
        said = {"query": query, "variables": variables}
        return (await self._api.post(self._url, json=said)).json()


@pytest.fixture
def ask(tracker: Tracker, api: httpx.AsyncClient) -> GraphQL:
    return GraphQL(tracker, api)


async def test_sprints_roll_on_with_the_clock(ask: GraphQL, clock: Clock) -> None:
    clock.turn(timedelta(days=14))
    said = (await ask(PROJECT, number=7))["data"]["owner"]

    assert said["__typename"] == "Organization"
    sprints = said["projectV2"]["field"]["configuration"]
    assert [one["title"] for one in sprints["iterations"]] == ["Sprint 2", "Sprint 3", "Sprint 4"]
    assert sprints["iterations"][0]["startDate"] == "2026-12-07"
    assert sprints["completedIterations"] == [{"title": "Sprint 1"}]


async def test_an_issue_is_added_once_and_placed(
    ask: GraphQL, api: httpx.AsyncClient, tracker: Tracker
) -> None:
    issue = (await api.post("repos/acme/shop/issues", json={"title": "A"})).json()
    project = (await ask(PROJECT, number=7))["data"]["owner"]["projectV2"]
    add = {"projectId": project["id"], "contentId": issue["node_id"]}
    item = (await ask(ADD, input=add))["data"]["addProjectV2ItemById"]["item"]
    assert item["fieldValueByName"] is None
    field = project["field"]
    to = field["configuration"]["iterations"][1]["id"]
    await ask(PUT, project=project["id"], item=item["id"], field=field["id"], to=to)

    again = (await ask(ADD, input=add))["data"]["addProjectV2ItemById"]["item"]
    assert again == {"id": item["id"], "fieldValueByName": {"title": "Sprint 2"}}
    assert tracker.hands.tickets()[0].sprint == "Sprint 2"


async def test_what_is_not_there_is_an_error_with_its_path(ask: GraphQL) -> None:
    said = await ask(PROJECT, number=8)
    assert said["errors"][0]["type"] == "NOT_FOUND"
    assert said["errors"][0]["path"] == ["owner", "projectV2"]
    assert said["data"]["owner"]["projectV2"] is None
    nobody = await ask('{ repositoryOwner(login: "nobody") { login } }')
    assert nobody == {"data": {"repositoryOwner": None}}


async def test_a_wrong_node_and_a_wrong_sprint_are_refused(
    ask: GraphQL, api: httpx.AsyncClient
) -> None:
    await api.post("repos/acme/shop/issues", json={"title": "A"})
    project = (await ask(PROJECT, number=7))["data"]["owner"]["projectV2"]
    wrong = await ask(ADD, input={"projectId": project["id"], "contentId": "I_1"})
    assert wrong["errors"][0]["type"] == "NOT_FOUND"
    issue = (await api.get("repos/acme/shop/issues/1")).json()
    ids = {"project": project["id"], "field": project["field"]["id"]}
    none = await ask(PUT, **ids, item=f"PVTI_{issue['id']}", to="nothing")
    assert none["errors"][0]["type"] == "VALIDATION"


async def test_a_token_that_only_reads_places_nothing(
    ask: GraphQL, api: httpx.AsyncClient, tracker: Tracker
) -> None:
    issue = (await api.post("repos/acme/shop/issues", json={"title": "A"})).json()
    project = (await ask(PROJECT, number=7))["data"]["owner"]["projectV2"]
    token = tracker.access.new_token(may_write=False)
    api.headers["Authorization"] = f"Bearer {token}"

    said = await ask(ADD, input={"projectId": project["id"], "contentId": issue["node_id"]})
    assert said["errors"][0]["type"] == "FORBIDDEN"


@pytest.mark.parametrize(
    "query", ["", "{", "{ nothing }", "{ viewer { nothing } }", "{ viewer ~ }", "{ ...F }"]
)
async def test_what_it_does_not_know_is_not_answered(ask: GraphQL, query: str) -> None:
    said = await ask(query)
    assert "data" not in said
    assert said["errors"][0]["message"]


def test_values_are_read_as_they_are_written() -> None:
    (field,) = read('{ a(b: [1, "two", true, null, FOUR], c: {d: -5}) }', {})
    assert field.arguments == {"b": [1, "two", True, None, "FOUR"], "c": {"d": -5}}
    with pytest.raises(Unreadable):
        read("{ a(b 1) }", {})
