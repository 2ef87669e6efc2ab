"""What a stand-in of Jira answers about its project: forms, people, permissions, board, sprints."""

from aiohttp import web

from tests.trackers.jira_api import US, Refused, issue_of
from tests.trackers.jira_desk import Desk
from tests.trackers.jira_project import ASSIGNABLE, PEOPLE, Shape, Sprint
from tests.trackers.jira_shapes import errors, paged

NO_PROJECT = "No project could be found with key '{}'."


class Places:
    """The project and its board."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._project = desk.project
        self._shapes = desk.shapes

    async def myself(self, _request: web.Request) -> web.Response:
        """Our account (User)."""
        return web.json_response(self._shapes.person(US))

    async def server(self, _request: web.Request) -> web.Response:
        """The site (ServerInformation)."""
        return web.json_response(self._shapes.server())

    async def of_project(self, request: web.Request) -> web.Response:
        """The project (Project); only SHOP can be seen."""
        self._shop(request.match_info["project"])
        shape = {"id": "10000", "key": "SHOP", "name": "Shop", "archived": self._project.archived}
        return web.json_response(shape)

    async def permissions(self, request: web.Request) -> web.Response:
        """What our account may do (Permissions)."""
        asked = request.query["permissions"].split(",")
        may = {
            key: {"key": key, "havePermission": key not in self._project.forbidden} for key in asked
        }
        return web.json_response({"permissions": may})

    async def types(self, request: web.Request) -> web.Response:
        """The types of issues that our account may make; the list has another name in each."""
        self._shop(request.match_info["project"])
        types = [
            {"id": "10001", "name": "Story", "subtask": False},
            {"id": "10002", "name": "Task", "subtask": False},
            {"id": "10003", "name": "Sub-task", "subtask": True},
        ]
        may = "CREATE_ISSUES" not in self._project.forbidden
        named = "issueTypes" if self._shapes.cloud else "values"
        return web.json_response(paged(request.query, types if may else [], named))

    async def form(self, request: web.Request) -> web.Response:
        """The fields that an issue is made with."""
        self._shop(request.match_info["project"])
        fields = list(self._project.form.values())
        named = "fields" if self._shapes.cloud else "values"
        return web.json_response(paged(request.query, fields, named))

    async def people(self, request: web.Request) -> web.Response:
        """Who can be assigned and has a name or address that begins so, or this id."""
        self._shop(request.query["project"])
        words = ("accountId", "query", "username")
        said = next(request.query[word] for word in words if word in request.query).casefold()
        exact = "accountId" in request.query
        found = [
            self._shapes.person(one)
            for one in (*PEOPLE, US)
            if one in ASSIGNABLE
            and (said == self._shapes.id_of(one) if exact else self._begins(one, said))
        ]
        return web.json_response(found)

    async def sprint_of(self, request: web.Request) -> web.Response:
        """The issue with the sprint it is in (software/rest/api-group-issue)."""
        issue = issue_of(self._desk, request.match_info["issue"])
        found = [_sprint(one) for one in self._project.sprints if one.id == issue.sprint]
        fields = {"sprint": found[0] if found else None}
        return web.json_response({"id": str(issue.id), "key": issue.key, "fields": fields})

    async def sprints(self, request: web.Request) -> web.Response:
        """The sprints of a board (software/rest/api-group-board)."""
        if request.match_info["board"] != "1":
            raise Refused(
                404, errors("Requested board cannot be viewed because it does not exist.")
            )
        if self._project.kanban:
            raise Refused(400, errors("The board does not support sprints"))
        states = request.query.get("state", "active,closed,future").split(",")
        found = [_sprint(one) for one in self._project.sprints if one.state in states]
        page = paged(request.query, found, "values")
        last = page["startAt"] + len(page["values"]) >= page.pop("total")
        return web.json_response({**page, "isLast": last})

    async def plan(self, request: web.Request) -> web.Response:
        """Place issues in a sprint (204)."""
        sprint = int(request.match_info["sprint"])
        if self._project.name_of(sprint) == "":
            raise Refused(404, errors("Sprint does not exist."))
        for named in (await request.json())["issues"]:
            self._desk.plan(issue_of(self._desk, named), sprint, US)
        return web.Response(status=204)

    def _shop(self, key: str) -> None:
        if key != "SHOP" or self._project.hidden:
            raise Refused(404, errors(NO_PROJECT.format(key)))

    def _begins(self, person: str, said: str) -> bool:
        return person.startswith(said) or f"{person}@example.com".startswith(said)


def _sprint(sprint: Sprint) -> Shape:
    known: Shape = {"id": sprint.id, "name": sprint.name, "state": sprint.state, "originBoardId": 1}
    return known | ({"startDate": sprint.start} if sprint.start else {})
