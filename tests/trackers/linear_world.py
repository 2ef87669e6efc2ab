"""What a Linear workspace holds: teams, people, labels and issues, by the schema's own names.

Things are mappings that GraphQL reads as they are; what is asked with arguments is a function.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from tests.trackers.linear_filters import fits

Thing = dict[str, Any]

PEOPLE = ("ada", "ben", "cleo", "dan")
#: The key belongs to this account.
OURS = "closedloop"
_KINDS = ("triage", "backlog", "unstarted", "started", "completed", "canceled", "duplicate")


def id_of(name: str) -> str:
    """The same id for the same name every time: a UUID v4, as all of Linear's are."""
    return str(UUID(bytes=sha256(name.encode()).digest()[:16], version=4))


def connection(all_of: Callable[[], Iterable[Thing]]) -> Callable[..., Thing]:
    """What is asked of many: `filter`, `first` and `after` are obeyed."""

    def ask(_info: object, **asked: Any) -> Thing:
        found = [thing for thing in all_of() if fits(thing, asked.get("filter") or {})]
        if not asked.get("includeArchived"):
            found = [thing for thing in found if not thing.get("archivedAt")]
        at = int(asked.get("after") or 0)
        end = at + int(asked.get("first") or 50)
        page = {"hasNextPage": end < len(found), "hasPreviousPage": at > 0, "endCursor": str(end)}
        return {"nodes": found[at:end], "pageInfo": page}

    return ask


class World:
    """The workspace; `now` is its clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.users = {name: _user(name) for name in (*PEOPLE, "outsider", OURS)}
        self.labels: list[Thing] = []
        self.teams = {key: self._team(key) for key in ("SHOP", "ATTIC")}
        self.issues: dict[str, Thing] = {}
        self._numbers = count(1)

    def _team(self, key: str) -> Thing:
        members = [user for name, user in self.users.items() if name != "outsider"]
        states = [_state(key, kind, at) for at, kind in enumerate(_KINDS)]
        team: Thing = {"id": id_of(key), "key": key, "name": key.title(), "visibility": "private"}
        team |= {"archivedAt": None, "retiredAt": None, "cyclesEnabled": True, "_states": states}
        team["states"] = connection(lambda: team["_states"])
        team["members"] = connection(lambda: members)
        team["_cycles"] = [self._cycle(at) for at in (7, 8, 9)]
        team["cycles"] = connection(lambda: team["_cycles"])
        return team

    def _cycle(self, number: int) -> Thing:
        """Two weeks each; the seventh runs since five days."""
        starts = self.now() + timedelta(weeks=2 * (number - 7), days=-5)
        ends = starts + timedelta(weeks=2)
        whole: Thing = {"id": str(uuid4()), "name": None, "number": float(number)}
        return whole | {"startsAt": starts.isoformat(), "endsAt": ends.isoformat()}

    def new_label(self, name: str, team: str = "", *, group: bool = False) -> Thing:
        """A label of the workspace, or of a team."""
        owner = self.teams[team] if team else None
        label: Thing = {"id": str(uuid4()), "name": name, "team": owner, "isGroup": group}
        self.labels.append(label)
        return label

    def new_issue(self, team: Thing, asked: Mapping[str, Any]) -> Thing:
        """An issue as it was asked for, in the first unstarted status unless another is said."""
        at = self.now().isoformat()
        number = next(self._numbers)
        issue: Thing = {"id": asked["id"], "identifier": f"{team['key']}-{number}", "team": team}
        issue |= {"number": number, "url": f"https://linear.app/acme/issue/{issue['identifier']}"}
        issue |= {"createdAt": at, "updatedAt": at, "archivedAt": None, "trashed": None}
        issue |= {"dueDate": None, "assignee": None, "cycle": None, "_labels": [], "_history": []}
        issue |= {"description": None, "priority": 0, "previousIdentifiers": [], "_comments": []}
        issue["history"] = connection(lambda: issue["_history"][::-1])
        issue["comments"] = connection(lambda: issue["_comments"])
        issue["state"] = state_of_kind(team, "unstarted")
        self.issues[issue["id"]] = issue
        return issue

    def change(self, issue: Thing, by: Thing, new: Mapping[str, Any]) -> Thing:
        """Change an issue and keep its history; gives what it was before, by the fields' names."""
        at = self.now().isoformat()
        before = {field: issue.get(field) for field, value in new.items() if issue[field] != value}
        if not before:
            return {}
        entry = {"id": str(uuid4()), "createdAt": at, "updatedAt": at, "actor": by, "issue": issue}
        for field, value in before.items():
            entry |= _from_to(field, value, new[field])
        issue.update(new, updatedAt=at)
        issue["_history"].append(entry)
        return before


def _from_to(field: str, before: Any, after: Any) -> Thing:
    """What a history entry says of a change (IssueHistory)."""
    name = field[0].upper() + field[1:]
    if field in {"dueDate", "priority", "title"}:
        return {f"from{name}": before, f"to{name}": after}
    if field in {"assignee", "state", "cycle", "team"}:
        ids = {f"from{name}Id": before and before["id"], f"to{name}Id": after and after["id"]}
        return {f"from{name}": before, f"to{name}": after} | ids
    return {"updatedDescription": True} if field == "description" else {}


def state_of_kind(team: Thing, kind: str) -> Thing:
    """A team's status of this kind."""
    return next(state for state in team["_states"] if state["type"] == kind)


def _state(team: str, kind: str, at: int) -> Thing:
    whole: Thing = {"id": id_of(f"{team} {kind}"), "name": kind.title(), "type": kind}
    return whole | {"position": float(at), "color": "#95a2b3"}


def _user(name: str) -> Thing:
    user: Thing = {"id": id_of(name), "name": name.title(), "displayName": name}
    user |= {"email": f"{name}@example.com", "active": True, "isAssignable": True}
    return user | {"url": f"https://linear.app/acme/profiles/{name}"}
