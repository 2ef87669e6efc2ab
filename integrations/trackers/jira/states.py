"""How a Jira ticket stands, and which transition makes it stand otherwise.

What a status is called is each team's own; its category is Jira's: new, indeterminate or done
(developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-status-categories).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.tickets import Seen, TicketState
from integrations.trackers import TrackerRefused
from integrations.trackers.jira.asking import Found
from integrations.trackers.jira.flavours import Flavour

#: What a ticket is closed as when nothing was done: Jira's own resolutions
#: (confluence.atlassian.com/adminjiraserver/defining-resolution-field-values-938847096.html) and
#: what teams call theirs.
_DROPPED = re.compile(
    r"won.?t\s?(do|fix)|dup|cannot reproduce|can.?t reproduce|not reproduc|declin|reject|cancel"
    r"|abandon|obsolete|not planned|invalid|not a bug|as designed",
    re.IGNORECASE,
)


def seen(issue: Mapping[str, Any], base: str, flavour: Flavour) -> Seen:
    """A ticket as Jira tells of it."""
    fields, key = issue["fields"], str(issue["key"])
    due_on = fields.get("duedate")
    assignee = fields.get("assignee")
    return Seen(
        ref=str(issue["id"]),
        key=key,
        url=browsed(base, key),
        state=state_of(fields),
        updated_at=moment(fields["updated"]),
        account=flavour.account(assignee).id if assignee else "",
        due_on=date.fromisoformat(due_on) if due_on else None,
    )


def browsed(base: str, key: str) -> str:
    """Where people see a ticket."""
    return f"{base}/browse/{key}"


def moment(text: str) -> datetime:
    """A time as Jira writes it, such as 2026-03-02T09:30:00.000+0000."""
    return datetime.fromisoformat(text)


def state_of(fields: Mapping[str, Any]) -> TicketState:
    """Whether it is open, done or dropped."""
    status = fields["status"]
    if not _is_done(status):
        return TicketState.OPEN
    resolution = fields.get("resolution") or {}
    said = (str(resolution.get("name") or ""), str(status.get("name") or ""))
    return TicketState.DROPPED if any(map(_DROPPED.search, said)) else TicketState.DONE


def chosen(transitions: Sequence[Found], wanted: TicketState, key: str) -> Found:
    """What to send to Jira so that the ticket stands as wanted.

    The first transition that fits; closing prefers one whose status or resolution says what it is
    closed as. Raises TrackerRefused where the team's workflow has none.
    """
    closing = wanted is not TicketState.OPEN
    there = [one for one in transitions if _is_done(one["to"]) == closing]
    if not there:
        deed = "closes" if closing else "reopens"
        raise TrackerRefused(
            f"Jira has no transition that {deed} {key} from where it stands, or lets our account "
            "do none. Move it there by hand, or let whoever runs the project allow it."
        )
    best = min(there, key=lambda one: _misfit(one, wanted))
    fields = _resolved(best, wanted) if closing else {}
    return {"transition": {"id": str(best["id"])}, **({"fields": fields} if fields else {})}


def _is_done(status: Mapping[str, Any]) -> bool:
    return bool((status.get("statusCategory") or {}).get("key") == "done")


def _misfit(transition: Mapping[str, Any], wanted: TicketState) -> tuple[int, bool]:
    """What the team must fill in weighs most: Jira refuses the transition without it."""
    fields = (transition.get("fields") or {}).items()
    asked = [name for name, one in fields if one.get("required") and not one.get("hasDefaultValue")]
    left = len([name for name in asked if name != "resolution"])
    if wanted is TicketState.OPEN:
        return left, False
    dropping = wanted is TicketState.DROPPED
    said = f"{transition.get('name')} {transition['to'].get('name')}"
    fits = bool(_DROPPED.search(said)) == dropping or (dropping and bool(_fit(transition, wanted)))
    return left, not fits


def _resolved(transition: Mapping[str, Any], wanted: TicketState) -> dict[str, Any]:
    """The resolution, where the transition asks for one or has one that says what is wanted."""
    field = (transition.get("fields") or {}).get("resolution") or {}
    fitting = _fit(transition, wanted)
    if not fitting and field.get("required"):
        fitting = field.get("allowedValues") or []
    return {"resolution": {"id": str(fitting[0]["id"])}} if fitting else {}


def _fit(transition: Mapping[str, Any], wanted: TicketState) -> list[Found]:
    """The resolutions of this transition that say what is wanted."""
    field = (transition.get("fields") or {}).get("resolution") or {}
    dropping = wanted is TicketState.DROPPED
    allowed: Sequence[Found] = field.get("allowedValues") or ()
    return [one for one in allowed if bool(_DROPPED.search(str(one.get("name")))) == dropping]
