"""What a stand-in of Jira answers about issues, Cloud's or Data Center's."""

import re
from typing import Any

from aiohttp import web

from tests.trackers.jira_desk import Desk
from tests.trackers.jira_project import RESOLUTIONS, STATUSES, Issue, Shape
from tests.trackers.jira_rules import wrong
from tests.trackers.jira_shapes import errors, paged

#: The account that Closed Loop signs in as.
US = "closedloop"
GONE = "Issue does not exist or you do not have permission to see it."
JQL = re.compile(r'labels = "(closedloop-[0-9a-f]{32})"( ORDER BY created ASC)?')


class Refused(Exception):
    """An answer that is a refusal."""

    def __init__(self, status: int, body: object) -> None:
        super().__init__(str(body))
        self.status = status
        self.body = body


def issue_of(desk: Desk, named: object) -> Issue:
    """The issue of this id or key, which a moved one keeps answering to only by id."""
    for issue in () if desk.project.hidden else desk.project.issues.values():
        if str(named) in {str(issue.id), issue.key}:
            return issue
    raise Refused(404, errors(GONE))


class Issues:
    """Issues and what belongs to them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._project = desk.project
        self._shapes = desk.shapes

    async def create(self, request: web.Request) -> web.Response:
        """Make an issue (201, CreatedIssue)."""
        fields = (await request.json())["fields"]
        if "CREATE_ISSUES" in self._project.forbidden:
            raise Refused(400, errors(project="You do not have permission to create issues."))
        self._judge(fields, made=True)
        issue = self._desk.make(fields, US)
        made = self._shapes.issue(issue)
        return web.json_response({name: made[name] for name in ("id", "key", "self")}, status=201)

    async def read(self, request: web.Request) -> web.Response:
        """One issue; in Data Center its history too where that is asked for."""
        issue = self._issue(request)
        shape = self._shapes.issue(issue, request.query.get("fields", "*all").split(","))
        if "changelog" in request.query.get("expand", ""):
            told = [self._shapes.change(change) for change in issue.history]
            shape["changelog"] = {"startAt": 0, "total": len(told), "histories": told}
        return web.json_response(shape)

    async def update(self, request: web.Request) -> web.Response:
        """Change an issue (204)."""
        issue, fields = self._issue(request), (await request.json())["fields"]
        self._judge(fields, made=False)
        self._desk.edit(issue, fields, US)
        return web.Response(status=204)

    async def search(self, request: web.Request) -> web.Response:
        """What has a label; nothing else is looked for here."""
        asked = await request.json()
        found = JQL.fullmatch(asked["jql"])
        if not found:
            raise Refused(400, errors(f"Error in the JQL Query: {asked['jql']}"))
        all_ = self._project.issues.values()
        issues = [
            self._shapes.issue(one, asked.get("fields", ["id"]))
            for one in all_
            if found[1] in one.fields.get("labels", ())
        ]
        if self._shapes.cloud:
            return web.json_response({"issues": issues, "isLast": True})
        return web.json_response({"startAt": 0, "total": len(issues), "issues": issues})

    async def transitions(self, request: web.Request) -> web.Response:
        """Where it may be moved."""
        self._issue(request)
        return web.json_response({"transitions": self._shapes.transitions(self._project)})

    async def transition(self, request: web.Request) -> web.Response:
        """Move it (204); closing wants a resolution."""
        issue, asked = self._issue(request), await request.json()
        moves = {one["id"]: one["name"] for one in self._shapes.transitions(self._project)}
        status = moves.get(asked["transition"]["id"])
        if status is None:
            raise Refused(400, errors(f"It is not on a valid transition for {issue.key}."))
        chosen = asked.get("fields", {}).get("resolution", {}).get("id", "")
        closing = STATUSES[status][1] == "done"
        if closing and chosen not in RESOLUTIONS:
            raise Refused(400, errors(resolution="Resolution is required."))
        self._desk.stand(issue, status, RESOLUTIONS[chosen] if closing else "", US)
        return web.Response(status=204)

    async def changelog(self, request: web.Request) -> web.Response:
        """Its history, oldest first (PageBeanChangelog)."""
        told = [self._shapes.change(change) for change in self._issue(request).history]
        page = paged(request.query, told, "values")
        last = page["startAt"] + len(page["values"]) >= page["total"]
        return web.json_response({**page, "isLast": last})

    async def comments(self, request: web.Request) -> web.Response:
        """Its comments, without their properties (PageOfComments)."""
        told = [self._shapes.comment(one) for one in self._issue(request).comments]
        ordered = told[::-1] if request.query.get("orderBy") == "-created" else told
        return web.json_response(paged(request.query, ordered, "comments"))

    async def by_ids(self, request: web.Request) -> web.Response:
        """Comments of whatever issue, by id (PageBeanComment)."""
        ids = (await request.json())["ids"]
        full = request.query.get("expand") == "properties"
        all_ = [one for issue in self._project.issues.values() for one in issue.comments]
        told = [self._shapes.comment(one, with_properties=full) for one in all_ if one.id in ids]
        return web.json_response({**paged({"maxResults": "1000"}, told, "values"), "isLast": True})

    async def comment(self, request: web.Request) -> web.Response:
        """Write a comment (201)."""
        issue, asked = self._issue(request), await request.json()
        made = self._desk.comment(issue, asked["body"], asked.get("properties", []))
        return web.json_response(self._shapes.comment(made), status=201)

    async def editmeta(self, request: web.Request) -> web.Response:
        """What of it can be changed."""
        self._issue(request)
        fixed = {"project", "issuetype"}
        fields = {name: one for name, one in self._project.form.items() if name not in fixed}
        return web.json_response({"fields": fields})

    def _issue(self, request: web.Request) -> Issue:
        return issue_of(self._desk, request.match_info["issue"])

    def _judge(self, fields: Shape, *, made: bool) -> None:
        found: dict[str, Any] = wrong(fields, self._project, self._shapes, made=made)
        if found:
            raise Refused(400, errors(**found))
