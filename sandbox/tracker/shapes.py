"""The tracker's things as GitHub's REST API shows them (docs.github.com/en/rest)."""

from datetime import datetime
from typing import Any

from sandbox.tracker.backlog import Backlog
from sandbox.tracker.tickets import Account, Comment, Event, Issue, Label, Milestone, Repository

Json = dict[str, Any]


def stamp(at: datetime) -> str:
    """A time as GitHub writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def stamp_if(at: datetime | None) -> str | None:
    """The same; null where there is none."""
    return stamp(at) if at else None


def node(kind: str, number: int) -> str:
    """What GraphQL calls something."""
    return f"{kind}_{number}"


class Shapes:
    """Shows the backlog of the server at `url`, which is known once it serves."""

    def __init__(self, backlog: Backlog) -> None:
        self._backlog = backlog
        self.url = ""

    @property
    def api(self) -> str:
        """Where the REST API is."""
        return f"{self.url}api/v3"

    def user(self, login: str) -> Json:
        """A simple user; one who is gone is GitHub's ghost."""
        account = self._backlog.account(login) or Account(id=10137, login="ghost")
        at = f"{self.api}/users/{account.login}"
        lists = ("followers", "subscriptions", "organizations", "repos", "received_events")
        shown: Json = {"login": account.login, "id": account.id}
        shown |= {"node_id": node("U", account.id), "gravatar_id": "", "site_admin": False}
        shown |= {"avatar_url": f"{self.url}assets/face.svg", "url": at, "type": account.kind}
        shown |= {"html_url": f"{self.url}{account.login}"}
        shown |= {f"{name}_url": f"{at}/{_path(name)}" for name in lists}
        shown |= {"following_url": f"{at}/following{{/other_user}}"}
        shown |= {"gists_url": f"{at}/gists{{/gist_id}}"}
        shown |= {"starred_url": f"{at}/starred{{/owner}}{{/repo}}"}
        return shown | {"events_url": f"{at}/events{{/privacy}}"}

    def label(self, home: Repository, label: Label) -> Json:
        """A label."""
        shown: Json = {"id": label.id, "node_id": node("LA", label.id), "name": label.name}
        shown |= {"url": f"{self.at(home)}/labels/{label.name}", "color": label.color}
        return shown | {"description": None, "default": False}

    def milestone(self, home: Repository, milestone: Milestone) -> Json:
        """A milestone, with how many of its issues are open."""
        states = [
            one.state for one in self._backlog.issues_of(home) if one.milestone == milestone.number
        ]
        at = f"{self.at(home)}/milestones/{milestone.number}"
        shown: Json = {"id": milestone.id, "node_id": node("MI", milestone.id), "url": at}
        shown |= {"number": milestone.number, "title": milestone.title, "description": None}
        shown |= {"html_url": f"{self.url}{home.full_name}/milestone/{milestone.number}"}
        shown |= {"labels_url": f"{at}/labels", "creator": None, "state": milestone.state}
        shown |= {"open_issues": states.count("open"), "closed_issues": states.count("closed")}
        shown |= {"created_at": stamp(milestone.created_at)}
        shown |= {"updated_at": stamp(milestone.closed_at or milestone.created_at)}
        shown |= {"due_on": stamp_if(milestone.due_on)}
        return shown | {"closed_at": stamp_if(milestone.closed_at)}

    def issue(self, issue: Issue) -> Json:
        """An issue with all that belongs to it."""
        home = self._backlog.home(issue)
        at = f"{self.at(home)}/issues/{issue.number}"
        shown: Json = {"id": issue.id, "node_id": node("I", issue.id), "number": issue.number}
        shown |= {"url": at, "repository_url": self.at(home), "html_url": self.page_of(issue)}
        shown |= {"labels_url": f"{at}/labels{{/name}}", "comments_url": f"{at}/comments"}
        shown |= {"events_url": f"{at}/events", "timeline_url": f"{at}/timeline"}
        shown |= {"title": issue.title, "body": issue.body or None, "locked": False}
        shown |= {"state": issue.state, "state_reason": issue.state_reason}
        shown |= {"user": self.user(issue.login), "author_association": "MEMBER"}
        shown |= {"assignees": [self.user(one) for one in issue.assignees]}
        shown |= {"assignee": self.user(issue.assignees[0]) if issue.assignees else None}
        shown |= {"labels": [self.label(home, home.labels[one.lower()]) for one in issue.labels]}
        milestone = home.milestones.get(issue.milestone or 0)
        shown |= {"milestone": self.milestone(home, milestone) if milestone else None}
        shown |= {"created_at": stamp(issue.created_at), "updated_at": stamp(issue.updated_at)}
        shown |= {"closed_at": stamp_if(issue.closed_at), "comments": len(issue.comments)}
        shown |= {"active_lock_reason": None, "performed_via_github_app": None}
        shown |= {"reactions": _reactions(at)}
        return shown | {"closed_by": self.user(issue.closed_by) if issue.closed_by else None}

    def comment(self, issue: Issue, comment: Comment) -> Json:
        """A comment."""
        at = f"{self.at(self._backlog.home(issue))}/issues"
        shown: Json = {"id": comment.id, "node_id": node("IC", comment.id), "body": comment.body}
        shown |= {"url": f"{at}/comments/{comment.id}", "issue_url": f"{at}/{issue.number}"}
        shown |= {"html_url": f"{self.page_of(issue)}#issuecomment-{comment.id}"}
        shown |= {"user": self.user(comment.login), "author_association": "MEMBER"}
        shown |= {"created_at": stamp(comment.created_at), "performed_via_github_app": None}
        shown |= {"reactions": _reactions(shown["url"])}
        return shown | {"updated_at": stamp(comment.created_at)}

    def event(self, issue: Issue, event: Event) -> Json:
        """Something of an issue's history."""
        at = f"{self.at(self._backlog.home(issue))}/issues/events/{event.id}"
        shown: Json = {"id": event.id, "node_id": node("E", event.id), "url": at}
        shown |= {"actor": self.user(event.login), "event": event.event}
        shown |= {"commit_id": None, "commit_url": None, "created_at": stamp(event.created_at)}
        return shown | {"performed_via_github_app": None} | self._about(event)

    def _about(self, event: Event) -> Json:
        if event.event in {"assigned", "unassigned"}:
            return {"assignee": self.user(event.about), "assigner": self.user(event.login)}
        if event.event in {"labeled", "unlabeled"}:
            return {"label": {"name": event.about, "color": Label(id=0, name="").color}}
        if event.event in {"milestoned", "demilestoned"}:
            return {"milestone": {"title": event.about}}
        if event.event == "renamed":
            return {"rename": {"from": event.was, "to": event.about}}
        return {"state_reason": event.about or None} if event.event == "closed" else {}

    def at(self, home: Repository) -> str:
        """Where the API has a repository."""
        return f"{self.api}/repos/{home.full_name}"

    def page_of(self, issue: Issue) -> str:
        """Where people see an issue."""
        return f"{self.url}{self._backlog.home(issue).full_name}/issues/{issue.number}"


def _path(name: str) -> str:
    return {"organizations": "orgs"}.get(name, name)


def _reactions(at: str) -> Json:
    """Nobody reacts to anything here."""
    kinds = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")
    return {"url": f"{at}/reactions", "total_count": 0} | dict.fromkeys(kinds, 0)
