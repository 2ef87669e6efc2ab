"""The REST API of issues (docs.github.com/en/rest/issues/issues)."""

from typing import Any

from aiohttp import web

from sandbox.tracker.api import GRANT, Desk, paged
from sandbox.tracker.asked import Asked, asked_for
from sandbox.tracker.deeds import Deeds
from sandbox.tracker.refusals import gone, malformed, moved, not_found
from sandbox.tracker.said import (
    body_of,
    since_of,
    word_of,
)
from sandbox.tracker.tickets import Issue, Repository


class IssuesApi:
    """Lists, makes, shows and changes issues."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_to(self, routes: web.UrlDispatcher, at: str) -> None:
        """Serve them below this path of a repository."""
        routes.add_get(f"{at}/issues", self.listed, allow_head=False)
        routes.add_post(f"{at}/issues", self.create)
        routes.add_get(f"{at}/issues/{{number:\\d+}}", self.show, allow_head=False)
        routes.add_patch(f"{at}/issues/{{number:\\d+}}", self.change)

    async def listed(self, request: web.Request) -> web.Response:
        """Those of a repository that fit, newest first unless asked otherwise."""
        home = self._desk.repository(request)
        found = [one for one in self._desk.backlog.issues_of(home) if _fits(request, one)]
        order = word_of(request, "sort", ("created", "updated", "comments"))
        backwards = word_of(request, "direction", ("desc", "asc")) == "desc"
        found.sort(key=lambda one: (_sort_key(one, order), one.number), reverse=backwards)
        return paged(self._desk, request, found, self._desk.shapes.issue)

    async def create(self, request: web.Request) -> web.Response:
        """Make one, if all that is asked for it can be."""
        home = self._desk.writable(request)
        _judge_switch(home)
        asked = asked_for(self._desk.backlog, await body_of(request), home)
        if asked.title is None:
            raise malformed('"title" wasn\'t supplied.')
        deeds = Deeds(self._desk.backlog, request[GRANT].login)
        issue = deeds.open(home, asked.title, asked.body or "")
        self._apply(deeds, issue, asked)
        deeds.opened(issue)
        shown = self._desk.shapes.issue(issue)
        return web.json_response(shown, status=201, headers={"Location": shown["url"]})

    async def show(self, request: web.Request) -> web.Response:
        """One issue."""
        issue = self.issue_of(request, self._desk.repository(request))
        return web.json_response(self._desk.shapes.issue(issue))

    async def change(self, request: web.Request) -> web.Response:
        """Let one say, or be, something else."""
        home = self._desk.writable(request)
        issue = self.issue_of(request, home)
        asked = asked_for(self._desk.backlog, await body_of(request), home)
        deeds = Deeds(self._desk.backlog, request[GRANT].login)
        title = issue.title if asked.title is None else asked.title
        deeds.write(issue, title, issue.body if asked.body is None else asked.body)
        self._apply(deeds, issue, asked)
        _turn(deeds, issue, asked)
        return web.json_response(self._desk.shapes.issue(issue))

    def issue_of(self, request: web.Request, home: Repository) -> Issue:
        """The issue of the path; what was transferred is elsewhere, what was deleted is gone."""
        _judge_switch(home)
        number = int(request.match_info["number"])
        if number in home.left:
            raise self._left(home.left[number], request)
        issue = self._desk.backlog.issue(home, number)
        if issue is None:
            raise not_found()
        return issue

    def _left(self, place: tuple[int, int] | None, request: web.Request) -> Exception:
        if place is None:
            return gone("This issue was deleted")
        home, number = self._desk.backlog.repositories[place[0]], place[1]
        if not request[GRANT].covers(home.full_name):
            return not_found()
        rest = request.path.partition("/issues/")[2].partition("/")[2]
        at = f"{self._desk.shapes.api}/repositories/{home.id}/issues/{number}"
        return moved(f"{at}/{rest}" if rest else at)

    def _apply(self, deeds: Deeds, issue: Issue, asked: Asked) -> None:
        if asked.labels is not None:
            deeds.label(issue, asked.labels)
        if asked.assignees is not None:
            deeds.assign(issue, asked.assignees)
        if asked.has_milestone:
            deeds.plan(issue, asked.milestone)


def _turn(deeds: Deeds, issue: Issue, asked: Asked) -> None:
    if asked.state == "open":
        deeds.reopen(issue)
    elif asked.state == "closed" and (asked.reason or issue.state == "open"):
        deeds.close(issue, asked.reason or "completed")


def _judge_switch(home: Repository) -> None:
    if not home.has_issues:
        raise gone("Issues are disabled for this repo")


def _fits(request: web.Request, issue: Issue) -> bool:
    state = word_of(request, "state", ("open", "closed", "all"))
    since = since_of(request)
    labels = [one.lower() for one in request.query.get("labels", "").split(",") if one]
    has = {one.lower() for one in issue.labels}
    return (
        state in {"all", issue.state}
        and (since is None or issue.updated_at >= since)
        and all(one in has for one in labels)
        and _matches(request.query.get("assignee", ""), issue.assignees)
        and _matches(request.query.get("milestone", ""), [str(issue.milestone or "")])
        and _matches(request.query.get("creator", ""), [issue.login])
    )


def _matches(said: str, has: list[str]) -> bool:
    """Whether it is one of these, or any for `*`, or there is none for `none`."""
    there = [one.lower() for one in has if one]
    if said in {"*", "none"}:
        return bool(there) == (said == "*")
    return not said or said.lower() in there


def _sort_key(issue: Issue, order: str) -> Any:
    if order == "comments":
        return len(issue.comments)
    return issue.updated_at if order == "updated" else issue.created_at
