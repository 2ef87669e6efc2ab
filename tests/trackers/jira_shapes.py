"""What a stand-in of Jira says, in the shapes of its reference.

Cloud: developer.atlassian.com/cloud/jira/platform/rest/v3; Data Center:
docs.atlassian.com/software/jira/docs/api/REST/9.12.0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.trackers.jira_project import (
    ASSIGNABLE,
    PEOPLE,
    RESOLUTIONS,
    STATUSES,
    Change,
    Comment,
    Issue,
    Project,
    Shape,
)


def errors(*messages: str, **fields: str) -> Shape:
    """A refusal (rest/v3/intro/#status-codes, ErrorCollection)."""
    return {"errorMessages": list(messages), "errors": fields}


def refusal(status: int) -> object:
    """What Jira says with a status when it says no more."""
    said = {
        # What an API token that was revoked gets (basic-auth-for-rest-apis).
        401: {
            "message": "Client must be authenticated to access this resource.",
            "status-code": 401,
        },
        403: errors("You do not have permission to perform this operation."),
        404: errors("Issue does not exist or you do not have permission to see it."),
        # developer.atlassian.com/cloud/jira/platform/rate-limiting/
        429: {"errorMessages": ["Rate limit exceeded."]},
        500: errors("Internal server error"),
    }
    return said.get(status, errors(f"Status {status}"))


def moment(at: datetime) -> str:
    """A time as Jira writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}+0000"


def account_id(person: str) -> str:
    """An account's id in Cloud: 24 hexadecimal digits."""
    return f"5b10ac8d82e05b22{person.encode().hex():0<24}"[:24]


@dataclass(frozen=True, kw_only=True)
class Shapes:
    """The shapes of one flavour."""

    cloud: bool
    base: str

    def id_of(self, person: str) -> str:
        """What Jira calls this person's account."""
        return account_id(person) if self.cloud else person

    def person(self, name: str) -> Shape | None:
        """A user (UserDetails; Data Center: UserBean)."""
        if not name:
            return None
        known = {"displayName": name.capitalize(), "active": True}
        known |= {"emailAddress": f"{name}@example.com"}
        if self.cloud:
            return known | {"accountId": account_id(name), "accountType": "atlassian"}
        return known | {"name": name, "key": f"JIRAUSER{sum(name.encode())}"}

    def server(self) -> Shape:
        """The Jira itself (ServerInformation)."""
        told = {"baseUrl": self.base, "displayUrl": self.base, "deploymentType": "Cloud"}
        return told | {"version": "1001.0.0-SNAPSHOT", "serverTitle": "Jira"}

    def named(self, said: object) -> str:
        """The person with this account, or nobody."""
        return next((one for one in {*PEOPLE, *ASSIGNABLE} if self.id_of(one) == said), "")

    def issue(self, issue: Issue, fields: Sequence[str] = ("*all",)) -> Shape:
        """An issue with these of its fields (IssueBean)."""
        held = {**issue.fields, **self._fields(issue)}
        chosen = held if "*all" in fields else {k: v for k, v in held.items() if k in fields}
        path = f"{self.base}/rest/api/{3 if self.cloud else 2}/issue/{issue.id}"
        return {"id": str(issue.id), "key": issue.key, "self": path, "fields": chosen}

    def _fields(self, issue: Issue) -> Shape:
        known, category, called = STATUSES[issue.status]
        closed = next((k for k, v in RESOLUTIONS.items() if v == issue.resolution), None)
        return {
            "project": {"id": "10000", "key": issue.project},
            "issuetype": {"id": "10002", "name": "Task", "subtask": False},
            "status": {
                "id": known,
                "name": issue.status,
                "statusCategory": {"key": category, "name": called},
            },
            "resolution": {"id": closed, "name": issue.resolution} if closed else None,
            "assignee": self.person(issue.assignee),
            "duedate": issue.due_on.isoformat() if issue.due_on else None,
            "created": moment(issue.created),
            "updated": moment(issue.updated),
        }

    def change(self, change: Change) -> Shape:
        """An entry of a history (Changelog)."""
        words = ("field", "from", "fromString", "to", "toString")
        items = [
            {**dict(zip(words, item, strict=True)), "fieldtype": "jira"} for item in change.items
        ]
        if self.cloud:
            items = [{**item, "fieldId": item["field"]} for item in items]
        author = self.person(change.by)
        return {
            "id": str(change.id),
            "author": author,
            "created": moment(change.at),
            "items": items,
        }

    def comment(self, comment: Comment, *, with_properties: bool = False) -> Shape:
        """A comment (Comment); its properties only where they are asked for."""
        shape = {"id": str(comment.id), "body": comment.body}
        return shape | ({"properties": comment.properties} if with_properties else {})

    def hook(self, event: str, issue: Issue, change: Change | None, by: str, at: datetime) -> Shape:
        """A webhook (cloud/jira/platform/webhooks/#example-callback-for-an-issue-related-event)."""
        told: dict[str, Any] = {
            "timestamp": round(at.timestamp() * 1000),
            "webhookEvent": event,
            "user": self.person(by),
            "issue": self.issue(issue),
        }
        if change:
            shape = self.change(change)
            told["changelog"] = {"id": shape["id"], "items": shape["items"]}
        return told

    def transitions(self, project: Project) -> list[Shape]:
        """Where an issue may be moved, with the fields of each screen (Transitions)."""
        allowed = [{"id": known, "name": name} for known, name in RESOLUTIONS.items()]
        resolution = {"required": True, "name": "Resolution", "allowedValues": allowed}
        resolution |= {"hasDefaultValue": False, "schema": {"type": "resolution"}}
        return [
            {
                "id": str(11 + 10 * list(STATUSES).index(name)),
                "name": name,
                "to": {"id": STATUSES[name][0], "name": name, "statusCategory": _category(name)},
                "fields": {"resolution": resolution} if name == "Done" else {},
            }
            for name in project.transitions
        ]


def paged(query: Mapping[str, str], found: Sequence[object], named: str) -> Shape:
    """A page of a list (rest/v3/intro/#pagination)."""
    start, most = int(query.get("startAt", 0)), min(int(query.get("maxResults", 50)), 100)
    return {
        "startAt": start,
        "maxResults": most,
        "total": len(found),
        named: list(found[start : start + most]),
    }


def _category(status: str) -> Shape:
    return {"key": STATUSES[status][1], "name": STATUSES[status][2]}
