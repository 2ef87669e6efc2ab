"""The REST API around issues: comments, history, labels, milestones, repositories, assignees."""

from aiohttp import web

from sandbox.tracker.api import GRANT, Desk, paged
from sandbox.tracker.deeds import Deeds
from sandbox.tracker.issues_api import IssuesApi
from sandbox.tracker.refusals import invalid, malformed, not_found, too_long
from sandbox.tracker.repository_shape import repository
from sandbox.tracker.said import (
    BODY_MAX,
    LABEL_MAX,
    body_of,
    since_of,
    text_of,
    texts_of,
    word_of,
)

NUMBER = "{number:\\d+}"


class PlacesApi:
    """Shows where issues are, and what was said and done there."""

    def __init__(self, desk: Desk, issues: IssuesApi) -> None:
        self._desk = desk
        self._issues = issues

    def add_to(self, routes: web.UrlDispatcher, at: str) -> None:
        """Serve it below this path of a repository."""
        issue = f"{at}/issues/{NUMBER}"
        routes.add_get(at, self.repository, allow_head=False)
        routes.add_get(f"{issue}/comments", self.comments, allow_head=False)
        routes.add_post(f"{issue}/comments", self.comment)
        routes.add_get(f"{issue}/events", self.events, allow_head=False)
        routes.add_post(f"{issue}/labels", self.add_labels)
        routes.add_get(f"{at}/labels", self.labels, allow_head=False)
        routes.add_post(f"{at}/labels", self.make_label)
        routes.add_get(f"{at}/labels/{{name}}", self.label, allow_head=False)
        routes.add_get(f"{at}/milestones", self.milestones, allow_head=False)
        routes.add_get(f"{at}/milestones/{NUMBER}", self.milestone, allow_head=False)
        routes.add_get(f"{at}/assignees", self.assignees, allow_head=False)
        routes.add_get(f"{at}/assignees/{{login}}", self.assignee, allow_head=False)

    async def repository(self, request: web.Request) -> web.Response:
        """The repository itself, with what the token may do there."""
        home = self._desk.repository(request)
        write = request[GRANT].may_write
        shown = repository(self._desk.backlog, self._desk.shapes, home, write=write)
        return web.json_response(shown)

    async def comments(self, request: web.Request) -> web.Response:
        """What was said about an issue, oldest first."""
        issue = self._issues.issue_of(request, self._desk.repository(request))
        since = since_of(request)
        found = [one for one in issue.comments if since is None or one.created_at >= since]
        return paged(self._desk, request, found, lambda one: self._desk.shapes.comment(issue, one))

    async def comment(self, request: web.Request) -> web.Response:
        """Say something about an issue."""
        issue = self._issues.issue_of(request, self._desk.writable(request))
        body = text_of(await body_of(request), "body", may_be_null=False)
        if body is None:
            raise malformed('"body" wasn\'t supplied.')
        if not body.strip():
            raise invalid({"resource": "IssueComment", "code": "missing_field", "field": "body"})
        if len(body) > BODY_MAX:
            raise invalid(too_long("body", BODY_MAX, "IssueComment"))
        said = Deeds(self._desk.backlog, request[GRANT].login).comment(issue, body)
        return web.json_response(self._desk.shapes.comment(issue, said), status=201)

    async def events(self, request: web.Request) -> web.Response:
        """What was done with an issue, oldest first."""
        issue = self._issues.issue_of(request, self._desk.repository(request))
        return paged(
            self._desk, request, issue.events, lambda one: self._desk.shapes.event(issue, one)
        )

    async def add_labels(self, request: web.Request) -> web.Response:
        """Give an issue more labels."""
        home = self._desk.writable(request)
        issue = self._issues.issue_of(request, home)
        more = texts_of(await body_of(request), "labels") or []
        Deeds(self._desk.backlog, request[GRANT].login).label(issue, [*issue.labels, *more])
        shown = [self._desk.shapes.label(home, home.labels[one.lower()]) for one in issue.labels]
        return web.json_response(shown)

    async def labels(self, request: web.Request) -> web.Response:
        """The labels of a repository."""
        home = self._desk.repository(request)
        return paged(
            self._desk,
            request,
            [*home.labels.values()],
            lambda one: self._desk.shapes.label(home, one),
        )

    async def make_label(self, request: web.Request) -> web.Response:
        """Make a label that is not there yet."""
        home = self._desk.writable(request)
        name = text_of(await body_of(request), "name", may_be_null=False)
        if name is None:
            raise malformed('"name" wasn\'t supplied.')
        if len(name) > LABEL_MAX:
            raise invalid(too_long("name", LABEL_MAX, "Label"))
        if name.lower() in home.labels:
            raise invalid({"resource": "Label", "code": "already_exists", "field": "name"})
        label = Deeds(self._desk.backlog, request[GRANT].login).label_of(home, name)
        return web.json_response(self._desk.shapes.label(home, label), status=201)

    async def label(self, request: web.Request) -> web.Response:
        """One label."""
        home = self._desk.repository(request)
        found = home.labels.get(request.match_info["name"].lower())
        if found is None:
            raise not_found()
        return web.json_response(self._desk.shapes.label(home, found))

    async def milestones(self, request: web.Request) -> web.Response:
        """The milestones of a repository, the open ones unless asked otherwise."""
        home = self._desk.repository(request)
        state = word_of(request, "state", ("open", "closed", "all"))
        order = word_of(request, "sort", ("due_on", "completeness"))
        backwards = word_of(request, "direction", ("asc", "desc")) == "desc"
        found = [one for one in home.milestones.values() if state in {"all", one.state}]
        if order == "due_on":
            found.sort(key=lambda one: one.due_on or one.created_at, reverse=backwards)
        return paged(self._desk, request, found, lambda one: self._desk.shapes.milestone(home, one))

    async def milestone(self, request: web.Request) -> web.Response:
        """One milestone."""
        home = self._desk.repository(request)
        found = home.milestones.get(int(request.match_info["number"]))
        if found is None:
            raise not_found()
        return web.json_response(self._desk.shapes.milestone(home, found))

    async def assignees(self, request: web.Request) -> web.Response:
        """Whom issues of a repository can be assigned to."""
        home = self._desk.repository(request)
        return paged(self._desk, request, home.people, self._desk.shapes.user)

    async def assignee(self, request: web.Request) -> web.Response:
        """Whether they can be assigned to this one: 204, or 404."""
        home = self._desk.repository(request)
        if not self._desk.backlog.assignable(home, [request.match_info["login"]]):
            raise not_found()
        return web.Response(status=204)
