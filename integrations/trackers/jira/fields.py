"""The fields of Jira's screens: which there are, which must be filled in, and how.

What a field takes depends on the type in its schema
(developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-issuetypeid-get
and developer.atlassian.com/server/jira/platform/jira-rest-api-examples/, "Setting custom fields").
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.programme import Priority
from domain.tickets import Place
from integrations.trackers import TrackerRefused
from integrations.trackers.jira.flavours import Flavour
from integrations.trackers.jira.sentences import SETTINGS

#: Nobody needs to name these in the settings: they are ours, or Jira fills them in by itself.
FILLED = frozenset({"project", "issuetype", "summary", "labels", "reporter", "assignee"})
#: What priorities are called in a Jira that nobody changed.
PRIORITIES = {Priority.P1: "Highest", Priority.P2: "High", Priority.P3: "Medium"}
#: What the values of these types are known by where Jira does not list them with their ids.
_NAMED_BY = {
    "issuelink": "key",
    "option": "value",
    "component": "name",
    "version": "name",
    "group": "name",
    "priority": "name",
}
#: Between several values of one field.
SEPARATOR = ","


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of a screen; `kind` is the type of its value, `items` of each if they are several."""

    id: str
    name: str
    required: bool
    kind: str
    items: str = ""
    custom: str = ""
    allowed: Sequence[Mapping[str, Any]] | None = None

    @property
    def of_people(self) -> bool:
        """Whether its values are people."""
        return "user" in {self.kind, self.items}

    @property
    def shown(self) -> str:
        """What people and the settings call it."""
        return f"“{self.name}” ({self.id})"


Screen = Mapping[str, Field]


def read_field(found: Mapping[str, Any], name: str = "") -> Field:
    """A field as Jira describes it; it is required where nothing else fills it in."""
    schema = found.get("schema") or {}
    known = str(found.get("fieldId") or found.get("key") or name)
    return Field(
        id=known,
        name=str(found.get("name") or known),
        required=bool(found.get("required")) and not found.get("hasDefaultValue"),
        kind=str(schema.get("type") or "string"),
        items=str(schema.get("items") or ""),
        custom=str(schema.get("custom") or "").rpartition(":")[2],
        allowed=found.get("allowedValues"),
    )


def missing(screen: Screen, filled: Mapping[str, object]) -> list[str]:
    """What must be filled in and is not, as sentences."""
    empty = (one for one in screen.values() if one.required and one.id not in {*FILLED, *filled})
    return [
        f"Jira wants the field {one.shown} filled in. Write it in {SETTINGS}, as {one.id} = …"
        for one in empty
    ]


def given(screen: Screen, place: Place) -> list[tuple[Field, str]]:
    """The fields named in the settings, by their id or name, and what is said of each there.

    Raises TrackerRefused for one that there is not.
    """
    by_name = {one.name.casefold(): one for one in screen.values()}
    found = []
    for name, said in place.fields.items():
        field = screen.get(name) or by_name.get(name.strip().casefold())
        if field is None:
            raise TrackerRefused(
                f"Jira's form for {place.project} has no field “{name}”. Take it out of "
                f"{SETTINGS}, or put the field on the project's create screen."
            )
        found.append((field, said.strip()))
    return found


def shaped(field: Field, said: str, flavour: Flavour) -> object:
    """A value as the field takes it; raises TrackerRefused where it cannot be one of its values."""
    if field.kind != "array":
        return _shaped(field, field.kind, said, flavour)
    parts = [part.strip() for part in said.split(SEPARATOR)]
    return [_shaped(field, field.items, part, flavour) for part in parts if part]


def priority(screen: Screen, wanted: Priority) -> dict[str, str] | None:
    """The priority, if the project has one of the usual name."""
    field = screen.get("priority")
    for one in (field.allowed or ()) if field else ():
        if str(one.get("name")).casefold() == PRIORITIES[wanted].casefold():
            return {"id": str(one["id"])}
    return None


def _shaped(field: Field, kind: str, said: str, flavour: Flavour) -> object:
    if kind == "user":
        return flavour.person(said)
    if kind == "option-with-child":
        return _option_with_child(field, said)
    if field.allowed is not None:
        return {"id": str(_allowed(field, field.allowed, said)["id"])}
    if kind in _NAMED_BY:
        return {_NAMED_BY[kind]: said}
    if kind == "number":
        return _number(field, said)
    return flavour.text(said) if field.custom == "textarea" else said


def _number(field: Field, said: str) -> float:
    try:
        number = float(said)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise TrackerRefused(
            f"Jira's field {field.shown} takes a number, and “{said}” is none. "
            f"Correct it in {SETTINGS}."
        )
    return number


def _option_with_child(field: Field, said: str) -> dict[str, Any]:
    """Two lists, one of which hangs on the other, are written as `first > second`."""
    first, _, second = (part.strip() for part in said.partition(">"))
    option = _allowed(field, field.allowed or (), first)
    if not second:
        return {"id": str(option["id"])}
    child = _allowed(field, option.get("children") or (), second)
    return {"id": str(option["id"]), "child": {"id": str(child["id"])}}


def _allowed(field: Field, allowed: Sequence[Mapping[str, Any]], said: str) -> Mapping[str, Any]:
    for one in allowed:
        names = {str(one.get(word)).casefold() for word in ("value", "name", "id") if word in one}
        if said.casefold() in names:
            return one
    all_ = [str(one.get("value") or one.get("name") or one.get("id")) for one in allowed]
    raise TrackerRefused(
        f"Jira's field {field.shown} has no value “{said}”. "
        f"Write one of these in {SETTINGS}: {', '.join(all_[:20]) or 'there are none yet'}."
    )
