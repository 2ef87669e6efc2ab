"""What Linear tells of itself: failures, and webhooks (linear.app/developers/webhooks)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiohttp import web

from tests.trackers.linear_world import Thing, id_of

#: Message, type and code of what a status means: linear.app/developers/graphql and
#: /developers/rate-limiting; the types are `LinearErrorType` of `@linear/sdk`.
_FAILURES: Mapping[int, tuple[str, str, str]] = {
    401: ("Authentication required, not authenticated", "authentication error", ""),
    403: ("You do not have access to this team", "forbidden", "FORBIDDEN"),
    404: ("Entity not found: Team", "invalid input", "INPUT_ERROR"),
    429: ("Rate limit exceeded", "ratelimited", "RATELIMITED"),
    500: ("Internal server error", "internal error", "INTERNAL_SERVER_ERROR"),
}
#: Linear says these with another status than the one it means.
_STATUSES = {429: 400, 404: 200}


def failure(
    status: int, headers: Mapping[str, str] | None = None, body: object = None
) -> web.Response:
    """An answer that does nothing."""
    if isinstance(body, bytes):
        return web.Response(body=body, status=status, headers=headers)
    if body is not None:
        return web.json_response(body, status=status, headers=headers)
    message, kind, code = _FAILURES.get(status, (f"Status {status}", "other", "OTHER"))
    about = {"type": kind, "code": code or "AUTHENTICATION_ERROR", "statusCode": status}
    told = {"errors": [{"message": message, "extensions": about}], "data": None}
    return web.json_response(told, status=_STATUSES.get(status, status), headers=headers)


def webhook(action: str, issue: Thing, by: Thing, before: Thing, at: datetime) -> Thing:
    """What is told of an issue: EntityWebhookPayload of the schema."""
    return {
        "action": action,
        "actor": {key: by[key] for key in ("id", "name", "email", "url")} | {"type": "user"},
        "createdAt": at.isoformat(),
        "data": _issue(issue),
        "url": issue["url"],
        "type": "Issue",
        "updatedFrom": {_name(field): _plain(value) for field, value in before.items()},
        "organizationId": id_of("acme"),
        "webhookTimestamp": int(at.timestamp() * 1000),
        "webhookId": id_of("webhook"),
    }


def _issue(issue: Thing) -> Thing:
    """IssueWebhookPayload: an issue as it is now."""
    same = ["id", "identifier", "number", "title", "description", "priority", "dueDate", "url"]
    same += ["createdAt", "updatedAt", "archivedAt", "trashed", "previousIdentifiers"]
    labels = issue["_labels"]
    return {
        **{field: issue[field] for field in same},
        **_of(issue, "team", "id", "key", "name"),
        **_of(issue, "state", "id", "name", "type", "color"),
        **_of(issue, "assignee", "id", "name", "email", "url"),
        "cycleId": issue["cycle"] and issue["cycle"]["id"],
        "labelIds": [label["id"] for label in labels],
        "labels": [
            {"id": label["id"], "name": label["name"], "color": "#95a2b3"} for label in labels
        ],
        "priorityLabel": ("No priority", "Urgent", "High", "Medium")[int(issue["priority"])],
        "prioritySortOrder": 0.0,
        "sortOrder": 0.0,
        "reactionData": [],
        "releases": [],
        "subscriberIds": [],
    }


def _of(issue: Thing, field: str, *keys: str) -> Thing:
    """Another thing, shortened, with its id."""
    thing = issue[field]
    if not thing:
        return {}
    return {f"{field}Id": thing["id"], field: {key: thing[key] for key in keys}}


def _name(field: str) -> str:
    return f"{field}Id" if field in {"assignee", "state", "cycle", "team"} else field


def _plain(value: Any) -> Any:
    return value["id"] if isinstance(value, Mapping) else value
