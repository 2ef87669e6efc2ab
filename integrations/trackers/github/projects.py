"""The next iteration of a GitHub project: GraphQL, for the REST API knows no iterations.

docs.github.com/en/issues/planning-and-tracking-with-projects/automating-your-project
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from integrations.trackers import TrackerRefused
from integrations.trackers.github.api import GitHubApi

PROJECT = """
query Project($owner: String!, $number: Int!) {
  repositoryOwner(login: $owner) {
    ... on ProjectV2Owner {
      projectV2(number: $number) {
        id
        closed
        viewerCanUpdate
        fields(first: 100) {
          nodes {
            ... on ProjectV2IterationField {
              id
              name
              configuration { iterations { id title startDate duration } }
            }
          }
        }
      }
    }
  }
}
"""
#: An issue that is in the project already stays the item that it is.
ADD = """
mutation Add($project: ID!, $content: ID!, $field: String!) {
  addProjectV2ItemById(input: {projectId: $project, contentId: $content}) {
    item {
      id
      fieldValueByName(name: $field) {
        ... on ProjectV2ItemFieldIterationValue { title startDate duration }
      }
    }
  }
}
"""
PUT = """
mutation Put($project: ID!, $item: ID!, $field: ID!, $iteration: String!) {
  updateProjectV2ItemFieldValue(
    input: {projectId: $project, itemId: $item, fieldId: $field, value: {iterationId: $iteration}}
  ) {
    projectV2Item { id }
  }
}
"""


@dataclass(frozen=True, kw_only=True)
class Iterations:
    """A project's field of iterations, with those that run or come."""

    project: str
    may_update: bool
    field: str
    called: str
    those: tuple[dict[str, Any], ...]

    def next(self, today: date) -> dict[str, Any] | None:
        """The one that begins next; None where none is planned."""
        coming = [one for one in self.those if _start(one) > today]
        return min(coming, key=_start, default=None)


async def iterations(api: GitHubApi, repository: str, number: int) -> Iterations:
    """The iterations of this project of whoever the repository belongs to."""
    owner = repository.partition("/")[0]
    asked = {"owner": owner, "number": number}
    said = await api.graphql(repository, PROJECT, asked)
    project = (said.get("repositoryOwner") or {}).get("projectV2")
    if project is None:
        raise TrackerRefused(
            f"GitHub has no project {number} of {owner}, or our token may not see it. Mend the "
            "number in /postmortem settings trackers, or give the token “Projects: Read and write”."
        )
    if project["closed"]:
        raise TrackerRefused(
            f"Project {number} of {owner} is closed on GitHub. Reopen it there, or name another in "
            "/postmortem settings trackers."
        )
    for field in project["fields"]["nodes"]:
        if field:
            return _read(project, field)
    raise TrackerRefused(
        f"Project {number} of {owner} has no field of iterations. Add one to it on GitHub."
    )


def _read(project: dict[str, Any], field: dict[str, Any]) -> Iterations:
    return Iterations(
        project=project["id"],
        may_update=project["viewerCanUpdate"],
        field=field["id"],
        called=field["name"],
        those=tuple(field["configuration"]["iterations"]),
    )


async def put(api: GitHubApi, repository: str, number: int, node: str, today: date) -> str:
    """Put the issue of this node id in the next iteration, unless it is in one already."""
    found = await iterations(api, repository, number)
    asked = {"project": found.project, "content": node, "field": found.called}
    added = (await api.graphql(repository, ADD, asked)).get("addProjectV2ItemById") or {}
    if (item := added.get("item")) is None:
        raise TrackerRefused(may_not(number, repository))
    there = item["fieldValueByName"]
    if there and _start(there) + timedelta(days=there["duration"]) > today:
        return str(there["title"])
    coming = found.next(today)
    if coming is None:
        raise TrackerRefused(none_coming(number, repository))
    asked = {"project": found.project, "item": item["id"], "field": found.field}
    done = await api.graphql(repository, PUT, asked | {"iteration": coming["id"]})
    if done.get("updateProjectV2ItemFieldValue") is None:
        raise TrackerRefused(may_not(number, repository))
    return str(coming["title"])


def may_not(number: int, repository: str) -> str:
    """Why nothing is placed in a project that we only see."""
    return (
        f"We may not change project {number} of {repository.partition('/')[0]} on GitHub. Give "
        "what Closed Loop asks with “Projects: Read and write”."
    )


def none_coming(number: int, repository: str) -> str:
    """Why nothing is placed in a project that plans nothing."""
    return (
        f"Project {number} of {repository.partition('/')[0]} has no iteration that is still to "
        "come. Add one in the project's settings on GitHub."
    )


def _start(iteration: dict[str, Any]) -> date:
    return date.fromisoformat(iteration["startDate"])
