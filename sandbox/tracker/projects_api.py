"""The few operations of GraphQL that place an issue in a sprint of a project.

docs.github.com/en/issues/planning-and-tracking-with-projects/automating-your-project
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from sandbox.tracker.api import GRANT, Desk
from sandbox.tracker.deeds import Deeds
from sandbox.tracker.graphql_reading import Field, Unreadable, read
from sandbox.tracker.said import body_of
from sandbox.tracker.shapes import Json, node
from sandbox.tracker.sprints import Iteration, Project
from sandbox.tracker.tickets import Issue

TYPES = "types"


class QueryRefused(Exception):
    """An error of GraphQL: its type and message."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class ProjectsApi:
    """Answers `/api/graphql`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_to(self, routes: web.UrlDispatcher) -> None:
        """Serve it."""
        routes.add_post("/api/graphql", self.handle)

    async def handle(self, request: web.Request) -> web.Response:
        """Exactly what is asked for; an error is an answer of 200 that says so."""
        said = await body_of(request)
        errors: list[Json] = []
        try:
            asked = read(str(said.get("query", "")), said.get("variables") or {})
            root = _Root(self._desk, request)
            data = _chosen(asked, root.fields(), (), errors)
        except Unreadable as unreadable:
            return web.json_response({"errors": [{"message": f"Parse error: {unreadable}"}]})
        return web.json_response({"data": data} | ({"errors": errors} if errors else {}))


def _chosen(asked: Iterable[Field], there: Json, path: tuple[str, ...], errors: list[Json]) -> Json:
    """Of what is there, what is asked for."""
    found: Json = {}
    for one in asked:
        if one.on:
            if one.on in there[TYPES]:
                found |= _chosen(one.fields, there, path, errors)
        elif one.name == "__typename":
            found[one.shown_as] = there[TYPES][0]
        elif one.name not in there:
            raise Unreadable(f"Field '{one.name}' doesn't exist on type '{there[TYPES][0]}'")
        else:
            found[one.shown_as] = _value(one, there[one.name], (*path, one.shown_as), errors)
    return found


def _value(asked: Field, value: Any, path: tuple[str, ...], errors: list[Json]) -> Any:
    if callable(value):
        try:
            value = value(**asked.arguments)
        except QueryRefused as refused:
            errors.append({"type": refused.kind, "path": [*path], "message": str(refused)})
            return None
    if isinstance(value, dict):
        return _chosen(asked.fields, value, path, errors)
    if isinstance(value, list):
        return [_chosen(asked.fields, one, path, errors) for one in value]
    return value


class _Root:
    """What can be asked for, with one token."""

    def __init__(self, desk: Desk, request: web.Request) -> None:
        self._backlog = desk.backlog
        self._grant = request[GRANT]

    def fields(self) -> Json:
        return {
            TYPES: ("Query", "Mutation"),
            "viewer": {TYPES: ("User",), "login": self._grant.login},
            "repositoryOwner": self._owner,
            "organization": self._owner,
            "addProjectV2ItemById": self._add,
            "updateProjectV2ItemFieldValue": self._put,
        }

    def _owner(self, login: str) -> Json | None:
        account = self._backlog.account(login)
        if account is None:
            return None
        kinds = (account.kind, "ProjectV2Owner", "RepositoryOwner")
        named = {"id": node("O", account.id), "login": account.login}
        return {TYPES: kinds, **named, "projectV2": self._project}

    def _project(self, number: int) -> Json:
        project = self._backlog.project(number)
        if project is None:
            message = f"Could not resolve to a ProjectV2 with the number {number}."
            raise QueryRefused("NOT_FOUND", message)
        return {
            TYPES: ("ProjectV2",),
            "id": node("PVT", project.id),
            "number": project.number,
            "title": project.title,
            "closed": False,
            "viewerCanUpdate": self._grant.may_write,
            "fields": lambda **_: {TYPES: (FIELDS,), "nodes": self._fields(project)},
            "field": lambda name: self._field(project) if name == project.field else None,
        }

    def _fields(self, project: Project) -> list[Json]:
        title = {TYPES: ("ProjectV2Field", "ProjectV2FieldCommon"), "id": "PVTF_1", "name": "Title"}
        return [title, self._field(project)]

    def _field(self, project: Project) -> Json:
        today = self._backlog.now().date()
        return {
            TYPES: ("ProjectV2IterationField", "ProjectV2FieldCommon"),
            "id": node("PVTIF", project.id),
            "name": project.field,
            "configuration": {
                TYPES: ("ProjectV2IterationFieldConfiguration",),
                "duration": project.days,
                "startDay": 1,
                "iterations": [_iteration(one) for one in project.planned(today)],
                "completedIterations": [_iteration(one) for one in project.over(today)],
            },
        }

    def _add(self, input: Mapping[str, str]) -> Json:  # noqa: A002 - GitHub's name for it
        project = self._found("PVT", input["projectId"], self._backlog.projects)
        issue = self._found("I", input["contentId"], self._backlog.issues)
        self._judge(issue)
        if not issue.in_project:
            Deeds(self._backlog, self._grant.login).schedule(issue, None)
        item: Json = {TYPES: ("ProjectV2Item",), "id": node("PVTI", issue.id)}
        item["fieldValueByName"] = lambda name: self._sprint(project, issue, name)
        return {TYPES: ("AddProjectV2ItemByIdPayload",), "item": item}

    def _put(self, input: Mapping[str, Any]) -> Json:  # noqa: A002 - GitHub's name for it
        project = self._found("PVT", input["projectId"], self._backlog.projects)
        issue = self._found("PVTI", input["itemId"], self._backlog.issues)
        self._judge(issue)
        self._found("PVTIF", input["fieldId"], self._backlog.projects)
        wanted = input["value"].get("iterationId")
        planned = project.planned(self._backlog.now().date())
        found = next((one for one in planned if one.id == wanted), None)
        if found is None:
            raise QueryRefused("VALIDATION", "The iteration Id does not belong to the field")
        Deeds(self._backlog, self._grant.login).schedule(issue, found.number)
        item = {TYPES: ("ProjectV2Item",), "id": input["itemId"]}
        return {TYPES: ("UpdateProjectV2ItemFieldValuePayload",), "projectV2Item": item}

    def _found(self, kind: str, named: str, there: Mapping[int, Any]) -> Any:
        number = re.fullmatch(rf"{kind}_(\d+)", named)
        if number is None or int(number[1]) not in there:
            message = f"Could not resolve to a node with the global id of '{named}'"
            raise QueryRefused("NOT_FOUND", message)
        return there[int(number[1])]

    def _judge(self, issue: Issue) -> None:
        home = self._backlog.home(issue)
        if not self._grant.may_write or not self._grant.covers(home.full_name):
            raise QueryRefused("FORBIDDEN", "Resource not accessible by personal access token")

    def _sprint(self, project: Project, issue: Issue, name: str) -> Json | None:
        if name != project.field or issue.iteration is None:
            return None
        return _iteration(project.iteration(issue.iteration))


FIELDS = "ProjectV2FieldConfigurationConnection"


def _iteration(one: Iteration) -> Json:
    return {
        TYPES: ("ProjectV2IterationFieldIteration", "ProjectV2ItemFieldIterationValue"),
        "id": one.id,
        "iterationId": one.id,
        "title": one.title,
        "startDate": one.start.isoformat(),
        "duration": one.days,
    }
