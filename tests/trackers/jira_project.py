"""What a stand-in of Jira knows: people, projects, forms, sprints, issues and their history."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Shape = dict[str, Any]

PEOPLE = ("ada", "ben", "cleo", "dan", "outsider")
#: Who may be assigned; the account that Closed Loop signs in as is one of the project's too.
ASSIGNABLE = frozenset({"ada", "ben", "cleo", "dan", "closedloop"})
STATUSES = {
    "To Do": ("10000", "new", "To Do"),
    "In Progress": ("3", "indeterminate", "In Progress"),
    "Done": ("10001", "done", "Done"),
}
RESOLUTIONS = {"10000": "Done", "10001": "Won't Do", "10002": "Duplicate"}
PRIORITIES = {"1": "Highest", "2": "High", "3": "Medium", "4": "Low", "5": "Lowest"}
SYSTEM = "com.atlassian.jira.plugin.system.customfieldtypes"


@dataclass(kw_only=True)
class Change:
    """What somebody changed: field, from, what that is called, to, what that is called."""

    id: int
    by: str
    at: datetime
    items: list[tuple[str, str | None, str | None, str | None, str | None]]


@dataclass(kw_only=True)
class Comment:
    """A comment, with its properties in Cloud."""

    id: int
    body: Any
    properties: list[Shape]


@dataclass(kw_only=True)
class Issue:
    """An issue as it stands."""

    id: int
    key: str
    fields: Shape
    created: datetime
    updated: datetime
    status: str = "To Do"
    resolution: str = ""
    assignee: str = ""
    due_on: date | None = None
    sprint: int = 0
    comments: list[Comment] = field(default_factory=list)
    history: list[Change] = field(default_factory=list)

    @property
    def project(self) -> str:
        """The project it is in."""
        return self.key.partition("-")[0]


@dataclass(kw_only=True)
class Sprint:
    """A sprint of board 1."""

    id: int
    name: str
    state: str
    start: str = ""


@dataclass(kw_only=True)
class Project:
    """The project SHOP with board 1; tests change what of it they like."""

    form: dict[str, Shape]
    sprints: list[Sprint]
    issues: dict[int, Issue] = field(default_factory=dict)
    archived: bool = False
    #: Whether our account may not see it, and nothing in it, any more.
    hidden: bool = False
    kanban: bool = False
    #: From which status which transitions lead; all of them from all unless a test says other.
    transitions: tuple[str, ...] = tuple(STATUSES)
    forbidden: set[str] = field(default_factory=set)
    last: int = 0

    def require(self, name: str) -> None:
        """Let the form want this field filled in."""
        self.form[name]["required"] = True

    def name_of(self, sprint: int) -> str:
        """What a sprint is called."""
        return next((one.name for one in self.sprints if one.id == sprint), "")


def usual() -> Project:
    """The project as most are, with custom fields of each kind that nobody needs to fill in."""
    running = Sprint(id=1, name="SHOP Sprint 1", state="active", start="2026-02-23T09:00:00.000Z")
    after = Sprint(id=2, name="SHOP Sprint 2", state="future")
    return Project(
        form=_form(), sprints=[running, after, Sprint(id=3, name="Later", state="future")]
    )


def _form() -> dict[str, Shape]:
    ours = {
        "summary": _field("summary", "Summary", "string", required=True),
        "issuetype": _field("issuetype", "Issue Type", "issuetype", required=True),
        "project": _field("project", "Project", "project", required=True),
        "description": _field("description", "Description", "string"),
        "labels": _field("labels", "Labels", "array", items="string"),
        "priority": _field("priority", "Priority", "priority", allowed=_named(PRIORITIES)),
        "duedate": _field("duedate", "Due date", "date"),
        "assignee": _field("assignee", "Assignee", "user"),
        "reporter": _field("reporter", "Reporter", "user", required=True),
        "components": _field(
            "components", "Components", "array", items="component", allowed=_named({"10": "Cart"})
        ),
    }
    return ours | {one["fieldId"]: one for one in _custom()}


def _custom() -> list[Shape]:
    teams = [{"id": "1", "value": "Payments"}, {"id": "2", "value": "Search"}]
    tree = [{"id": "5", "value": "Europe", "children": [{"id": "6", "value": "Paris"}]}]
    named = "customfield_100{}".format
    return [
        _field(named(10), "Team", "option", custom="select", allowed=teams),
        _field(named(11), "Cost centre", "string", custom="textfield"),
        _field(named(12), "Points", "number", custom="float"),
        _field(named(13), "Approver", "user", custom="userpicker"),
        _field(named(14), "Areas", "array", items="option", custom="multiselect", allowed=teams),
        _field(named(15), "Background", "string", custom="textarea"),
        _field(named(16), "Watch", "array", items="user", custom="multiuserpicker"),
        _field(named(17), "Site", "option-with-child", custom="cascadingselect", allowed=tree),
    ]


def _field(
    known: str,
    name: str,
    kind: str,
    *,
    items: str = "",
    custom: str = "",
    required: bool = False,
    allowed: list[Shape] | None = None,
) -> Shape:
    """A field as createmeta tells of it (api-group-issues, FieldCreateMetadata)."""
    schema = {"type": kind} | ({"items": items} if items else {})
    schema |= {"custom": f"{SYSTEM}:{custom}"} if custom else {"system": known}
    found = {"fieldId": known, "key": known, "name": name, "required": required, "schema": schema}
    found |= {"hasDefaultValue": False, "operations": ["set"]}
    return found | ({"allowedValues": allowed} if allowed is not None else {})


def _named(values: dict[str, str]) -> list[Shape]:
    return [{"id": known, "name": name} for known, name in values.items()]
