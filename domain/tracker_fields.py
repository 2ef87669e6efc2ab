"""The fields that a Jira project requires beside ours, as somebody writes them into a form."""

from collections.abc import Mapping

from domain.errors import RuleBroken
from domain.postmortems import check_length
from domain.tickets import Place, TrackerKind

#: Jira takes 255 characters for a line of text, and nobody's project requires more fields.
FIELD_MAX, FIELDS_MAX = 255, 20
#: What Slack lets a form show of them again
#: (docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element).
FIELDS_TEXT_MAX = 3000
#: What Closed Loop fills in by itself, by Jira's id and by its name, in small letters.
_OURS = frozenset(
    {
        *("assignee", "description", "duedate", "due date", "issuetype", "issue type"),
        *("labels", "priority", "project", "reporter", "summary"),
    }
)


def read_fields(kind: TrackerKind, text: str) -> dict[str, str]:
    """What a Jira project requires beside ours: a field and its value in each line."""
    lines = [(number, each) for number, each in enumerate(text.splitlines(), 1) if each.strip()]
    if lines and kind is not TrackerKind.JIRA:
        raise RuleBroken("fields", f"{kind.called} requires no other fields: leave this empty.")
    if len(lines) > FIELDS_MAX:
        raise RuleBroken("fields", f"Write {FIELDS_MAX} fields or fewer: only what is required.")
    found: dict[str, str] = {}
    for number, line in lines:
        name, value = _field(number, line)
        if name.casefold() in {each.casefold() for each in found}:
            raise RuleBroken("fields", f"Line {number} names {name} again. Take out one of them.")
        found[name] = value
    check_length("fields", _written(found), FIELDS_TEXT_MAX)
    return found


def _field(number: int, line: str) -> tuple[str, str]:
    name, _, value = (part.strip() for part in line.partition("="))
    if not (name and value):
        raise RuleBroken(
            "fields",
            f"Line {number} names no field and value. Write it like customfield_10010 = Team A.",
        )
    if name.casefold() in _OURS:
        raise RuleBroken(
            "fields", f"Line {number}: Closed Loop fills in {name} by itself. Take the line out."
        )
    check_length("fields", name, FIELD_MAX)
    check_length("fields", value, FIELD_MAX)
    return name, value


def written_fields(place: Place) -> str:
    """The fields of a place as `read_fields` reads them."""
    return _written(place.fields)


def _written(fields: Mapping[str, str]) -> str:
    return "\n".join(f"{name} = {value}" for name, value in fields.items())
