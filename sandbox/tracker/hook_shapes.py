"""What a webhook says (docs.github.com/en/webhooks/webhook-events-and-payloads)."""

from typing import Any

from sandbox.tracker.backlog import Backlog, Happened
from sandbox.tracker.repository_shape import repository
from sandbox.tracker.seed import APP
from sandbox.tracker.shapes import Json, Shapes, node
from sandbox.tracker.tickets import Issue, Repository


class HookShapes:
    """Shows what happened."""

    def __init__(self, backlog: Backlog, shapes: Shapes, installation: int) -> None:
        self._backlog = backlog
        self._shapes = shapes
        self._installation = installation

    def payload(self, happened: Happened) -> Json:
        """The body of a webhook."""
        home = self._backlog.home(happened.issue)
        shown: Json = {"action": happened.action, "issue": self._shapes.issue(happened.issue)}
        for name, value in happened.more.items():
            shown |= self._more(name, value, happened.issue, home)
        shown |= {"repository": self._repository(home)}
        shown |= {"organization": self._organization(home.owner)}
        if happened.by == APP:
            named = node("MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u", self._installation)
            shown |= {"installation": {"id": self._installation, "node_id": named}}
        return shown | {"sender": self._shapes.user(happened.by)}

    def _more(self, name: str, value: Any, issue: Issue, home: Repository) -> Json:
        if name == "assignee":
            return {name: self._shapes.user(value)}
        if name == "label":
            return {name: self._shapes.label(home, home.labels[value.lower()])}
        if name == "milestone":
            return {name: self._shapes.milestone(home, home.milestones[value])}
        if name == "comment":
            return {name: self._shapes.comment(issue, value)}
        if name in {"moved", "came"}:
            return {"changes": self._changes("new" if name == "moved" else "old", value)}
        return {name: value}

    def _changes(self, which: str, issue: Issue) -> Json:
        """Where a transferred issue went, or came from."""
        home = self._backlog.home(issue)
        return {
            f"{which}_issue": self._shapes.issue(issue),
            f"{which}_repository": self._repository(home),
        }

    def _repository(self, home: Repository) -> Json:
        return repository(self._backlog, self._shapes, home, write=True)

    def _organization(self, login: str) -> Json:
        user = self._shapes.user(login)
        at = f"{self._shapes.api}/orgs/{login}"
        paths = ("repos", "events", "hooks", "issues")
        shown: Json = {"login": user["login"], "id": user["id"], "node_id": user["node_id"]}
        shown |= {"url": at, "avatar_url": user["avatar_url"], "description": None}
        shown |= {f"{one}_url": f"{at}/{one}" for one in paths}
        shown |= {"members_url": f"{at}/members{{/member}}"}
        return shown | {"public_members_url": f"{at}/public_members{{/member}}"}
