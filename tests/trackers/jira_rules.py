"""What a stand-in of Jira refuses to write, in Jira's words.

The sentences are those that Jira answers with (jira.atlassian.com and community.atlassian.com quote
each of them).
"""

from datetime import date

from tests.trackers.jira_project import ASSIGNABLE, Issue, Project, Shape
from tests.trackers.jira_shapes import Shapes

OFF_SCREEN = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."


def wrong(fields: Shape, project: Project, shapes: Shapes, *, made: bool) -> dict[str, str]:
    """What is wrong with the fields, by field; nothing if they can be written."""
    found = {name: OFF_SCREEN.format(name) for name in fields if name not in project.form}
    if made:
        found |= _unfilled(fields, project)
        if (fields.get("project") or {}).get("key") != "SHOP":
            found["project"] = "valid project is required"
        if (fields.get("issuetype") or {}).get("id") != "10002":
            found["issuetype"] = "The issue type selected is invalid."
    assignee = fields.get("assignee")
    if assignee and shapes.named(next(iter(assignee.values()))) not in ASSIGNABLE:
        found["assignee"] = f"User '{next(iter(assignee.values()))}' cannot be assigned issues."
    values = ((name, value) for name, value in fields.items() if name in project.form)
    return found | {
        name: said for name, value in values if (said := _unfit(project.form[name], value))
    }


def write(issue: Issue, fields: Shape, shapes: Shapes) -> None:
    """Write what is right."""
    held = dict(fields)
    if "assignee" in held:
        assignee = held.pop("assignee")
        issue.assignee = shapes.named(next(iter(assignee.values()))) if assignee else ""
    if "duedate" in held:
        issue.due_on = date.fromisoformat(held.pop("duedate"))
    for name in ("project", "issuetype"):
        held.pop(name, None)
    issue.fields |= held


def _unfilled(fields: Shape, project: Project) -> dict[str, str]:
    by_itself = {"project", "issuetype", "reporter"}
    return {
        name: f"{field['name']} is required."
        for name, field in project.form.items()
        if field["required"] and name not in by_itself and not fields.get(name)
    }


def _unfit(field: Shape, value: object) -> str:
    """The first word of Jira's about a value of the wrong kind."""
    kind = field["schema"]["type"]
    if kind == "array":
        inner = {**field, "schema": {"type": field["schema"]["items"]}}
        values = value if isinstance(value, list) else [None]
        return next((said for one in values if (said := _unfit(inner, one))), "")
    if kind == "number":
        return "" if isinstance(value, int | float) else "Operation value must be a number"
    if kind in {"option", "component", "priority", "option-with-child"}:
        return _unlisted(field, value)
    if kind == "user":
        return "" if value is None or isinstance(value, dict) else "data was not an object"
    return ""


def _unlisted(field: Shape, value: object) -> str:
    allowed = {one["id"] for one in field["allowedValues"]}
    if not isinstance(value, dict):
        return "Specify a valid 'id' or 'name' for " + str(field["name"])
    return "" if value.get("id") in allowed else f"Option id '{value.get('id')}' is not valid"
